// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/alterations.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/expect/quote.h"
#include "probes/message/transfer_encoding.h"

namespace vedette::round_trip {
namespace {

using expect::quote;
using Lines = std::vector<std::string_view>;

// Without blanks at line ends and empty lines at the end. The views are into `text`.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    lines.push_back(line.substr(0, line.find_last_not_of(" \t\r") + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// "text/plain" of "text/plain; charset=utf-8".
std::string media_type(std::string_view content_type) {
  return lower_case(message::collapse(content_type.substr(0, content_type.find(';'))));
}

std::string lines_words(std::size_t count) {
  return fmt::format("{} line{}", count, count == 1 ? "" : "s");
}

std::string body_difference(const Lines& sent, const Lines& arrived, const Mask& mask) {
  const auto [mine, theirs] = std::ranges::mismatch(sent, arrived);
  const auto more = static_cast<std::size_t>(arrived.end() - theirs);
  const auto missing = static_cast<std::size_t>(sent.end() - mine);
  if (mine == sent.end()) {
    return fmt::format("{} stood behind the end of the body, beginning with {}", lines_words(more),
                       quote(*theirs, mask));
  }
  if (theirs == arrived.end()) {
    return fmt::format("the last {} of the body {} missing", lines_words(missing),
                       missing == 1 ? "was" : "were");
  }
  return fmt::format("line {} of the body was {}, sent as {}", mine - sent.begin() + 1,
                     quote(*theirs, mask), quote(*mine, mask));
}

void compare_headers(const Composed& sent, const message::Message& arrived, const Mask& mask,
                     std::vector<std::string>& out) {
  for (const auto& [name, value] : sent.headers) {
    const auto is_as_sent = [&](const auto& field) {
      return same_without_case(field.first, name) && message::collapse(field.second) == value;
    };
    if (std::ranges::any_of(arrived.headers, is_as_sent)) continue;
    const std::string* found = message::find(arrived.headers, name);
    out.push_back(found == nullptr ? fmt::format("the header {} was missing", name)
                                   : fmt::format("the header {} was {}, sent as {}", name,
                                                 quote(*found, mask), quote(value, mask)));
  }
}

void compare_bodies(const Composed& sent, const message::Message& arrived, const Mask& mask,
                    std::vector<std::string>& out) {
  const std::string* type = message::find(arrived.headers, "Content-Type");
  if (type != nullptr && media_type(*type) != "text/plain") {
    out.push_back(fmt::format("the body became {}", quote(media_type(*type), mask)));
    return;
  }
  const std::string* encoding = message::find(arrived.headers, "Content-Transfer-Encoding");
  const std::string text =
      message::decode_body(arrived.body, encoding == nullptr ? std::string_view() : *encoding);
  const Lines mine = lines_of(sent.body);
  const Lines theirs = lines_of(text);
  if (mine != theirs) out.push_back(body_difference(mine, theirs, mask));
}

}  // namespace

std::vector<std::string> alterations(const Composed& sent, const message::Message& arrived,
                                     const Mask& mask) {
  std::vector<std::string> out;
  compare_headers(sent, arrived, mask, out);
  compare_bodies(sent, arrived, mask, out);
  return out;
}

}  // namespace vedette::round_trip

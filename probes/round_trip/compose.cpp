// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/compose.h"

#include <algorithm>
#include <array>

#include <fmt/chrono.h>

#include "probes/ascii.h"
#include "probes/message/transfer_encoding.h"

namespace vedette::round_trip {
namespace {

constexpr std::size_t max_value = 800;  // with a name, far below the 998 bytes of a line
constexpr std::size_t max_name = 64;
constexpr std::size_t max_body = std::size_t{64} * 1024;
constexpr std::size_t good_line = 78;  // RFC 5322, 2.1.1

constexpr std::array<std::string_view, 17> set_by_itself{"From",
                                                         "To",
                                                         "Subject",
                                                         "Date",
                                                         "Message-ID",
                                                         "Bcc",
                                                         "MIME-Version",
                                                         "Content-Type",
                                                         "Received",
                                                         "Return-Path",
                                                         "Content-Transfer-Encoding",
                                                         "Authentication-Results",
                                                         "Delivered-To",
                                                         "X-Original-To",
                                                         "Content-Disposition",
                                                         owner_header,
                                                         token_header};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Folds at spaces (RFC 5322, 2.2.3); unfolding gives the same value again.
void write_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  std::size_t column = name.size() + 2;
  while (!value.empty()) {
    const auto next = std::min(value.find(' ', 1), value.size());
    if (column + next > good_line && value.front() == ' ') {
      out += "\r\n";
      column = 0;
    }
    out += value.substr(0, next);
    column += next;
    value.remove_prefix(next);
  }
  out += "\r\n";
}

std::string date_of(Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000",
                     fmt::gmtime(seconds.time_since_epoch().count()));
}

}  // namespace

const std::string_view default_body =
    "This message was sent by Vedette to see whether mail arrives, and arrives unchanged.\n"
    "It is deleted by itself; there is nothing to do.\n"
    "\n"
    ".This line begins with a dot, and here are letters beyond ASCII: \u00e4\u00f6\u00fc \u20ac "
    "\u6f22\u5b57\n";

Composed compose(const Template& parts, const Token& token, Instant now) {
  const std::string mark = token.text();
  Composed out;
  out.headers = {
      {"From", parts.from.header()},
      {"To", parts.to.header()},
      {"Subject",
       fmt::format("{} {}", message::encode_words(message::collapse(parts.subject)), mark)},
      {std::string(owner_header), token.owner},
      {std::string(token_header), mark}};
  for (const auto& [name, value] : parts.headers) {
    out.headers.emplace_back(name, message::encode_words(message::collapse(value)));
  }
  out.body = fmt::format("{}\n{}\n", parts.body, mark);

  for (const auto& [name, value] : out.headers) write_field(out.text, name, value);
  write_field(out.text, "Date", date_of(now));
  write_field(out.text, "Message-ID", fmt::format("<{}@{}>", mark, parts.from.domain()));
  write_field(out.text, "MIME-Version", "1.0");
  write_field(out.text, "Content-Type", "text/plain; charset=utf-8");
  write_field(out.text, "Content-Transfer-Encoding", "quoted-printable");
  out.text += "\r\n";
  out.text += message::quoted_printable(out.body);
  return out;
}

bool may_set_header(std::string_view name) {
  const bool well_formed =
      !name.empty() && name.size() <= max_name &&
      std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f && c != ':'; });
  return well_formed && std::ranges::none_of(set_by_itself, [&](auto reserved) {
           return same_without_case(reserved, name);
         });
}

bool is_one_line(std::string_view value) {
  return value.size() <= max_value && std::ranges::none_of(value, is_control);
}

bool is_body(std::string_view text) {
  return text.size() <= max_body &&
         std::ranges::none_of(text, [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

}  // namespace vedette::round_trip

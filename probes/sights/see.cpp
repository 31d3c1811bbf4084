// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/expect/json_document.h"
#include "probes/jsonpath/json_text.h"
#include "probes/overloaded.h"
#include "probes/sights/sight.h"
#include "probes/stable_hash.h"

namespace vedette::sights {
namespace {

using Found = std::optional<std::string>;

constexpr std::string_view absent = "(none)";

// Long texts that differ must differ in what is kept of them too.
std::string one_line(std::string_view text) {
  auto line = printable(text);
  if (line.size() <= longest_value) return line;
  constexpr std::size_t room = longest_value - 24;
  return fmt::format("{} ... [{:016x}]", shorten(line, room), stable_hash(text));
}

// In one order, whatever the order in which they came.
std::string joined(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  return fmt::format("{}", fmt::join(texts, ", "));
}

Found fact(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.facts, name, &Fact::name);
  if (found == result.facts.end()) return std::nullopt;
  return std::visit(Overloaded{[](const std::string& text) { return text; },
                               [](const std::vector<std::string>& texts) { return joined(texts); },
                               [](const auto& number) { return fmt::format("{}", number); }},
                    found->value);
}

Found certificate(const Result& result) {
  const auto digest = fact(result, "certificate_sha256");
  if (!digest) return std::nullopt;
  return fmt::format("sha256 {}, until {}, issued by {}", shorten(*digest, 16),
                     fact(result, "certificate_not_after").value_or("?"),
                     fact(result, "certificate_issuer").value_or("?"));
}

// Without what is new in every greeting: the <...> of APOP (RFC 1939).
Found banner(const Result& result) {
  auto text = fact(result, "banner");
  if (!text) return std::nullopt;
  const auto open = text->rfind('<');
  if (open != std::string::npos && text->ends_with('>')) text->erase(open);
  while (text->ends_with(' ')) text->pop_back();
  return text;
}

Found header(const Answer& answer, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : answer.headers) {
    if (same_without_case(key, name)) values.push_back(value);
  }
  return values.empty() ? std::string(absent) : fmt::format("{}", fmt::join(values, ", "));
}

// What is no JSON shows nothing of its values.
Found json(const expect::JsonDocument& document, const jsonpath::Path& path) {
  const auto* root = document.root();
  if (root == nullptr) return std::nullopt;
  const auto values = path.select(*root);
  if (!values) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto* value : *values) jsonpath::append_json(texts.emplace_back(), *value);
  return texts.empty() ? std::string(absent) : fmt::format("{}", fmt::join(texts, ", "));
}

std::string body(const Answer& answer) {
  return fmt::format("{}{} bytes [{:016x}]", answer.body_cut ? "more than " : "",
                     answer.body.size(), stable_hash(answer.body));
}

class Look {
 public:
  explicit Look(const Result& result)
      : result_(result),
        failed_(result.outcome == Outcome::fail),
        answer_(failed_ ? nullptr : result.answer.get()),
        document_(expect::Text(answer_ ? answer_->body : std::string_view(),
                               answer_ ? answer_->body.size() + (answer_->body_cut ? 1 : 0) : 0)) {}

  Found at(const Sight& sight) const {
    return std::visit([this](const auto& from) { return see(from); }, sight.from);
  }

 private:
  Found see(const Sight::Certificate&) const { return certificate(result_); }
  Found see(const Sight::Banner&) const { return failed_ ? std::nullopt : banner(result_); }
  Found see(const Sight::Fact& from) const {
    return failed_ && !from.any_outcome ? std::nullopt : fact(result_, from.name);
  }
  Found see(const Sight::Header& from) const {
    return answer_ == nullptr ? std::nullopt : header(*answer_, from.name);
  }
  Found see(const jsonpath::Path& path) const {
    return answer_ == nullptr ? std::nullopt : json(document_, path);
  }
  Found see(const Sight::Body&) const {
    return answer_ == nullptr ? std::nullopt : Found(body(*answer_));
  }

  const Result& result_;
  const bool failed_;
  const Answer* const answer_;
  const expect::JsonDocument document_;
};

}  // namespace

bool need_answer(std::span<const Sight> sights) {
  return std::ranges::any_of(sights, [](const Sight& sight) {
    return std::holds_alternative<Sight::Header>(sight.from) ||
           std::holds_alternative<jsonpath::Path>(sight.from) ||
           std::holds_alternative<Sight::Body>(sight.from);
  });
}

std::vector<Seen> see(std::span<const Sight> sights, const Result& result) {
  std::vector<Seen> out;
  if (result.outcome == Outcome::unknown) return out;
  const Look look(result);
  for (const Sight& sight : sights) {
    if (const auto value = look.at(sight)) out.push_back({sight.what, one_line(*value)});
  }
  return out;
}

}  // namespace vedette::sights

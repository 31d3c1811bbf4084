// SPDX-License-Identifier: Apache-2.0
#include "probes/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "probes/encoding.h"

namespace vedette {
namespace {

constexpr std::size_t max_pattern = 1000;
constexpr std::int64_t max_memory = 1 << 20;  // of the compiled pattern and its cache of states

re2::RE2::Options options() {
  re2::RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(max_memory);
  return out;
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

std::expected<Pattern, std::string> Pattern::compile(const std::string& pattern) {
  if (pattern.size() > max_pattern) {
    return std::unexpected(
        fmt::format("the regular expression has {} bytes, but at most {} are allowed",
                    pattern.size(), max_pattern));
  }
  auto compiled = std::make_shared<const re2::RE2>(pattern, options());
  if (!compiled->ok()) {
    return std::unexpected(
        fmt::format("the regular expression cannot be used: {}", printable(compiled->error())));
  }
  return Pattern(std::move(compiled));
}

bool Pattern::is_in(std::string_view text) const {
  return re2::RE2::PartialMatch(piece(text), *compiled_);
}

std::optional<Pattern::Match> Pattern::find(std::string_view text) const {
  const auto& names = compiled_->CapturingGroupNames();
  std::vector<re2::StringPiece> groups(
      static_cast<std::size_t>(compiled_->NumberOfCapturingGroups()) + 1);
  const bool found = compiled_->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED,
                                      groups.data(), static_cast<int>(groups.size()));
  if (!found) return std::nullopt;
  Match match;
  match.end = static_cast<std::size_t>(groups[0].data() - text.data()) + groups[0].size();
  for (const auto& [index, name] : names) {
    match.groups.emplace_back(name, std::string(groups[static_cast<std::size_t>(index)]));
  }
  return match;
}

std::optional<std::string> Pattern::take(std::string_view text) const {
  re2::StringPiece found[2];
  const int wanted = compiled_->NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!compiled_->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, found, wanted))
    return std::nullopt;
  return std::string(found[wanted - 1]);
}

std::string Pattern::literal(std::string_view text) {
  return re2::RE2::QuoteMeta(piece(text));
}

std::vector<std::string> Pattern::group_names() const {
  std::vector<std::string> out;
  for (const auto& [index, name] : compiled_->CapturingGroupNames()) out.push_back(name);
  return out;
}

}  // namespace vedette

// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/evidence_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::pipeline {
namespace {

constexpr std::array<std::string_view, 5> telling{"remote_address", "certificate_subject",
                                                  "certificate_issuer", "certificate_not_after",
                                                  "certificate_sha256"};

// One long value shall not crowd out all that comes after it.
constexpr std::size_t longest_value = 256;

void add_unmet(std::string& lines, const Result& result) {
  for (const Observation& observation : result.evidence) {
    if (observation.ok || observation.saw == result.message) continue;
    lines += fmt::format("{}\n", shorten(observation.saw, longest_value));
  }
}

void add_facts(std::string& lines, const Result& result) {
  for (const Fact& fact : result.facts) {
    const auto* value = std::get_if<std::string>(&fact.value);
    if (value == nullptr || std::ranges::find(telling, fact.name) == telling.end()) continue;
    lines += fmt::format("{}: {}\n", fact.name, shorten(*value, longest_value));
  }
}

std::string whole_lines(std::string lines) {
  if (lines.empty()) return lines;
  const std::size_t last = std::min(lines.size() - 1, most_evidence);
  lines.resize(lines.rfind('\n', last));
  return lines;
}

}  // namespace

std::string evidence_text(const Result& result) {
  std::string lines;
  add_unmet(lines, result);
  add_facts(lines, result);
  lines += result.transcript.text();  // every line of it ends with a newline
  return whole_lines(std::move(lines));
}

}  // namespace vedette::pipeline

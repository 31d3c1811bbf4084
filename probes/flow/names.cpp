// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/names.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "config/suggest.h"

namespace vedette::flow {
namespace {

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 64 && is_letter(text.front()) &&
         std::ranges::all_of(
             text, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

void check_name(std::string_view name, const config::Place& place, config::Problems& problems) {
  if (is_name(name)) return;
  problems.add(place, fmt::format("{} is no name of a value; write lower-case letters, digits and "
                                  "_, beginning with a letter",
                                  config::quote(name)));
}

void require_known(const std::string& name, const config::Place& place, const Names& known,
                   config::Problems& problems) {
  if (known.contains(name)) return;
  const std::vector<std::string> all(known.begin(), known.end());
  problems.add(place, fmt::format("nothing before this gives ${{{}}} a value{}", name,
                                  config::did_you_mean(name, all)));
}

Names names_of_every_flow() {
  return {"run.id", "run.time", "run.random", "step.key"};
}

}  // namespace vedette::flow

// SPDX-License-Identifier: Apache-2.0
#include "agent/brand/fill.h"

#include <algorithm>
#include <set>

namespace vedette::brand {
namespace {

// Calls on_text with what stands between the holes, and on_hole with each hole's name.
template <class OnText, class OnHole>
void walk(std::string_view sentence, OnText on_text, OnHole on_hole) {
  while (!sentence.empty()) {
    const auto open = sentence.find('{');
    const auto close = sentence.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    on_text(sentence.substr(0, open));
    on_hole(sentence.substr(open + 1, close - open - 1));
    sentence.remove_prefix(close + 1);
  }
  on_text(sentence);
}

}  // namespace

std::string fill(std::string_view sentence, Fillings fillings) {
  std::string out;
  walk(
      sentence, [&](std::string_view text) { out += text; },
      [&](std::string_view name) {
        const auto found =
            std::ranges::find(fillings, name, [](const auto& filling) { return filling.first; });
        if (found != fillings.end()) {
          out += found->second;
        } else {
          out.append("{").append(name).append("}");
        }
      });
  return out;
}

std::vector<std::string> holes_of(std::string_view sentence) {
  std::set<std::string> names;
  walk(
      sentence, [](std::string_view) {}, [&](std::string_view name) { names.emplace(name); });
  return {names.begin(), names.end()};
}

}  // namespace vedette::brand

// SPDX-License-Identifier: Apache-2.0
// A team's own words for what is told, in place of ours. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/brand/fill.h"

namespace vedette::incident {

// Sentences with holes; empty: ours. `{text}` is what we would have said.
struct Texts {
  std::string title;
  std::string opened, added, reopened, back, worse, better;
  std::string monitoring, progress, resolved;
};

// A text by the key that names it in the configuration, and the holes that it can fill.
struct TextKey {
  std::string_view key;
  std::string Texts::*member;
  std::vector<std::string_view> holes;
};
std::span<const TextKey> text_keys();

// The own sentence, filled; `ours` where there is none.
std::string or_ours(const std::string& own, brand::Fillings fillings, std::string ours);

}  // namespace vedette::incident

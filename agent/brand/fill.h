// SPDX-License-Identifier: Apache-2.0
// Sentences with holes: "{what} affecting {components}".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vedette::brand {

using Fillings = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Puts the texts into the holes of their names. A hole of another name stays as it is.
std::string fill(std::string_view sentence, Fillings fillings);

// The names of the holes, each once, sorted.
std::vector<std::string> holes_of(std::string_view sentence);

}  // namespace vedette::brand

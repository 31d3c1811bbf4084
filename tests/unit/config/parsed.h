// SPDX-License-Identifier: Apache-2.0
// Shorthands of the tests: a text parsed, or the problems it makes.
#pragma once

#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::config {

inline Node parsed(std::string_view text) {
  Problems problems;
  auto node = parse(text, "a.yaml", problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return node.value_or(Node{});
}

inline std::string problems_of(std::string_view text, const Limits& limits = {}) {
  Problems problems;
  parse(text, "a.yaml", problems, limits);
  return problems.text();
}

// What `read(node, problems)` finds wrong with the value of `v` in the text.
template <class Read>
std::string problems_of_reading(std::string_view text, Read read) {
  const auto root = parsed(text);
  Problems problems;
  read(*root.find("v"), problems);
  return problems.text();
}

}  // namespace vedette::config

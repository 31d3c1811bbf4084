// SPDX-License-Identifier: Apache-2.0
#include "config/node.h"

#include <fmt/format.h>

namespace vedette::config {

const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string Node::describe() const {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::list:
      return "a list";
    case Kind::map:
      return "a map";
    case Kind::scalar:
      break;
  }
  return fmt::format("the text {}", quote(scalar));
}

}  // namespace vedette::config

// SPDX-License-Identifier: Apache-2.0
// How components depend on each other, directly or through others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::incident {

// Points into the components, which must outlive it. Cycles do no harm.
class Relations {
 public:
  explicit Relations(const std::vector<Component>& components);

  // The steps from a component to what it depends on: 0 to itself, 1 to what it names itself.
  // Nothing: it does not depend on it.
  std::optional<int> distance(std::string_view from, std::string_view to) const;

  // Of two different ones.
  bool depends(std::string_view one, std::string_view on) const {
    return one != on && distance(one, on).has_value();
  }

 private:
  std::map<std::string_view, const Component*> by_id_;
};

}  // namespace vedette::incident

// SPDX-License-Identifier: Apache-2.0
// Every backend of the store, for the suites that each of them has to pass. A new backend is one
// more row in backends.cpp.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "agent/store/store.h"

namespace vedette::store::test {

// One empty store's place; open() gives a new connection to it.
class Place {
 public:
  virtual ~Place() = default;
  virtual Expected<std::unique_ptr<Store>> open() = 0;
};

struct Backend {
  std::string name;
  bool outlives_connection = true;  // what was written is there at the next open()
  std::function<std::unique_ptr<Place>()> make;
};

inline std::ostream& operator<<(std::ostream& out, const Backend& backend) {
  return out << backend.name;
}

std::vector<Backend> all_backends();
std::vector<Backend> lasting_backends();

}  // namespace vedette::store::test

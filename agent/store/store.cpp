// SPDX-License-Identifier: Apache-2.0
#include "agent/store/store.h"

namespace vedette::store {

std::string_view text(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::busy:
      return "busy";
    case Error::Kind::full:
      return "full";
    case Error::Kind::unavailable:
      return "unavailable";
    case Error::Kind::damaged:
      return "damaged";
    case Error::Kind::incompatible:
      return "incompatible";
    case Error::Kind::bug:
      break;
  }
  return "bug";
}

}  // namespace vedette::store

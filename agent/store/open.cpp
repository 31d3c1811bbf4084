// SPDX-License-Identifier: Apache-2.0
#include "agent/store/open.h"

#include <string_view>

#include <fmt/core.h>

#include "agent/store/sqlite_store.h"

namespace vedette::store {

Expected<std::unique_ptr<Store>> open(const std::string& address) {
  constexpr std::string_view sqlite = "sqlite:";
  if (address.starts_with(sqlite)) return open_sqlite(address.substr(sqlite.size()));
  return std::unexpected(
      Error{Error::Kind::incompatible,
            fmt::format("the store \"{}\" is of no known kind; sqlite:PATH is", address)});
}

}  // namespace vedette::store

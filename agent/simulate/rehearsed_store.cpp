// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/rehearsed_store.h"

#include <cstdlib>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "agent/store/sqlite_store.h"

namespace vedette::simulate {

RehearsedStore::RehearsedStore(bool on_disk) : on_disk_(on_disk) {}

RehearsedStore::~RehearsedStore() {
  store_.reset();
  std::error_code ignored;  // a folder that cannot be removed is left to the system's cleaning
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::expected<void, std::string> RehearsedStore::open() {
  if (on_disk_ && folder_.empty()) {
    std::error_code error;
    const auto base = std::filesystem::temp_directory_path(error);
    std::string name = (base / fmt::format("vedette-simulate-{}-XXXXXX", getpid())).string();
    if (error || !mkdtemp(name.data())) {
      return std::unexpected("cannot make a temporary folder for the store");
    }
    folder_ = name;
  }
  store_.reset();
  auto opened = store::open_sqlite(on_disk_ ? (folder_ / "vedette.db").string() : ":memory:");
  if (!opened) return std::unexpected(opened.error().message);
  store_ = std::move(*opened);
  return {};
}

}  // namespace vedette::simulate

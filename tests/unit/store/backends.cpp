// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/store/backends.h"

#include "agent/store/sqlite_store.h"
#include "tests/support/temp_dir.h"

namespace vedette::store::test {
namespace {

class SqliteFile : public Place {
 public:
  Expected<std::unique_ptr<Store>> open() override {
    return open_sqlite(directory_ / "not/yet/there/vedette.db");
  }

 private:
  vedette::test::TempDir directory_;
};

class SqliteMemory : public Place {
 public:
  Expected<std::unique_ptr<Store>> open() override { return open_sqlite(":memory:"); }
};

}  // namespace

std::vector<Backend> all_backends() {
  return {{"SqliteFile", true, [] { return std::make_unique<SqliteFile>(); }},
          {"SqliteMemory", false, [] { return std::make_unique<SqliteMemory>(); }}};
}

std::vector<Backend> lasting_backends() {
  std::vector<Backend> backends = all_backends();
  std::erase_if(backends, [](const Backend& backend) { return !backend.outlives_connection; });
  return backends;
}

}  // namespace vedette::store::test

// SPDX-License-Identifier: Apache-2.0
// The store on one SQLite file in WAL mode. Usable from one thread at a time.
#pragma once

#include <memory>
#include <string>

#include "agent/store/store.h"

namespace vedette::store {

// Makes the file and the directory above it when they are missing, and brings an older schema up to
// date.
// ":memory:" is a store that ends with the object. A damaged, newer or foreign file is left as it
// is.
Expected<std::unique_ptr<Store>> open_sqlite(const std::string& path);

}  // namespace vedette::store

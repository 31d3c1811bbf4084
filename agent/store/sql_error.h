// SPDX-License-Identifier: Apache-2.0
// From SQLite's result codes to the errors of the store, with the remedy where a person is needed.
#pragma once

#include <string>

#include "agent/store/store.h"

struct sqlite3;

namespace vedette::store {

// `handle` may be null; it knows the system's own error where there was one.
Error sql_error(const std::string& path, sqlite3* handle, int code);

Error damaged(const std::string& path, const std::string& what);

}  // namespace vedette::store

// SPDX-License-Identifier: Apache-2.0
#include "agent/store/sql_error.h"

#include <cerrno>
#include <system_error>

#include <fmt/core.h>
#include <sqlite3.h>

namespace vedette::store {
namespace {

bool no_space(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT;
}

Error::Kind kind_of(int code, int system_error) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return Error::Kind::busy;
    case SQLITE_FULL:
      return Error::Kind::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error::Kind::damaged;
    case SQLITE_IOERR:
      return no_space(system_error) ? Error::Kind::full : Error::Kind::unavailable;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
      return Error::Kind::unavailable;
    default:
      return Error::Kind::bug;
  }
}

std::string system_words(int system_error) {
  if (system_error == 0) return "";
  return fmt::format(" ({})", std::generic_category().message(system_error));
}

}  // namespace

Error damaged(const std::string& path, const std::string& what) {
  return {Error::Kind::damaged,
          fmt::format("{} is damaged ({}); it is left as it is: move it away together with {}-wal "
                      "and {}-shm to begin anew, or restore it from a copy",
                      path, what, path, path)};
}

Error sql_error(const std::string& path, sqlite3* handle, int code) {
  const int system_error = handle == nullptr ? 0 : sqlite3_system_errno(handle);
  const Error::Kind kind = kind_of(code, system_error);
  switch (kind) {
    case Error::Kind::damaged:
      return damaged(path, sqlite3_errstr(code & 0xff));
    case Error::Kind::busy:
      return {kind, fmt::format("{} is locked by another program", path)};
    case Error::Kind::full:
      return {kind, fmt::format("no space left for {}", path)};
    case Error::Kind::unavailable:
      return {kind,
              fmt::format("{}: {}{}", path, sqlite3_errstr(code), system_words(system_error))};
    case Error::Kind::incompatible:
    case Error::Kind::bug:
      break;
  }
  const char* words = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
  return {Error::Kind::bug, fmt::format("{}: {}", path, words)};
}

}  // namespace vedette::store

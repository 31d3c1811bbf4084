// SPDX-License-Identifier: Apache-2.0
// Words of the closed lists as read from the file: one that this program does not know means a
// damaged file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "agent/store/sql_db.h"
#include "agent/store/sql_error.h"

namespace vedette::store {

// `parse` turns a text into an optional value; after a failure the value is of no meaning.
template <class Parse>
auto word(Db& db, Parse parse, const std::string& text) {
  const auto parsed = parse(text);
  using Value = typename decltype(parsed)::value_type;
  if (!parsed) db.fail(damaged(db.path(), fmt::format("the word \"{}\" is unknown", text)));
  return parsed.value_or(Value{});
}

}  // namespace vedette::store

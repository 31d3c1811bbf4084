// SPDX-License-Identifier: Apache-2.0
// The fields of a JSON body, each looked at once: the first thing that is wrong is told by its
// name, and so are fields that nobody asked for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "probes/clock.h"

namespace vedette::operators {

class Fields {
 public:
  // An empty body is an empty object.
  explicit Fields(std::string_view body);

  // Empty where it is missing; `text_of` that is needed and missing or empty is a problem.
  std::string text(std::string_view name);
  std::string needed_text(std::string_view name);
  bool boolean(std::string_view name, bool fallback);
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<Instant> instant(std::string_view name);
  Duration duration(std::string_view name);               // "10m"; 0 where it is missing
  std::vector<std::string> texts(std::string_view name);  // a list, or one text
  // A word of a closed list; `parse` gives an optional value.
  template <class Parse>
  auto word(std::string_view name, Parse parse) -> decltype(parse(std::string_view{})) {
    const auto given = text(name);
    if (given.empty()) return std::nullopt;
    const auto value = parse(given);
    if (!value) complain(name, "is no word that is known here");
    return value;
  }
  bool is_null(std::string_view name);

  void complain(std::string_view name, std::string_view what);
  // What is wrong, one sentence; empty: all is well. After the last field was asked for.
  std::string problem() const;

 private:
  const boost::json::value* find(std::string_view name);

  boost::json::object object_;
  std::vector<std::string> known_;
  std::string problem_;
};

}  // namespace vedette::operators

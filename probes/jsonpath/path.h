// SPDX-License-Identifier: Apache-2.0
// JSONPath (RFC 9535): queries that select values of a JSON document. Pure and bounded.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace vedette::jsonpath {

struct Query;

// A parsed query. Immutable and cheap to copy.
class Path {
 public:
  static constexpr std::size_t max_length = 4096;  // of a query, in bytes
  static constexpr std::size_t max_nesting = 32;   // of parentheses, filters and functions in it
  // Values that may be looked at for one answer. A filter inside a filter multiplies.
  static constexpr std::size_t max_work = 4'000'000;

  // All of RFC 9535: selectors, slices, filters, the functions length, count, match, search and
  // value; well-typed. The error is one sentence with the position, counted in bytes from 1.
  static std::expected<Path, std::string> parse(std::string_view text);

  // The selected values in the order of the RFC, as pointers into `document`. The error, one
  // sentence: the query asks for too much work on this document.
  std::expected<std::vector<const boost::json::value*>, std::string> select(
      const boost::json::value& document) const;

  // Selects one value at most, whatever the document: only names and indexes.
  bool is_singular() const;

 private:
  explicit Path(std::shared_ptr<const Query> query) : query_(std::move(query)) {}

  std::shared_ptr<const Query> query_;
};

}  // namespace vedette::jsonpath

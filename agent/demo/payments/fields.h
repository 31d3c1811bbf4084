// SPDX-License-Identifier: Apache-2.0
// The parameters of a request, asked for one by one. Whoever reads them may go on after a mistake:
// the first one is kept, and finish() tells it, or a parameter that nobody asked for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "agent/demo/payments/api_error.h"
#include "agent/web/message.h"

namespace vedette::demo {

class Fields {
 public:
  using Metadata = std::map<std::string, std::string>;

  // The form in the body, or the query of a GET.
  explicit Fields(const web::Request& request);

  bool has(std::string_view name) const;
  // Empty when absent. UTF-8, at most 500 bytes.
  std::string text(std::string_view name);
  std::string required_text(std::string_view name);
  // Three letters, in lower case; required.
  std::string currency(std::string_view name);
  // A whole number from 1 to most_of_one_payment.
  std::optional<std::int64_t> amount(std::string_view name);
  std::int64_t required_amount(std::string_view name);
  // A whole number from 1 to 100.
  std::size_t limit(std::string_view name, std::size_t otherwise);
  // "true" or "false".
  bool flag(std::string_view name, bool otherwise);
  // One of the words, or `otherwise` when absent.
  std::string one_of(std::string_view name, std::span<const std::string_view> words,
                     std::string_view otherwise);
  // name[key]=value: at most 20 of them, keys of 40 and values of 500 bytes; an empty value is left
  // out.
  Metadata metadata(std::string_view name = "metadata");

  // Called last.
  Api<void> finish();

 private:
  // Null when absent. Counts as asked for.
  const std::string* take(std::string_view name);
  void complain(ApiError error);
  std::optional<std::int64_t> number(std::string_view name, std::int64_t most,
                                     std::string_view too_large);

  std::map<std::string, std::string, std::less<>> sent_;
  std::set<std::string, std::less<>> asked_;
  std::optional<ApiError> problem_;
};

}  // namespace vedette::demo

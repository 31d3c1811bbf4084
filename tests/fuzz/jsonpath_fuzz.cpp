// SPDX-License-Identifier: Apache-2.0
// A query and a document, with a line end between them: whatever they are, there is an answer or a
// sentence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <boost/json/parse.hpp>

#include "probes/jsonpath/json_text.h"
#include "probes/jsonpath/path.h"

namespace {

// What is printed is JSON again, of the same kind. (Not digit by digit: boost::json reads long
// numbers a little off.)
void check_text(const boost::json::value& value) {
  std::string text;
  vedette::jsonpath::append_json(text, value);
  boost::system::error_code error;
  const auto again = boost::json::parse(text, error);
  if (!error && again.kind() != value.kind() && !(again.is_number() && value.is_number())) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const auto path = vedette::jsonpath::Path::parse(input.substr(0, line));
  const auto rest = input.substr(std::min(line + 1, input.size()));
  boost::system::error_code error;
  const auto document =
      boost::json::parse(boost::json::string_view(rest.data(), rest.size()), error);
  if (error) return 0;
  check_text(document);
  if (!path) return 0;
  const auto selected = path->select(document);
  if (selected && path->is_singular() && selected->size() > 1) std::abort();
  return 0;
}

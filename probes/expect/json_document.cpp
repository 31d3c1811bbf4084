// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/json_document.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace vedette::expect {
namespace json = boost::json;

struct JsonDocument::Parsed {
  json::value root;
  bool ok = false;
};

JsonDocument::JsonDocument(Text text) : text_(text) {}
JsonDocument::~JsonDocument() = default;

const json::value* JsonDocument::root() const {
  if (!parsed_) {
    auto parsed = std::make_unique<Parsed>();
    if (text_.cut()) {
      trouble_ = fmt::format("is too large to be read as JSON: only {} of {} bytes were kept",
                             text_.kept.size(), text_.length);
    } else {
      boost::system::error_code error;
      const json::parse_options options{.max_depth = max_depth};
      parsed->root = json::parse(text_.kept, error, {}, options);
      parsed->ok = !error;
      if (error) trouble_ = "is not JSON: " + error.message();
    }
    parsed_ = std::move(parsed);
  }
  return parsed_->ok ? &parsed_->root : nullptr;
}

}  // namespace vedette::expect

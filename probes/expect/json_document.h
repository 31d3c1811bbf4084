// SPDX-License-Identifier: Apache-2.0
// A text that may be JSON: parsed when the first expectation asks, once, and bounded.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/json/fwd.hpp>

#include "probes/expect/observed.h"

namespace vedette::expect {

class JsonDocument {
 public:
  static constexpr std::size_t max_depth = 128;

  // The text outlives the document.
  explicit JsonDocument(Text text);
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // Null when it is not JSON, or only its beginning was kept.
  const boost::json::value* root() const;
  // Why there is no root, as the rest of a sentence that began with what the text is:
  // "is not JSON: ...".
  const std::string& trouble() const { return trouble_; }
  // Only the beginning of the text is there.
  bool cut() const { return text_.cut(); }

 private:
  struct Parsed;

  Text text_;
  mutable std::unique_ptr<const Parsed> parsed_;
  mutable std::string trouble_;
};

}  // namespace vedette::expect

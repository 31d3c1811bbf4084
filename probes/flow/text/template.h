// SPDX-License-Identifier: Apache-2.0
// A text with `${expressions}` in it; "$${" stands for "${" itself.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "probes/flow/text/expression.h"

namespace vedette::flow {

// Where a text stands, and so what must not be broken by a value in it.
enum class Place : std::uint8_t {
  line,     // a header, a name: no control characters
  encoded,  // a form field, a JSON text: encoded by whoever writes it, so anything goes
  url,      // a value at its beginning is the base address; elsewhere it is percent-encoded
  pattern,  // a regular expression: the value is matched as it is
  bytes,    // a raw body: each value says by json(), url_encode(), base64() or raw() what it is
};

class Template {
 public:
  // The error is one sentence.
  static std::expected<Template, std::string> parse(std::string_view text);

  // There is nothing to fill in.
  bool is_plain() const;
  // It is one expression and nothing else.
  bool is_one_value() const;
  std::vector<std::string> names() const;
  // Why it must not stand there, one sentence; empty: it may.
  std::string unfit(Place place) const;

  // The text, of kind text unless it is one value. The error is one sentence without the value.
  std::expected<Value, std::string> render(const Scope& scope, Place place) const;

 private:
  using Piece = std::variant<std::string, Expression>;

  std::vector<Piece> pieces_;
};

}  // namespace vedette::flow

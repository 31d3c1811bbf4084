// SPDX-License-Identifier: Apache-2.0
// What stands between "${" and "}": names, calls of functions, whole-number arithmetic.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "probes/flow/text/value.h"

namespace vedette::flow {

// What an expression is evaluated with. Nothing of it changes between two evaluations of one place
// in one run, so that a step that is asked again asks the same.
struct Scope {
  // Null: no such value (yet).
  std::function<const Value*(std::string_view name)> find;
  // Of the run and the step: uuid() and random_int() are drawn from it.
  std::string seed;
  // Seconds since the epoch, for timestamp().
  std::int64_t now = 0;
  // There are no values yet: every one is `sample`, to find mistakes in what is around it.
  bool trial = false;

  static const Value sample;
};

// Immutable and cheap to copy.
class Expression {
 public:
  static constexpr std::size_t max_length = 1000;  // bytes
  static constexpr int max_nesting = 16;

  // name | 'text' | 12 | f(x, y) | + - * / % of whole numbers | ( ). Functions: uuid(), base64(x),
  // url_encode(x), sha256(x), hmac_sha256(key, text), timestamp(), random_int(from, to), json(x),
  // raw(x), text(x). Their number of arguments is checked. The error is one sentence.
  static std::expected<Expression, std::string> parse(std::string_view text);

  // The names it refers to.
  std::vector<std::string> names() const;
  // The function that makes the whole of it, so that it is fit for some syntax ("json"); empty when
  // that is a name or something else.
  std::string_view outermost() const;

  // Arithmetic is exact in 64 bits: overflow, a fraction, division by zero and a text are errors,
  // one sentence. A result is secret when anything in it is, but not a hash.
  std::expected<Value, std::string> evaluate(const Scope& scope) const;

  struct Term;

 private:
  explicit Expression(std::shared_ptr<const Term> root) : root_(std::move(root)) {}

  std::shared_ptr<const Term> root_;
};

}  // namespace vedette::flow

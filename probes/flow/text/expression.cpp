// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/expression.h"

#include <optional>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/flow/text/functions.h"

namespace vedette::flow {

const Value Scope::sample{"1", Value::Kind::number};

struct Expression::Term {
  enum class Kind : std::uint8_t {
    literal,
    name,
    call,
    add,
    subtract,
    multiply,
    divide,
    remainder
  };

  Kind kind = Kind::literal;
  Value literal{};
  std::string name{};
  const Function* function = nullptr;
  std::size_t place = 0;  // of a call
  std::vector<std::shared_ptr<const Term>> parts{};
};

namespace {

using Term = Expression::Term;
using TermPtr = std::shared_ptr<const Term>;
using Kind = Term::Kind;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool begins_name(char c) {
  return (lower_case(c) >= 'a' && lower_case(c) <= 'z') || c == '_';
}

// Recursive descent; null means that error_ says why.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  TermPtr parse() {
    auto term = sum(0);
    if (term && peek() != '\0') return fail("there is something left over");
    return term;
  }
  const std::string& error() const { return error_; }

 private:
  TermPtr fail(std::string_view what) {
    if (error_.empty()) error_ = fmt::format("in \"${{{}}}\", at {}: {}", text_, at_ + 1, what);
    return nullptr;
  }

  char peek() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  static TermPtr pair(Kind kind, TermPtr left, TermPtr right) {
    return std::make_shared<const Term>(
        Term{.kind = kind, .parts = {std::move(left), std::move(right)}});
  }

  TermPtr sum(int depth) {
    if (depth > Expression::max_nesting) return fail("it is nested too deeply");
    auto left = product(depth);
    while (left) {
      const Kind kind = take('+') ? Kind::add : take('-') ? Kind::subtract : Kind::literal;
      if (kind == Kind::literal) break;
      auto right = product(depth);
      if (!right) return nullptr;
      left = pair(kind, std::move(left), std::move(right));
    }
    return left;
  }

  TermPtr product(int depth) {
    auto left = atom(depth);
    while (left) {
      const Kind kind = take('*')   ? Kind::multiply
                        : take('/') ? Kind::divide
                        : take('%') ? Kind::remainder
                                    : Kind::literal;
      if (kind == Kind::literal) break;
      auto right = atom(depth);
      if (!right) return nullptr;
      left = pair(kind, std::move(left), std::move(right));
    }
    return left;
  }

  TermPtr atom(int depth) {
    if (take('(')) {
      auto inner = sum(depth + 1);
      if (inner && !take(')')) return fail("a parenthesis is not closed");
      return inner;
    }
    const char c = peek();
    if (c == '\'') return text();
    if (is_digit(c) || c == '-') return number();
    if (begins_name(c)) return name(depth);
    return fail(c == '\0' ? "something is missing" : "this is no name, number or 'text'");
  }

  TermPtr text() {
    const auto end = text_.find('\'', ++at_);
    if (end == text_.npos) return fail("a text is not closed with '");
    Term term;
    term.literal.text = text_.substr(at_, end - at_);
    at_ = end + 1;
    return std::make_shared<const Term>(std::move(term));
  }

  TermPtr number() {
    const auto begin = at_++;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    Term term;
    term.literal = {std::string(text_.substr(begin, at_ - begin)), Value::Kind::number};
    if (!whole_number(term.literal)) return fail("this is no whole number");
    return std::make_shared<const Term>(std::move(term));
  }

  TermPtr name(int depth) {
    const auto begin = at_;
    while (at_ < text_.size() &&
           (begins_name(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.'))
      ++at_;
    std::string name(text_.substr(begin, at_ - begin));
    if (take('(')) return call(std::move(name), depth);
    return std::make_shared<const Term>(Term{.kind = Kind::name, .name = std::move(name)});
  }

  TermPtr call(std::string name, int depth) {
    Term term{.kind = Kind::call, .name = std::move(name), .place = calls_++};
    term.function = find_function(term.name);
    if (term.function == nullptr)
      return fail(
          fmt::format("there is no function {}; there are {}", term.name, function_names()));
    while (peek() != ')') {
      if (!term.parts.empty() && !take(',')) return fail("a comma or ) is missing");
      auto argument = sum(depth + 1);
      if (!argument) return nullptr;
      term.parts.push_back(std::move(argument));
    }
    take(')');
    if (term.parts.size() != term.function->arguments) {
      return fail(fmt::format("{} takes {} argument{}, not {}", term.name, term.function->arguments,
                              term.function->arguments == 1 ? "" : "s", term.parts.size()));
    }
    return std::make_shared<const Term>(std::move(term));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t calls_ = 0;
  std::string error_;
};

void collect(const Term& term, std::vector<std::string>& names) {
  if (term.kind == Kind::name) names.push_back(term.name);
  for (const auto& part : term.parts) collect(*part, names);
}

// Nothing on overflow and on division by zero.
std::optional<std::int64_t> calculate(Kind kind, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (kind) {
    case Kind::add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Kind::subtract:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Kind::multiply:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    default:
      break;
  }
  if (b == 0 || (a == INT64_MIN && b == -1)) return std::nullopt;
  if (kind == Kind::divide && a % b != 0) return std::nullopt;  // no fractions of a cent
  return kind == Kind::divide ? a / b : a % b;
}

Evaluated evaluate(const Term& term, const Scope& scope);

Evaluated call(const Term& term, const Scope& scope) {
  std::vector<Value> arguments;
  for (const auto& part : term.parts) {
    auto argument = evaluate(*part, scope);
    if (!argument) return argument;
    arguments.push_back(*std::move(argument));
  }
  return term.function->call(arguments, scope, term.place);
}

Evaluated arithmetic(const Term& term, const Scope& scope) {
  const auto left = evaluate(*term.parts[0], scope);
  const auto right = evaluate(*term.parts[1], scope);
  if (!left) return left;
  if (!right) return right;
  const auto a = whole_number(*left), b = whole_number(*right);
  if (!a) return std::unexpected(a.error());
  if (!b) return std::unexpected(b.error());
  const auto result = calculate(term.kind, *a, *b);
  if (!result) return std::unexpected("the calculation has no whole number as its result");
  return Value{fmt::format("{}", *result), Value::Kind::number, left->secret || right->secret};
}

Evaluated evaluate(const Term& term, const Scope& scope) {
  if (term.kind == Kind::literal) return term.literal;
  if (term.kind == Kind::call) return call(term, scope);
  if (term.kind != Kind::name) return arithmetic(term, scope);
  const Value* value = scope.find(term.name);
  if (value == nullptr) return std::unexpected(fmt::format("${{{}}} has no value", term.name));
  return *value;
}

}  // namespace

std::expected<Expression, std::string> Expression::parse(std::string_view text) {
  if (text.size() > max_length)
    return std::unexpected(fmt::format("an expression is longer than {} bytes", max_length));
  Parser parser(text);
  auto root = parser.parse();
  if (!root) return std::unexpected(parser.error());
  return Expression(std::move(root));
}

std::vector<std::string> Expression::names() const {
  std::vector<std::string> out;
  collect(*root_, out);
  return out;
}

std::string_view Expression::outermost() const {
  return root_->kind == Kind::call ? root_->function->name : std::string_view();
}

std::expected<Value, std::string> Expression::evaluate(const Scope& scope) const {
  return flow::evaluate(*root_, scope);
}

}  // namespace vedette::flow

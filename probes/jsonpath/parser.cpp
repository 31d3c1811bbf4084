// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/parser.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/jsonpath/path.h"
#include "probes/jsonpath/regexp.h"

namespace vedette::jsonpath {
namespace {

struct Signature {
  std::string_view name;
  Function function;
  std::size_t arguments;
  bool takes_nodes;  // else values
  bool gives_value;  // else true or false
};
constexpr std::array signatures{
    Signature{"length", Function::length, 1, false, true},
    Signature{"count", Function::count, 1, true, true},
    Signature{"value", Function::value, 1, true, true},
    Signature{"match", Function::match, 2, false, false},
    Signature{"search", Function::search, 2, false, false},
};

const Signature* find_signature(std::string_view name) {
  const auto found = std::ranges::find(signatures, name, &Signature::name);
  return found == signatures.end() ? nullptr : &*found;
}

bool gives_value(const Call& call) {
  const auto found = std::ranges::find(signatures, call.function, &Signature::function);
  return found->gives_value;
}

// A literal, a query for one value at most, or a function that gives a value.
bool is_value(const Operand& operand) {
  if (const auto* query = std::get_if<Query>(&operand)) return query->is_singular();
  if (const auto* call = std::get_if<CallPtr>(&operand)) return gives_value(**call);
  return true;
}

// A pattern that is written down is compiled once.
void compile_literal(Call& call) {
  if (call.function != Function::match && call.function != Function::search) return;
  const auto* literal = std::get_if<boost::json::value>(&call.arguments[1]);
  if (literal == nullptr) return;
  call.literal_pattern = true;
  if (!literal->is_string()) return;
  call.pattern = compile_regexp(literal->get_string(), call.function == Function::match);
}

template <class Node>
LogicalPtr logical(Node node) {
  return std::make_unique<const Logical>(Logical{std::move(node)});
}

}  // namespace

bool Query::is_singular() const {
  return std::ranges::all_of(segments, [](const Segment& segment) {
    if (segment.descendant || segment.selectors.size() != 1) return false;
    const Selector& only = segment.selectors.front();
    return std::holds_alternative<Name>(only) || std::holds_alternative<Index>(only);
  });
}

class Parser::Nesting {
 public:
  explicit Nesting(Parser& parser) : depth_(parser.nesting_) {
    if (++depth_ > Path::max_nesting) parser.scan_.fail("it is nested too deep");
  }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  std::size_t& depth_;
};

Query Parser::parse() {
  if (scan_.peek() != '$') scan_.fail("a query begins with \"$\"");
  Query out = query();
  if (!scan_.at_end()) scan_.fail("expected a segment, such as .name or [0], or the end");
  return out;
}

Query Parser::query() {
  Query out{.absolute = scan_.peek() == '$', .segments = {}};
  scan_.take(out.absolute ? "$" : "@");
  while (segment(out)) {
  }
  return out;
}

// False, and nothing taken, when no segment follows: blanks belong to what does.
bool Parser::segment(Query& query) {
  const std::size_t before = scan_.position();
  scan_.skip_blanks();
  if (scan_.peek() == '[') {
    query.segments.push_back({.descendant = false, .selectors = bracketed()});
    return true;
  }
  if (scan_.peek() == '.') {
    query.segments.push_back(child_or_descendant());
    return true;
  }
  scan_.return_to(before);
  return false;
}

Segment Parser::child_or_descendant() {
  Segment out{.descendant = scan_.take(".."), .selectors = {}};
  if (!out.descendant) scan_.expect('.');
  if (out.descendant && scan_.peek() == '[') {
    out.selectors = bracketed();
  } else if (scan_.take("*")) {
    out.selectors.emplace_back(Wildcard{});
  } else if (auto name = scan_.shorthand()) {
    out.selectors.emplace_back(Name{*std::move(name)});
  } else {
    scan_.fail("expected a name or \"*\"");
  }
  return out;
}

std::vector<Selector> Parser::bracketed() {
  std::vector<Selector> out;
  scan_.expect('[');
  do {
    scan_.skip_blanks();
    out.push_back(selector());
    scan_.skip_blanks();
  } while (scan_.take(","));
  scan_.expect(']');
  return out;
}

Selector Parser::selector() {
  if (auto name = scan_.string()) return Name{*std::move(name)};
  if (scan_.take("*")) return Wildcard{};
  if (scan_.take("?")) {
    scan_.skip_blanks();
    return Filter{any_of()};
  }
  return index_or_slice();
}

Selector Parser::index_or_slice() {
  const auto number = scan_.integer();
  const std::size_t behind = scan_.position();
  scan_.skip_blanks();
  if (scan_.take(":")) return slice(number);
  scan_.return_to(behind);
  if (!number) scan_.fail("expected a name in quotes, an index, a slice, \"*\" or \"?\"");
  return Index{*number};
}

// Behind the first colon.
Slice Parser::slice(std::optional<std::int64_t> start) {
  Slice out{.start = start, .end = {}, .step = 1};
  scan_.skip_blanks();
  out.end = scan_.integer();
  const std::size_t behind = scan_.position();
  scan_.skip_blanks();
  if (!scan_.take(":")) {
    scan_.return_to(behind);
    return out;
  }
  const std::size_t behind_colon = scan_.position();
  scan_.skip_blanks();
  if (const auto step = scan_.integer())
    out.step = *step;
  else
    scan_.return_to(behind_colon);
  return out;
}

LogicalPtr Parser::any_of() {
  const Nesting guard(*this);
  AnyOf all;
  do {
    scan_.skip_blanks();
    all.parts.push_back(all_of());
    scan_.skip_blanks();
  } while (scan_.take("||"));
  return all.parts.size() == 1 ? std::move(all.parts.front()) : logical(std::move(all));
}

LogicalPtr Parser::all_of() {
  AllOf all;
  do {
    scan_.skip_blanks();
    all.parts.push_back(basic());
    scan_.skip_blanks();
  } while (scan_.take("&&"));
  return all.parts.size() == 1 ? std::move(all.parts.front()) : logical(std::move(all));
}

LogicalPtr Parser::basic() {
  if (scan_.take("!")) return negated();
  if (scan_.peek() == '(') return parenthesized();
  Operand left = operand();
  const std::size_t behind = scan_.position();
  scan_.skip_blanks();
  const auto compare = comparator();
  if (!compare) {
    scan_.return_to(behind);
    return test(std::move(left));
  }
  check_comparable(left);
  scan_.skip_blanks();
  Operand right = operand();
  check_comparable(right);
  return logical(Comparison{std::move(left), *compare, std::move(right)});
}

LogicalPtr Parser::negated() {
  scan_.skip_blanks();
  LogicalPtr inner = scan_.peek() == '(' ? parenthesized() : test(operand());
  return logical(Not{std::move(inner)});
}

LogicalPtr Parser::parenthesized() {
  scan_.expect('(');
  LogicalPtr inner = any_of();
  scan_.expect(')');
  return inner;
}

LogicalPtr Parser::test(Operand operand) {
  if (auto* query = std::get_if<Query>(&operand)) return logical(Exists{std::move(*query)});
  auto* call = std::get_if<CallPtr>(&operand);
  if (call == nullptr) scan_.fail("a literal must be compared with something");
  if (gives_value(**call)) scan_.fail("the function's result must be compared with something");
  return logical(Holds{std::move(*call)});
}

Operand Parser::operand() {
  if (scan_.peek() == '@' || scan_.peek() == '$') return query();
  if (const auto name = scan_.function_name()) return call(*name);
  if (auto literal = scan_.literal()) return *std::move(literal);
  scan_.fail("expected a query, a function or a literal");
}

// Behind the opening parenthesis.
CallPtr Parser::call(std::string_view name) {
  const Nesting guard(*this);
  const Signature* signature = find_signature(name);
  if (signature == nullptr) scan_.fail(fmt::format("there is no function \"{}\"", name));
  Call out{.function = signature->function, .arguments = {}, .pattern = {}};
  scan_.skip_blanks();
  if (scan_.peek() != ')') {
    do {
      scan_.skip_blanks();
      out.arguments.push_back(operand());
      scan_.skip_blanks();
    } while (scan_.take(","));
  }
  scan_.expect(')');
  if (out.arguments.size() != signature->arguments) {
    scan_.fail(fmt::format("{}() takes {} argument{}", name, signature->arguments,
                           signature->arguments == 1 ? "" : "s"));
  }
  for (const Operand& argument : out.arguments) {
    const bool fits =
        signature->takes_nodes ? std::holds_alternative<Query>(argument) : is_value(argument);
    if (!fits) {
      scan_.fail(fmt::format("{}() takes {}", name,
                             signature->takes_nodes ? "a query" : "what is one value at most"));
    }
  }
  compile_literal(out);
  return std::make_unique<const Call>(std::move(out));
}

std::optional<Comparator> Parser::comparator() {
  constexpr std::array words{
      std::pair{"==", Comparator::equal},         std::pair{"!=", Comparator::unequal},
      std::pair{"<=", Comparator::less_or_equal}, std::pair{">=", Comparator::greater_or_equal},
      std::pair{"<", Comparator::less},           std::pair{">", Comparator::greater}};
  for (const auto& [word, meaning] : words) {
    if (scan_.take(word)) return meaning;
  }
  return std::nullopt;
}

void Parser::check_comparable(const Operand& operand) const {
  if (is_value(operand)) return;
  scan_.fail(std::holds_alternative<Query>(operand)
                 ? "only a query for one value at most can be compared"
                 : "the function's result is true or false and cannot be compared");
}

std::expected<Path, std::string> Path::parse(std::string_view text) {
  if (text.size() > max_length) {
    return std::unexpected(fmt::format("the JSONPath has {} bytes, but at most {} are allowed",
                                       text.size(), max_length));
  }
  try {
    return Path(std::make_shared<const Query>(Parser(text).parse()));
  } catch (const Mistake& mistake) {
    return std::unexpected(fmt::format("the JSONPath \"{}\" is wrong at byte {}: {}",
                                       printable(shorten(text, 200)), mistake.at + 1,
                                       printable(mistake.what)));
  }
}

bool Path::is_singular() const {
  return query_->is_singular();
}

}  // namespace vedette::jsonpath

// SPDX-License-Identifier: Apache-2.0
#include "probes/message/message.h"

#include <algorithm>

#include "probes/ascii.h"

namespace vedette::message {
namespace {

constexpr std::string_view blanks = " \t";

// Takes one line, without its end, off the front.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// RFC 5322, 3.6.8: visible ASCII but the colon. Obsolete syntax allows blanks before the colon.
bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f; });
}

void extend(std::string& value, std::string_view more) {
  value += more.substr(0, max_value - std::min(max_value, value.size()));
}

class FieldReader {
 public:
  explicit FieldReader(Headers& out) : out_(out) {}

  void read(std::string_view line) {
    if (blanks.find(line.front()) != blanks.npos) {
      if (open_) extend(out_.back().second, line);
      return;
    }
    const auto colon = line.find(':');
    const std::string_view name = trim(line.substr(0, colon));
    open_ = colon != line.npos && is_name(name) && out_.size() < max_fields;
    if (!open_) return;
    out_.emplace_back(name, std::string());
    extend(out_.back().second, line.substr(colon + 1));
  }

 private:
  Headers& out_;
  bool open_ = false;  // a folded line belongs to the last field
};

}  // namespace

Message parse(std::string_view raw) {
  Message out;
  FieldReader fields(out.headers);
  while (!raw.empty()) {
    const std::string_view line = take_line(raw);
    if (line.empty()) break;
    fields.read(line);
  }
  for (auto& [name, value] : out.headers) value = trim(value);
  out.body = raw;
  return out;
}

const std::string* find(const Headers& headers, std::string_view name) {
  const auto found = std::ranges::find_if(
      headers, [&](const auto& field) { return same_without_case(field.first, name); });
  return found == headers.end() ? nullptr : &found->second;
}

std::size_t count(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers, [&](const auto& field) { return same_without_case(field.first, name); }));
}

std::string collapse(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (blanks.find(c) == blanks.npos) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace vedette::message

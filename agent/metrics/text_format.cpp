// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/text_format.h"

#include <array>
#include <charconv>
#include <cmath>

namespace vedette::metrics {
namespace {

void append_escaped(std::string& out, std::string_view text, bool quotes) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

constexpr std::size_t number_room = 32;  // more than any number takes

template <class... Number>
char* put_shortest(char* to, Number... value_and_format) {
  return std::to_chars(to, to + number_room, value_and_format...).ptr;
}

char* put(char* to, std::string_view text) {
  text.copy(to, text.size());
  return to + text.size();
}

// Doubles that are whole numbers are frequent and print ten times faster as integers.
bool is_small_whole(double value) {
  return std::abs(value) < 1e15 && std::trunc(value) == value;
}

char* put_number(char* to, std::uint64_t value) {
  return put_shortest(to, value);
}

char* put_number(char* to, double value) {
  if (std::isnan(value)) return put(to, "NaN");
  if (std::isinf(value)) return put(to, value > 0 ? "+Inf" : "-Inf");
  if (is_small_whole(value)) return put_shortest(to, static_cast<std::int64_t>(value));
  // 0.0005 rather than 5e-04: bounds of buckets are label values, which people type into queries.
  if (std::abs(value) < 1) return put_shortest(to, value, std::chars_format::general);
  return put_shortest(to, value);
}

template <class Number>
void append_any_number(std::string& out, Number value) {
  std::array<char, number_room> buffer;
  out.append(buffer.data(), put_number(buffer.data(), value));
}

}  // namespace

void append_label(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += ',';
  out += name;
  out += "=\"";
  append_escaped(out, value, true);
  out += '"';
}

void append_number(std::string& out, double value) {
  append_any_number(out, value);
}

void append_number(std::string& out, std::uint64_t value) {
  append_any_number(out, value);
}

void FamilyWriter::sample(std::string_view labels, std::string_view more_labels, double value) {
  part({}, labels, more_labels, value);
}

void FamilyWriter::sample(std::string_view labels, std::string_view more_labels,
                          std::uint64_t value) {
  part({}, labels, more_labels, value);
}

void FamilyWriter::part(std::string_view suffix, std::string_view labels,
                        std::string_view more_labels, double value) {
  if (!std::isnan(value)) line(suffix, labels, more_labels, value);
}

void FamilyWriter::part(std::string_view suffix, std::string_view labels,
                        std::string_view more_labels, std::uint64_t value) {
  line(suffix, labels, more_labels, value);
}

// Room is made once for the whole line: a scrape has hundreds of thousands of them.
template <class Number>
void FamilyWriter::line(std::string_view suffix, std::string_view labels,
                        std::string_view more_labels, Number value) {
  if (!head_written) write_head();
  const auto before = out_.size();
  const auto room = family_.name.size() + suffix.size() + labels.size() + more_labels.size() +
                    std::string_view("{,} \n").size() + number_room;
  out_.resize_and_overwrite(before + room, [&](char* text, std::size_t) {
    char* to = put(put(text + before, family_.name), suffix);
    if (!labels.empty() || !more_labels.empty()) {
      to = put(put(to, "{"), labels);
      if (!labels.empty() && !more_labels.empty()) to = put(to, ",");
      to = put(put(to, more_labels), "}");
    }
    to = put(put_number(put(to, " "), value), "\n");
    return static_cast<std::size_t>(to - text);
  });
}

void FamilyWriter::write_head() {
  head_written = true;
  out_ += "# HELP ";
  out_ += family_.name;
  out_ += ' ';
  append_escaped(out_, family_.help, false);
  out_ += "\n# TYPE ";
  out_ += family_.name;
  out_ += ' ';
  out_ += family_.type;
  out_ += '\n';
}

}  // namespace vedette::metrics

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

template <class... Number>
void append_shortest(std::string& out, Number... value_and_format) {
  std::array<char, 32> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value_and_format...);
  out.append(buffer.data(), end);
}

// Doubles that are whole numbers are frequent and print ten times faster as integers.
bool is_small_whole(double value) {
  return std::abs(value) < 1e15 && std::trunc(value) == value;
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
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else if (is_small_whole(value)) {
    append_shortest(out, static_cast<std::int64_t>(value));
  } else if (std::abs(value) < 1) {
    // 0.0005 rather than 5e-04: bounds of buckets are label values, which people type into queries.
    append_shortest(out, value, std::chars_format::general);
  } else {
    append_shortest(out, value);
  }
}

void append_number(std::string& out, std::uint64_t value) {
  append_shortest(out, value);
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
  if (std::isnan(value)) return;
  begin(suffix, labels, more_labels);
  append_number(out_, value);
  out_ += '\n';
}

void FamilyWriter::part(std::string_view suffix, std::string_view labels,
                        std::string_view more_labels, std::uint64_t value) {
  begin(suffix, labels, more_labels);
  append_number(out_, value);
  out_ += '\n';
}

void FamilyWriter::begin(std::string_view suffix, std::string_view labels,
                         std::string_view more_labels) {
  if (!head_written) write_head();
  out_ += family_.name;
  out_ += suffix;
  if (labels.empty() && more_labels.empty()) {
    out_ += ' ';
    return;
  }
  out_ += '{';
  out_ += labels;
  if (!labels.empty() && !more_labels.empty()) out_ += ',';
  out_ += more_labels;
  out_ += "} ";
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

// SPDX-License-Identifier: Apache-2.0
// The Prometheus text format, version 0.0.4: labels, numbers, samples, and the head of a family.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/metrics/names.h"

namespace vedette::metrics {

// Appends `name="value"` with \, " and line ends escaped, after a comma when `out` is not empty.
void append_label(std::string& out, std::string_view name, std::string_view value);

// The shortest text that reads back as the same number; "+Inf", "-Inf", "NaN".
void append_number(std::string& out, double value);
void append_number(std::string& out, std::uint64_t value);

// Writes the samples of one family. Its # HELP and # TYPE lines come with the first sample; without
// one, never.
class FamilyWriter {
 public:
  FamilyWriter(std::string& out, const Metric& family) : out_(out), family_(family) {}

  // `labels` and `more_labels` are rendered labels, joined as they are. NaN is left out.
  void sample(std::string_view labels, std::string_view more_labels, double value);
  void sample(std::string_view labels, std::string_view more_labels, std::uint64_t value);
  // As above, of a part of a histogram: "_bucket", "_sum", "_count".
  void part(std::string_view suffix, std::string_view labels, std::string_view more_labels,
            double value);
  void part(std::string_view suffix, std::string_view labels, std::string_view more_labels,
            std::uint64_t value);

  // Set it to go on with a family whose head was written before.
  bool head_written = false;

 private:
  template <class Number>
  void line(std::string_view suffix, std::string_view labels, std::string_view more_labels,
            Number value);
  void write_head();

  std::string& out_;
  const Metric family_;
};

}  // namespace vedette::metrics

// SPDX-License-Identifier: Apache-2.0
// Writes HTML (and XML) in which only string literals of this program are markup: everything else
// is escaped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "agent/page/clean.h"
#include "probes/encoding.h"

namespace vedette::page {

class Html {
 public:
  // Markup: takes nothing but literals, so that no text from outside can come in by mistake.
  template <std::size_t N>
  Html& operator<<(const char (&markup)[N]) {
    out_.append(markup, N - 1);
    return *this;
  }
  // Text, also inside a quoted attribute.
  Html& text(std::string_view text) {
    out_ += html_escape(clean(text));
    return *this;
  }
  Html& number(long long value) {
    out_ += std::to_string(value);
    return *this;
  }
  // What another Html made, or what is markup for another reason, which the caller knows.
  Html& append(std::string_view markup) {
    out_ += markup;
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
// The switches that break parts of the demo: one table of what there is to break, and how.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vedette::demo {

enum class Mode : std::uint8_t {
  on,
  slow,
  off,
  flaky,
  late,
  lost,
  no_capture,
  reject,
  wrong,
  stale,
  twice,
  forged,
  refused,
  ignored,
  exhausted,
  closing,
};

std::string_view text(Mode mode);
std::optional<Mode> parse_mode(std::string_view text);

// A position of a switch and what it does, in one sentence.
struct Choice {
  Mode mode;
  std::string_view effect;
};

struct Switch {
  std::string_view name;
  std::string_view group;  // the part of the demo that it belongs to
  std::string_view about;
  std::span<const Choice> choices;  // the first one is `on`
};

// Every switch there is, those of a group side by side.
std::span<const Switch> all_switches();

// Where they stand; all are on at first.
class Switches {
 public:
  // On for a name that is none.
  Mode of(std::string_view name) const;
  bool is(std::string_view name, Mode mode) const { return of(name) == mode; }
  // False when there is no such switch, or it has no such position.
  bool set(std::string_view name, Mode mode);
  void heal() { broken_.clear(); }
  std::size_t broken() const { return broken_.size(); }

 private:
  std::map<std::string, Mode, std::less<>> broken_;  // those that are not on
};

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
// Something that was done to components, or that an agent saw to be different from before. Plain
// data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/clock.h"

namespace vedette::incident {

enum class ChangeKind : std::uint8_t {
  recorded,  // somebody told us: a deploy, an edited configuration
  observed,  // a check saw it
};

std::string_view text(ChangeKind kind);
std::optional<ChangeKind> parse_change_kind(std::string_view text);

struct Change {
  std::string id;  // 12 characters of [a-z0-9], stable: told twice, it is one change
  ChangeKind kind = ChangeKind::recorded;
  Instant at{};               // when it was done; of an observed one, when it was seen first
  Instant recorded{};         // when we learned of it
  std::string text;           // one line: "Room upgrade settings edited", "the certificate"
  std::string author;         // a token's name, or "check portal-login in eu-west"
  bool is_public = true;      // whether customers may read the text
  std::string before, after;  // of an observed one; internal
  std::vector<std::string> components;  // ids; never empty
  bool operator==(const Change&) const = default;
};

// Out of its instant, its text and its components.
std::string change_id(const Change& change);

}  // namespace vedette::incident

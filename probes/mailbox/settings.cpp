// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/settings.h"

#include <array>
#include <limits>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mailbox/subjects.h"
#include "probes/stable_hash.h"
#include "probes/stable_id.h"

namespace vedette::mailbox {
namespace {

using config::Node;
using config::Section;
using namespace std::chrono_literals;

constexpr std::int64_t most_messages = std::numeric_limits<std::int32_t>::max();

std::optional<std::uint32_t> read_count(Section& section, std::string_view key) {
  if (section.find(key) == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(section.integer(key, 0, 0, most_messages));
}

std::optional<Duration> read_duration(Section& section, std::string_view key, Duration min) {
  if (section.find(key) == nullptr) return std::nullopt;
  return section.duration(key, min, min, 24h * 365);
}

void read_canary(Section& section, Limits& out) {
  const Node* node = section.find("canary");
  if (node == nullptr) return;
  Section canary(*node, "canary", section.problems());
  out.canary = true;
  if (canary.require("plant") != nullptr) out.plant = canary.boolean("plant", false);
  canary.finish();
}

Limits read_limits(Section& section) {
  Limits out;
  out.at_least = read_count(section, "at_least");
  out.lost_at_most = read_count(section, "lost_at_most").value_or(0);
  out.read_at_most = read_count(section, "read_at_most");
  out.grows_within = read_duration(section, "grows_within", 1s);
  out.alarm_for = section.duration("alarm_for", out.alarm_for, 1s, 24h * 365);
  if (section.find("quota_below") != nullptr)
    out.quota_below = section.integer("quota_below", 90, 1, 100);
  read_canary(section, out);
  return out;
}

mail::Access read_access(Section& section, Mask& mask) {
  mail::Access access = mail::read_access(section, mail::Protocol::imap, mask);
  section.require("auth");
  if (access.servers.size() > 1) {
    section.problems().add(section.find("ip")->place,
                           "\"ip\" must be any, 4 or 6: what the guard remembers is one mailbox");
  }
  return access;
}

std::string read_mailbox(Section& section) {
  const std::string name = section.text("mailbox", "INBOX");
  const bool is_name = !name.empty() && is_utf8(name) && printable(name) == name;
  if (!is_name) section.problems().add(section.place(), "\"mailbox\" must be one line of text");
  return name;
}

}  // namespace

std::string Settings::about() const {
  return stable_id(stable_hash(fmt::format("{}\n{}\n{}", access.servers.front().endpoint.host,
                                           access.credentials->username, mailbox)));
}

std::optional<Settings> parse_settings(const Node& node, config::Problems& problems) {
  config::Problems found;
  Section section(node, "mailbox", found);
  Settings out;
  out.access = read_access(section, out.mask);
  out.mailbox = read_mailbox(section);
  out.limits = read_limits(section);
  out.expectations = peer::read_expectations(section, subjects);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::mailbox

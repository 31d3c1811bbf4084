// SPDX-License-Identifier: Apache-2.0
#include "probes/smtp/settings.h"

#include <fmt/format.h>

#include "probes/message/address.h"
#include "probes/smtp/subjects.h"

namespace vedette::smtp {
namespace {

using config::Node;
using config::Section;

constexpr std::size_t max_recipients = 20;

std::string read_address(const Node& node, std::string_view key, config::Problems& problems) {
  const auto text = config::read_text(node, problems);
  if (text && !message::is_mail_address(*text)) {
    problems.add(node.place,
                 fmt::format("\"{}\" must be a mail address like somebody@example.com, found {}",
                             key, config::quote(*text)));
  }
  return text.value_or("");
}

std::string required_address(Section& section, std::string_view key) {
  const Node* node = section.require(key);
  return node == nullptr ? std::string() : read_address(*node, key, section.problems());
}

// An address alone should be accepted.
Recipient read_recipient(const Node& node, config::Problems& problems) {
  if (node.kind == Node::Kind::scalar) return {read_address(node, "rcpt", problems)};
  Section section(node, "rcpt", problems);
  Recipient out;
  out.address = required_address(section, "address");
  out.wanted =
      static_cast<Wanted>(section.choice("expect", 0, {"accepted", "refused", "deferred"}));
  section.finish();
  return out;
}

void read_recipients(Section& section, Settings& out) {
  const Node* node = section.find("rcpt");
  if (node == nullptr) return;
  if (node->kind != Node::Kind::list) {
    out.recipients.push_back(read_recipient(*node, section.problems()));
    return;
  }
  for (const Node& item : node->items) {
    out.recipients.push_back(read_recipient(item, section.problems()));
  }
  if (out.recipients.size() > max_recipients) {
    section.problems().add(node->place,
                           fmt::format("\"rcpt\" holds more than {} addresses", max_recipients));
  }
}

void read_mail_from(Section& section, Settings& out) {
  if (const Node* node = section.find("mail_from")) {
    const bool is_null = node->kind == Node::Kind::scalar && node->scalar.empty();
    out.mail_from = is_null ? "" : read_address(*node, "mail_from", section.problems());
  } else if (!out.recipients.empty()) {
    section.problems().add(section.place(), "\"rcpt\" needs \"mail_from\"");
  }
}

void read_open_relay(Section& section, Settings& out) {
  const Node* node = section.find("open_relay");
  if (node == nullptr) return;
  Section relay(*node, "open_relay", section.problems());
  out.open_relay = OpenRelay{required_address(relay, "from"), required_address(relay, "to")};
  relay.finish();
  if (out.access.credentials) {
    section.problems().add(node->place,
                           "\"open_relay\" and \"auth\" exclude each other: who has signed in may "
                           "send to the outside");
  }
}

}  // namespace

std::optional<Settings> parse_settings(const Node& node, config::Problems& problems) {
  config::Problems found;
  Section section(node, "smtp", found);
  Settings out;
  out.access = mail::read_access(section, mail::Protocol::smtp, out.mask);
  read_recipients(section, out);
  read_mail_from(section, out);
  read_open_relay(section, out);
  out.expectations = peer::read_expectations(section, subjects);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::smtp

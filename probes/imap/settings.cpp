// SPDX-License-Identifier: Apache-2.0
#include "probes/imap/settings.h"

#include "probes/encoding.h"
#include "probes/imap/subjects.h"

namespace vedette::imap {
namespace {

constexpr std::size_t max_mailbox = 255;  // bytes

std::string read_mailbox(config::Section& section, bool signs_in) {
  const config::Node* node = section.find("mailbox");
  if (node == nullptr) return "INBOX";
  const auto name = config::read_text(*node, section.problems()).value_or("");
  if (name.empty() || name.size() > max_mailbox || !is_utf8(name) || printable(name) != name) {
    section.problems().add(node->place, "\"mailbox\" must be the name of a mailbox");
  }
  if (!signs_in) section.problems().add(node->place, "\"mailbox\" needs \"auth\"");
  return name;
}

}  // namespace

std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems) {
  config::Problems found;
  config::Section section(node, "imap", found);
  Settings out;
  out.access = mail::read_access(section, mail::Protocol::imap, out.mask);
  out.mailbox = read_mailbox(section, out.access.credentials.has_value());
  out.expectations = peer::read_expectations(section, subjects);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::imap

// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/parse_servers.h"

#include "probes/mail/access.h"

namespace vedette::round_trip {
namespace {

using config::Node;
using config::Section;

// One server has one address family: a message cannot go two ways.
Server read_server(Section& section, std::string_view key, mail::Protocol protocol, Mask& mask) {
  const Node* node = section.require(key);
  if (node == nullptr) return {};
  Section server(*node, std::string(key), section.problems());
  mail::Access access = mail::read_access(server, protocol, mask);
  server.finish();
  if (access.servers.size() > 1) {
    section.problems().add(node->place, "\"ip: each\" is not for a mail round trip");
  }
  return {std::move(access.servers.front()), std::move(access.credentials)};
}

}  // namespace

void parse_servers(Section& section, Settings& out) {
  out.submission = read_server(section, "submit", mail::Protocol::smtp, out.mask);
  out.mailbox = read_server(section, "mailbox", mail::Protocol::imap, out.mask);
}

}  // namespace vedette::round_trip

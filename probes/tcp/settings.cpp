// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/settings.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/tcp/subjects.h"

namespace vedette::tcp {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr std::uint16_t https_port = 443;

std::uint16_t usual_port(StartTlsProtocol protocol) {
  switch (protocol) {
    case StartTlsProtocol::smtp:
      return 25;
    case StartTlsProtocol::imap:
      return 143;
    case StartTlsProtocol::pop3:
      return 110;
    case StartTlsProtocol::ftp:
      return 21;
    case StartTlsProtocol::ldap:
      return 389;
    case StartTlsProtocol::postgres:
      return 5432;
    case StartTlsProtocol::xmpp:
      return 5222;
  }
  return https_port;
}

std::optional<StartTlsProtocol> read_starttls(Section& section) {
  const Node* node = section.find("starttls");
  const auto name = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!name) return std::nullopt;
  const auto protocol = parse_starttls(*name);
  if (!protocol) {
    section.problems().add(node->place,
                           fmt::format("\"starttls\" must be one of {}, found {}",
                                       fmt::join(starttls_names(), ", "), config::quote(*name)));
  }
  return protocol;
}

void read_connection(Section& section, std::optional<std::uint16_t> default_port, Settings& out) {
  out.server = peer::read_server(section, default_port);
  out.families = peer::read_families(section);
  out.tls = peer::read_tls(section);
}

// TLS begins where start_tls stands, or else before the dialogue.
void read_steps(Section& section, Settings& out) {
  const Node* node = section.find("dialogue");
  if (node == nullptr) return;
  out.dialogue = read_dialogue(*node, out.mask, section.problems());
  const auto begins_tls = [](const Step& step) { return std::holds_alternative<GoSecure>(step); };
  const auto count = std::ranges::count_if(out.dialogue, begins_tls);
  if (count > 1 || (count == 1 && out.starttls)) {
    section.problems().add(node->place, "TLS can begin only once");
  }
  if (count > 0) out.secure = false;
}

template <class Read>
std::optional<Settings> parse(const Node& node, std::string_view name, Problems& problems,
                              Read read) {
  Problems found;
  Section section(node, std::string(name), found);
  Settings out;
  read(section, out);
  static_cast<peer::Expectations&>(out) = peer::read_expectations(section, subjects);
  section.finish();
  for (config::Problem& problem : found.sorted()) {
    problems.add(std::move(problem.place), std::move(problem.message));
  }
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Settings> parse_tcp(const Node& node, Problems& problems) {
  return parse(node, "tcp", problems, [](Section& section, Settings& out) {
    read_connection(section, std::nullopt, out);
    out.secure = section.find("tls") != nullptr;
    read_steps(section, out);
  });
}

std::optional<Settings> parse_tls(const Node& node, Problems& problems) {
  return parse(node, "tls", problems, [](Section& section, Settings& out) {
    out.starttls = read_starttls(section);
    read_connection(section, out.starttls ? usual_port(*out.starttls) : https_port, out);
    out.secure = true;
  });
}

}  // namespace vedette::tcp

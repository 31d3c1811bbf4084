// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/settings.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/dns/subjects.h"
#include "probes/dns/wire/name.h"
#include "probes/dns/wire/words.h"
#include "probes/net/address.h"

namespace vedette::dns {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr std::size_t max_servers = 32;
constexpr std::int64_t default_edns = 1232;  // passes every path unfragmented
constexpr std::uint16_t plain_port = 53, tls_port = 853;

void read_name(Section& section, Settings& out) {
  const Node* node = section.require("name");
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return;
  // An address asks for its name.
  const auto reverse = net::address_literal(*text) ? reverse_name(*text) : std::nullopt;
  auto wire = encode_name(reverse.value_or(*text));
  if (!wire) {
    section.problems().add(node->place, fmt::format("{}: {}", config::quote(*text), wire.error()));
    return;
  }
  out.name = reverse.value_or(*text);
  if (!out.name.ends_with('.')) out.name += '.';
  out.query.name = *std::move(wire);
  if (reverse) out.query.type = type::ptr;
}

// Of a word such as "MX"; `fallback` when the key is absent or makes no sense.
std::uint16_t read_word(Section& section, std::string_view key, std::uint16_t fallback,
                        std::optional<std::uint16_t> (*parse)(std::string_view),
                        std::string_view examples) {
  const Node* node = section.find(key);
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return fallback;
  const auto number = parse(*text);
  if (!number) {
    section.problems().add(node->place, fmt::format("\"{}\" must be one like {}, found {}", key,
                                                    examples, config::quote(*text)));
  }
  return number.value_or(fallback);
}

void read_edns(Section& section, Query& query) {
  query.edns_size = default_edns;
  const Node* node = section.find("edns");
  if (node == nullptr) return;
  if (node->kind == Node::Kind::scalar && node->scalar == "none") {
    query.edns_size.reset();
    return;
  }
  Problems unused;
  const auto size = config::read_integer(*node, unused, 512, max_message);
  if (size) {
    query.edns_size = static_cast<std::uint16_t>(*size);
    return;
  }
  section.problems().add(node->place,
                         fmt::format("\"edns\" must be none or a size from 512 to {}, found {}",
                                     max_message, node->describe()));
}

void read_dnssec(Section& section, Query& query) {
  const Node* node = section.find("dnssec");
  if (node == nullptr) return;
  Section dnssec(*node, "dnssec", section.problems());
  query.dnssec_ok = dnssec.boolean("ok", false);
  query.checking_disabled = dnssec.boolean("checking_disabled", false);
  dnssec.finish();
}

void read_question(Section& section, Settings& out) {
  read_name(section, out);
  Query& query = out.query;
  query.type = read_word(section, "type", query.type, parse_type, "A, MX, TYPE65280 or 65280");
  query.klass = read_word(section, "class", class_in, parse_class, "IN, CH, CLASS32 or 32");
  read_edns(section, query);
  read_dnssec(section, query);
  out.authenticated = section.boolean("authenticated", false);
  query.authenticated = out.authenticated;
}

void add_servers(Section& section, std::string_view key, Settings& out) {
  const Node* node = section.find(key);
  if (node == nullptr) return;
  const auto texts = section.texts(key);
  if (texts.empty()) section.problems().add(node->place, fmt::format("\"{}\" is empty", key));
  for (const std::string& text : texts) {
    auto server = peer::parse_server(text, out.way.port);
    if (server)
      out.servers.push_back(*std::move(server));
    else
      section.problems().add(node->place, server.error());
  }
  if (out.servers.size() > max_servers) {
    section.problems().add(node->place,
                           fmt::format("at most {} servers can be asked", max_servers));
  }
}

void read_servers(Section& section, Settings& out) {
  constexpr std::array transports{Transport::udp, Transport::tcp, Transport::tls};
  Way& way = out.way;
  way.transport = transports[section.choice("transport", 0, {"udp", "tcp", "tls"})];
  way.tcp_fallback = section.boolean("tcp_fallback", true);
  const std::uint16_t port = way.transport == Transport::tls ? tls_port : plain_port;
  way.port = static_cast<std::uint16_t>(section.integer("port", port, 1, 65535));
  if (section.find("server") != nullptr && section.find("servers") != nullptr) {
    section.problems().add(section.place(), "\"server\" and \"servers\" exclude each other");
  }
  add_servers(section, "server", out);
  add_servers(section, "servers", out);
  if (const Node* tls = section.find("tls"); tls != nullptr && way.transport != Transport::tls) {
    section.problems().add(tls->place, "\"tls\" needs \"transport: tls\"");
  }
  way.tls = peer::read_tls(section);
  out.families = peer::read_families(section);
  way.family = out.families.front();
}

// true: those that are listed, or, when none are, those that the zone's NS records name.
void read_each_server(Section& section, Settings& out) {
  constexpr auto max_serial = std::numeric_limits<std::uint32_t>::max();
  out.each_server = section.boolean("each_server", false);
  out.of_zone = out.each_server && section.find("servers") == nullptr;
  // Name servers of a zone are no resolvers.
  out.query.recursion = section.boolean("recursion", !out.of_zone);
  const Node* lag = section.find("serial_lag");
  if (lag == nullptr) return;
  out.serial_lag = static_cast<std::uint32_t>(section.integer("serial_lag", 0, 0, max_serial / 2));
  if (!out.each_server) {
    section.problems().add(lag->place, "\"serial_lag\" needs \"each_server: true\"");
  }
}

// `rcode: [NOERROR, NXDOMAIN]` as the matcher of texts takes it.
void spell_rcodes(Node& node, Problems& problems) {
  const auto spelled = [&](const Node& word) {
    const auto text = config::read_text(word, problems);
    const auto number = text ? parse_rcode(*text) : std::nullopt;
    if (text && !number) {
      problems.add(word.place, fmt::format("{} is no response code; write one like NOERROR, "
                                           "NXDOMAIN or REFUSED",
                                           config::quote(*text)));
    }
    return rcode_text(number.value_or(0));
  };
  if (node.kind == Node::Kind::scalar) node.scalar = spelled(node);
  if (node.kind != Node::Kind::list) return;
  std::vector<std::string> words;
  for (const Node& item : node.items) words.push_back(spelled(item));
  Node pattern = node;
  pattern.kind = Node::Kind::scalar;
  pattern.items.clear();
  pattern.scalar = fmt::format("^({})$", fmt::join(words, "|"));
  node.kind = Node::Kind::map;
  node.items.clear();
  node.entries = {{"matches", node.place, std::move(pattern)}};
}

bool mentions(const Node* expected, std::initializer_list<std::string_view> keys) {
  return expected != nullptr && std::ranges::any_of(keys, [&](std::string_view key) {
           const Node* found = expected->find(key);
           return found != nullptr && found->kind != Node::Kind::null;
         });
}

void read_expected(Section& section, Settings& out) {
  // A copy of the section, because the response codes are spelled out in it.
  section.find("expect");
  section.find("expect_degraded");
  Node node = section.node();
  for (Node::Entry& entry : node.entries) {
    if (entry.key != "expect" && entry.key != "expect_degraded") continue;
    for (Node::Entry& expectation : entry.value.entries) {
      if (expectation.key == "rcode") spell_rcodes(expectation.value, section.problems());
    }
  }
  Section spelled(node, "dns", section.problems());
  static_cast<peer::Expectations&>(out) = peer::read_expectations(spelled, subjects);
  const Node* expected = node.find("expect");
  out.may_be_empty = mentions(expected, {"rcode", "answer", "records"});
  if (!mentions(expected, {"rcode"})) {
    out.expect.insert(out.expect.begin(),
                      expect::Expectation(subjects, rcode_subject, {}, false,
                                          expect::TextMatcher::equals("NOERROR")));
  }
  for (const std::string_view key : {"expect", "expect_degraded"}) {
    const Node* either = node.find(key);
    if (mentions(either, {"signatures_valid_for"})) out.query.dnssec_ok = true;
    if (mentions(either, {"records", "authority", "additional"})) out.reads_sections = true;
  }
}

}  // namespace

std::string_view text(Transport transport) {
  constexpr std::array<std::string_view, 3> words{"udp", "tcp", "tls"};
  return words[static_cast<std::size_t>(transport)];
}

std::optional<Settings> parse_settings(const Node& node, Problems& problems) {
  Problems found;
  Section section(node, "dns", found);
  Settings out;
  read_question(section, out);
  read_servers(section, out);
  read_each_server(section, out);
  read_expected(section, out);
  section.finish();
  if (out.query.dnssec_ok && !out.query.edns_size) {
    found.add(node.place, "DNSSEC flags travel in EDNS, which \"edns: none\" switches off");
  }
  for (config::Problem& problem : found.sorted()) {
    problems.add(std::move(problem.place), std::move(problem.message));
  }
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::dns

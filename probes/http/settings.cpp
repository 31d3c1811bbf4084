// SPDX-License-Identifier: Apache-2.0
#include "probes/http/settings.h"

#include <array>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/http/parse_auth.h"
#include "probes/http/parse_request.h"
#include "probes/http/subjects.h"
#include "probes/net/address.h"
#include "probes/peer/read_peer.h"

namespace vedette::http {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr int default_redirects = 10;
constexpr int max_redirects = 50;
constexpr std::int64_t default_body_cap = 1 << 20;
constexpr std::int64_t max_body_cap = 64 << 20;

int read_redirects(Section& section) {
  const Node* node = section.find("redirects");
  if (node == nullptr) return default_redirects;
  if (node->kind == Node::Kind::scalar && node->scalar == "none") return 0;
  Problems unused;
  if (const auto limit = config::read_integer(*node, unused, 0, max_redirects)) {
    return static_cast<int>(*limit);
  }
  section.problems().add(node->place,
                         fmt::format("\"redirects\" must be none or a number up to {}, found {}",
                                     max_redirects, node->describe()));
  return default_redirects;
}

void read_resolve(Section& section, net::HttpOptions& out) {
  const Node* node = section.find("resolve");
  if (node == nullptr) return;
  Section known(*node, "resolve", section.problems());  // for its complaint about other kinds
  for (const Node::Entry& entry : node->entries) {
    const auto text = config::read_text(entry.value, section.problems());
    if (!text) continue;
    const auto address = net::address_literal(*text);
    if (!address) {
      section.problems().add(entry.value.place,
                             fmt::format("{} is no IP address", config::quote(*text)));
      continue;
    }
    out.resolve.emplace(lower_case(entry.key), *address);
  }
}

std::string read_proxy(Section& section) {
  const Node* node = section.find("proxy");
  if (node == nullptr) return {};
  auto url = read_url(*node, "proxy", section.problems());
  if (url && !url->starts_with("http://")) {
    section.problems().add(node->place, "\"proxy\" must be a URL like http://host:port");
  }
  return std::move(url).value_or("");
}

// One set of options for each family that is asked over.
void read_families(Section& section, Settings& out) {
  const auto families = peer::read_families(section);
  out.options.resize(families.size(), out.options.front());
  for (std::size_t i = 0; i < families.size(); ++i) out.options[i].family = families[i];
}

void parse_connection(Section& section, Settings& out) {
  constexpr std::array versions{net::HttpVersion::negotiate, net::HttpVersion::http1,
                                net::HttpVersion::http2};
  net::HttpOptions& options = out.options.emplace_back();
  options.version = versions[section.choice("version", 0, {"any", "1.1", "2"})];
  options.max_redirects = read_redirects(section);
  options.compression = section.boolean("compression", true);
  options.cookies = section.boolean("cookies", true);
  options.reuse_connection = section.boolean("reuse_connection", false);
  options.body_cap =
      static_cast<std::size_t>(section.size("body_cap", default_body_cap, 0, max_body_cap));
  options.proxy = read_proxy(section);
  read_resolve(section, options);
  options.tls = peer::read_tls(section);
  read_families(section, out);
}

void parse_expectations(Section& section, Settings& out) {
  static_cast<peer::Expectations&>(out) = peer::read_expectations(section, subjects);
  const Node* expected = section.find("expect");
  const Node* status = expected == nullptr ? nullptr : expected->find("status");
  if (status == nullptr || status->kind == Node::Kind::null) {
    out.expect.insert(out.expect.begin(), expect::Expectation(subjects, status_subject, {}, false,
                                                              expect::NumberSet({{200, 299}})));
  }
  out.expect.shrink_to_fit();
}

}  // namespace

std::optional<Settings> parse_settings(const Node& node, Problems& problems) {
  Problems found;
  Section section(node, "http", found);
  Settings out;
  parse_connection(section, out);
  parse_request(section, out);
  parse_auth(section, out);
  parse_expectations(section, out);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::http

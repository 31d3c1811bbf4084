// SPDX-License-Identifier: Apache-2.0
#include "probes/http/settings.h"

#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/expect/parse.h"
#include "probes/http/parse_auth.h"
#include "probes/http/parse_request.h"
#include "probes/http/subjects.h"
#include "probes/net/address.h"

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

// Relative to the folder of the configuration file, and readable now: a check whose files are
// missing would fail for ever.
std::string read_file_path(Section& section, std::string_view key) {
  const Node* node = section.find(key);
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return {};
  const auto path = std::filesystem::path(node->place.file.text()).parent_path() / *text;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || !std::ifstream(path)) {
    section.problems().add(node->place,
                           fmt::format("the file {} cannot be read", config::quote(path.string())));
  }
  return path.string();
}

void read_tls(Section& section, net::TlsSettings& out) {
  const Node* node = section.find("tls");
  if (node == nullptr) return;
  Section tls(*node, "tls", section.problems());
  out.verify = tls.boolean("verify", true);
  out.verify_memo = tls.boolean("verify_memo", true);
  out.fast = tls.boolean("fast", true);
  out.server_name = tls.text("server_name", "");
  out.ca_file = read_file_path(tls, "ca_file");
  out.cert_file = read_file_path(tls, "cert_file");
  out.key_file = read_file_path(tls, "key_file");
  tls.finish();
  if (out.cert_file.empty() && !out.key_file.empty()) {
    section.problems().add(node->place, "\"key_file\" needs \"cert_file\"");
  }
  // A PEM file may hold both.
  if (out.key_file.empty()) out.key_file = out.cert_file;
}

void read_families(Section& section, Settings& out) {
  constexpr std::size_t each = 3;
  const std::size_t choice = section.choice("ip", 0, {"any", "4", "6", "each"});
  constexpr std::array families{net::IpFamily::any, net::IpFamily::v4, net::IpFamily::v6,
                                net::IpFamily::v4};
  out.options.front().family = families[choice];
  if (choice != each) return;
  out.options.push_back(out.options.front());
  out.options.back().family = net::IpFamily::v6;
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
  read_tls(section, options.tls);
  read_families(section, out);
}

void parse_expectations(Section& section, Settings& out) {
  const Node* expected = section.find("expect");
  if (expected != nullptr) {
    out.expect = expect::parse(*expected, "expect", subjects, section.problems());
  }
  const Node* status = expected == nullptr ? nullptr : expected->find("status");
  if (status == nullptr || status->kind == Node::Kind::null) {
    out.expect.insert(out.expect.begin(), expect::Expectation(subjects, status_subject, {}, false,
                                                              expect::NumberSet({{200, 299}})));
  }
  if (const Node* degraded = section.find("expect_degraded")) {
    out.expect_degraded = expect::parse(*degraded, "expect_degraded", subjects, section.problems());
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
  for (config::Problem& problem : found.sorted()) {
    problems.add(std::move(problem.place), std::move(problem.message));
  }
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::http

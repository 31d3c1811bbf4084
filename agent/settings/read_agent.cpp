// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_agent.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unistd.h>

#include "agent/settings/words.h"

namespace vedette::settings {
namespace {

using config::Section;

constexpr std::size_t shortest_token = 16;

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "vedette";
  return name.data();
}

bool is_address(int family, std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return ::inet_pton(family, std::string(text).c_str(), ignored.data()) == 1;
}

// 127.0.0.1:9876, [::1]:9876, or :9876 for every address.
bool is_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  const auto host = text.substr(0, colon);
  const auto port = text.substr(colon + 1);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || end != port.data() + port.size()) return false;
  if (host.starts_with('[') && host.ends_with(']'))
    return is_address(AF_INET6, host.substr(1, host.size() - 2));
  return host.empty() || is_address(AF_INET, host);
}

void check_listen(Section& section, const std::string& listen) {
  if (section.find("listen") == nullptr || is_listen_address(listen)) return;
  section.problems().add(
      section.find("listen")->place,
      fmt::format("{} is no address to listen on; write ADDRESS:PORT, like 127.0.0.1:9876, "
                  "[::1]:9876 or :9876",
                  config::quote(listen)));
}

void check_store(Section& section, std::string_view store) {
  constexpr std::string_view sqlite = "sqlite:";
  if (store.starts_with(sqlite) && store.size() > sqlite.size()) return;
  const bool postgres = store.starts_with("postgresql:") || store.starts_with("postgres:");
  // The address of a database may hold a password, so it is not repeated.
  section.problems().add(section.find("store")->place,
                         postgres ? "PostgreSQL is not supported yet; write sqlite:PATH"
                                  : "this is no store; write sqlite:PATH");
}

// Scheme, host and what may follow; the page's links are made by adding to it.
bool is_base_url(std::string_view url) {
  const auto scheme = url.starts_with("https://") ? 8U : url.starts_with("http://") ? 7U : 0U;
  if (scheme == 0 || url.size() == scheme || url[scheme] == '/' || url[scheme] == ':') return false;
  return std::ranges::all_of(
             url, [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>'; }) &&
         !url.contains('?') && !url.contains('#');
}

// Without a slash at its end.
std::string read_base_url(Section& section, std::string_view key, std::string fallback) {
  auto url = section.text(key, std::move(fallback));
  if (section.find(key) != nullptr && !is_base_url(url)) {
    section.problems().add(
        section.find(key)->place,
        fmt::format("{} is no URL of a page; write it like https://status.example.com",
                    config::quote(url)));
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Webhooks read_webhooks(Section& agent) {
  Webhooks webhooks;
  const auto* node = agent.find("webhooks");
  if (node == nullptr) return webhooks;
  Section section(*node, "webhooks", agent.problems());
  webhooks.listen = section.text("listen", "");
  check_listen(section, webhooks.listen);
  webhooks.url = read_base_url(section, "url", "");
  section.finish();
  return webhooks;
}

// What can be sent in a header as it is.
bool is_token(std::string_view value) {
  return value.size() >= shortest_token &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c < 0x7F; });
}

Token read_token(const config::Node& node, Names& names, config::Problems& problems) {
  Section section(node, "a token", problems);
  Token token;
  token.name = read_name(section, "name");
  const auto* value = section.require("value");
  section.finish();
  if (!token.name.empty()) names.add(token.name, node.place, problems);
  const auto secret = value == nullptr ? std::nullopt : config::read_secret(*value, problems);
  if (!secret) return token;
  if (!is_token(secret->reveal())) {
    problems.add(value->place,
                 fmt::format("the value of a token must have at least {} characters, all of them "
                             "visible ASCII",
                             shortest_token));
  }
  token.value = *secret;
  return token;
}

void read_export(Section& section, Export& to) {
  const auto* node = section.find("export");
  if (node == nullptr) return;
  Section inside(*node, "export", section.problems());
  to.directory = inside.required_text("directory");
  to.every = inside.duration("every", to.every, Duration(1'000), std::chrono::hours(24));
  inside.finish();
}

}  // namespace

Agent read_agent(Section& top, std::span<const ProbeType> types) {
  Agent agent;
  agent.name = host_name();
  agent.public_url = "http://" + agent.listen;
  const auto* node = top.find("agent");
  if (node == nullptr) return agent;
  Section section(*node, "agent", top.problems());
  agent.name = read_name(section, "name", agent.name);
  agent.region = read_name(section, "region", agent.region);
  agent.listen = section.text("listen", agent.listen);
  check_listen(section, agent.listen);
  agent.store = section.text("store", agent.store);
  check_store(section, agent.store);
  Names names("token");
  for (const auto& item : items_of(section, "tokens"))
    agent.tokens.push_back(read_token(item, names, top.problems()));
  agent.shards = static_cast<int>(section.integer("shards", agent.shards, 0, 256));
  agent.concurrent_runs =
      static_cast<int>(section.integer("concurrent_runs", agent.concurrent_runs, 1, 100'000));
  agent.public_url = read_base_url(section, "public_url", "http://" + agent.listen);
  agent.webhooks = read_webhooks(section);
  read_export(section, agent.export_to);
  agent.controls = read_controls(section, types);
  section.finish();
  return agent;
}

}  // namespace vedette::settings

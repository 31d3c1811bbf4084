// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/system_servers.h"

#include <algorithm>
#include <fstream>
#include <string>

#include "probes/net/address.h"

namespace vedette::dns {
namespace {

constexpr std::uint16_t port = 53;
constexpr std::size_t max_servers = 3;
constexpr std::size_t max_file = 16 << 10;
constexpr std::string_view blanks = " \t\r";

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

std::vector<peer::Server> parse_resolv_conf(std::string_view text) {
  std::vector<peer::Server> servers;
  while (!text.empty() && servers.size() < max_servers) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (take_word(line) != "nameserver") continue;
    if (auto address = net::address_literal(take_word(line))) {
      servers.push_back({*std::move(address), port});
    }
  }
  if (servers.empty()) servers.push_back({"127.0.0.1", port});
  return servers;
}

std::vector<peer::Server> system_servers() {
  std::ifstream file("/etc/resolv.conf");
  std::string text(max_file, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_resolv_conf(text);
}

}  // namespace vedette::dns

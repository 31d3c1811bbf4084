// SPDX-License-Identifier: Apache-2.0
// A small scripted DNS server (UDP, a thread and loopback port of its own) for a resolver's tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vedette::test {

// What is answered for one name. Families that are not given have no data.
struct DnsAnswer {
  enum class Kind { addresses, nxdomain, servfail, refused, silence, garbage, wrong_id };
  Kind kind = Kind::addresses;
  std::vector<std::string> v4{};
  std::vector<std::string> v6{};
  std::chrono::milliseconds delay{};
};

class ScriptedDnsServer {
 public:
  // Names in lower case without the final dot. A name that is not listed gets `otherwise`.
  explicit ScriptedDnsServer(std::map<std::string, DnsAnswer> answers,
                             DnsAnswer otherwise = {.kind = DnsAnswer::Kind::nxdomain});
  ~ScriptedDnsServer();
  ScriptedDnsServer(const ScriptedDnsServer&) = delete;
  ScriptedDnsServer& operator=(const ScriptedDnsServer&) = delete;

  std::uint16_t port() const;
  // "127.0.0.1:5353", as a resolver's list of servers takes it.
  std::string address() const;
  // "shop.test A", "shop.test AAAA", ... in the order of arrival; from any thread.
  std::vector<std::string> queries() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// One that never answers anything.
inline ScriptedDnsServer silent_dns_server() {
  return ScriptedDnsServer({}, {.kind = DnsAnswer::Kind::silence});
}

}  // namespace vedette::test

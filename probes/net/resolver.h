// SPDX-License-Identifier: Apache-2.0
// Names to addresses through c-ares on the loop: no thread, no polling. /etc/hosts is honoured.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/deadline.h"
#include "probes/net/failure.h"
#include "probes/probe.h"

namespace boost::asio {
class io_context;
}

namespace vedette::net {

enum class IpFamily : std::uint8_t;

// As text (IPv6 without brackets) in the order to try, at least one.
using Addresses = std::expected<std::vector<std::string>, Failure>;

// Of what needs no resolver: an address literal, also "[::1]", and localhost.
std::optional<Addresses> addresses_at_once(std::string_view host, IpFamily family);

class Resolver {
 public:
  virtual ~Resolver() = default;
  // At most max_addresses on success; what addresses_at_once() knows, too. Nothing is cached. Ends
  // by the deadline, with dns_timeout. When the task is cancelled, operation_aborted is thrown.
  virtual Awaitable<Addresses> resolve(std::string host, IpFamily family, Deadline deadline) = 0;

  static constexpr std::size_t max_addresses = 32;
};

// `servers`: "127.0.0.1:5353,[::1]:53"; empty: those of /etc/resolv.conf, whose changes are noticed
// within seconds. Throws std::runtime_error when the list makes no sense or c-ares cannot start.
std::unique_ptr<Resolver> make_resolver(boost::asio::io_context& loop, const std::string& servers);

}  // namespace vedette::net

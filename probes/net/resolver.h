// SPDX-License-Identifier: Apache-2.0
// Names to addresses through c-ares on the loop: no thread, no polling. /etc/hosts is honoured.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "probes/deadline.h"
#include "probes/net/failure.h"
#include "probes/probe.h"

namespace boost::asio {
class io_context;
}

namespace vedette::net {

enum class IpFamily : std::uint8_t;

class Resolver {
 public:
  virtual ~Resolver() = default;
  // Addresses as text (IPv6 without brackets) in the order to try, at least one and at most
  // max_addresses on success. An address literal, also "[::1]", answers at once, and so does
  // localhost. Nothing is cached. Ends by the deadline, with dns_timeout. When the task is
  // cancelled, operation_aborted is thrown.
  virtual Awaitable<std::expected<std::vector<std::string>, Failure>> resolve(
      std::string host, IpFamily family, Deadline deadline) = 0;

  static constexpr std::size_t max_addresses = 32;
};

// `servers`: "127.0.0.1:5353,[::1]:53"; empty: those of /etc/resolv.conf, whose changes are noticed
// within seconds. Throws std::runtime_error when the list makes no sense or c-ares cannot start.
std::unique_ptr<Resolver> make_resolver(boost::asio::io_context& loop, const std::string& servers);

}  // namespace vedette::net

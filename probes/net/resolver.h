// SPDX-License-Identifier: Apache-2.0
// Names to addresses through c-ares on the loop: no thread, no polling. /etc/hosts is honoured.
#pragma once

#include <boost/asio/io_context.hpp>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "probes/deadline.h"
#include "probes/net/failure.h"
#include "probes/probe.h"

namespace vedette::net {

enum class IpFamily : std::uint8_t;

class Resolver {
 public:
  virtual ~Resolver() = default;
  // Addresses as text in the order to try, never empty on success. An address literal answers at once.
  virtual Awaitable<std::expected<std::vector<std::string>, Failure>> resolve(std::string host, IpFamily family,
                                                                              Deadline deadline) = 0;
};

}  // namespace vedette::net

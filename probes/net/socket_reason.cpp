// SPDX-License-Identifier: Apache-2.0
#include "probes/net/socket_reason.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace vedette::net {

Failure connect_failure(int os_error, std::string_view peer) {
  switch (os_error) {
    case ECONNREFUSED:
      return {Reason::connect_refused, fmt::format("connect: {} refused the connection", peer)};
    case ECONNRESET:
    case EPIPE:
      return {Reason::connect_reset, fmt::format("connect: {} reset the connection", peer)};
    case ETIMEDOUT:
      return {Reason::connect_timeout, fmt::format("connect: {} did not answer", peer)};
    case 0:
      return {Reason::connect_unreachable, fmt::format("connect: {} could not be reached", peer)};
    default:
      return {Reason::connect_unreachable,
              fmt::format("connect: {} could not be reached: {}", peer, std::strerror(os_error))};
  }
}

Failure broken_connection(int os_error, std::string_view phase) {
  switch (os_error) {
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED:
      return {Reason::connect_reset, fmt::format("{}: the server reset the connection", phase)};
    case ETIMEDOUT:
      return {Reason::timeout, fmt::format("{}: the server did not answer in time", phase)};
    default:
      return {Reason::connect_reset,
              fmt::format("{}: the connection broke: {}", phase, std::strerror(os_error))};
  }
}

bool worth_another_address(Reason reason) {
  return reason == Reason::connect_refused || reason == Reason::connect_unreachable ||
         reason == Reason::connect_timeout;
}

}  // namespace vedette::net

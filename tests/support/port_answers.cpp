// SPDX-License-Identifier: Apache-2.0
#include "tests/support/port_answers.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace vedette::test {

bool port_answers(std::uint16_t port) {
  boost::asio::io_context loop;
  boost::asio::ip::tcp::socket socket(loop);
  boost::system::error_code error;
  socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
  return !error;
}

}  // namespace vedette::test

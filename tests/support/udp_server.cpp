// SPDX-License-Identifier: Apache-2.0
#include "tests/support/udp_server.h"

#include <array>
#include <atomic>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

namespace vedette::test {

namespace asio = boost::asio;
using asio::ip::udp;

struct UdpServer::Parts {
  Parts(Handler what, const std::string& address, std::uint16_t port)
      : handler(std::move(what)),
        socket(loop, udp::endpoint(asio::ip::make_address(address), port)),
        elsewhere(loop, udp::endpoint(asio::ip::make_address(address), 0)) {
    receive();
    thread = std::thread([this] { loop.run(); });
  }

  ~Parts() {
    loop.stop();
    thread.join();
  }

  void receive() {
    socket.async_receive_from(asio::buffer(buffer), peer,
                              [this](boost::system::error_code error, std::size_t size) {
                                if (error == asio::error::operation_aborted) return;
                                if (!error) answer({buffer.data(), size});
                                receive();
                              });
  }

  void answer(const std::string& bytes) {
    ++received;
    for (const Datagram& datagram : handler(bytes)) {
      boost::system::error_code ignored;
      udp::socket& from = datagram.from_another_port ? elsewhere : socket;
      from.send_to(asio::buffer(datagram.bytes), peer, 0, ignored);
    }
  }

  const Handler handler;
  std::atomic<int> received = 0;
  asio::io_context loop{1};
  udp::socket socket, elsewhere;
  udp::endpoint peer;
  std::array<char, 65536> buffer{};
  std::thread thread;
};

UdpServer::UdpServer(Handler handler, const std::string& address, std::uint16_t port)
    : parts_(std::make_unique<Parts>(std::move(handler), address, port)) {}

UdpServer::~UdpServer() = default;

std::uint16_t UdpServer::port() const {
  return parts_->socket.local_endpoint().port();
}

std::string UdpServer::authority() const {
  const auto address = parts_->socket.local_endpoint().address();
  const std::string text = address.to_string();
  return (address.is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port());
}

int UdpServer::received() const {
  return parts_->received;
}

}  // namespace vedette::test

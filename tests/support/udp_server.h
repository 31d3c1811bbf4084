// SPDX-License-Identifier: Apache-2.0
// A UDP server for misbehaviour, on a thread and loopback port of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vedette::test {

struct Datagram {
  std::string bytes;
  bool from_another_port = false;
};

class UdpServer {
 public:
  // What is sent back for each datagram, in order. Called on the server's thread.
  using Handler = std::function<std::vector<Datagram>(const std::string& received)>;

  // `port` 0: one of the kernel's choice.
  explicit UdpServer(Handler handler, const std::string& address = "127.0.0.1",
                     std::uint16_t port = 0);
  ~UdpServer();
  UdpServer(const UdpServer&) = delete;
  UdpServer& operator=(const UdpServer&) = delete;

  std::uint16_t port() const;
  // "127.0.0.1:5353" or "[::1]:5353".
  std::string authority() const;
  // How many datagrams have come; from any thread.
  int received() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vedette::test

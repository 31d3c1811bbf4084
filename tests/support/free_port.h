// SPDX-License-Identifier: Apache-2.0
// Ports on loopback: listening sockets made beforehand, and ports that refuse or never answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vedette::test {

// A file descriptor with an owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  int release();

 private:
  int fd_;
};

// A listening TCP socket on a port of the kernel's choice. `address` is "127.0.0.1" or "::1".
// Hand it to the server where that is possible: then there is no race at all. Close-on-exec is set.
class Listener {
 public:
  explicit Listener(const std::string& address = "127.0.0.1", int backlog = 128);
  int fd() const { return socket_.get(); }
  std::uint16_t port() const { return port_; }
  // Connecting is refused from now on; the port stays ours.
  void refuse();
  void listen();

 private:
  std::string address_;
  int backlog_;
  Descriptor socket_;
  std::uint16_t port_;
};

// A port that was free a moment ago: somebody else may take it before you do, so be ready to try
// again. Only for programs that can neither listen on port 0 nor take over a listening socket.
std::uint16_t free_port();

// Connecting is refused. The port is held, so that nobody else can listen there meanwhile.
class RefusingPort {
 public:
  explicit RefusingPort(const std::string& address = "127.0.0.1");
  std::uint16_t port() const { return port_; }

 private:
  Descriptor socket_;
  std::uint16_t port_;
};

// Connecting gets no answer at all: the queue of the listener is full, so the kernel drops each
// SYN.
class SilentPort {
 public:
  SilentPort();
  std::uint16_t port() const { return listener_.port(); }

 private:
  Listener listener_;
  std::vector<Descriptor> fillers_;
};

// False when the machine has no ::1; such a test should say so with GTEST_SKIP.
bool has_ipv6_loopback();

}  // namespace vedette::test

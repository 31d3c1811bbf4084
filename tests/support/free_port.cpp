// SPDX-License-Identifier: Apache-2.0
#include "tests/support/free_port.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vedette::test {
namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  sockaddr_in& v4() { return reinterpret_cast<sockaddr_in&>(storage); }
  sockaddr_in6& v6() { return reinterpret_cast<sockaddr_in6&>(storage); }
};

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Address parse(const std::string& text) {
  Address address;
  if (::inet_pton(AF_INET, text.c_str(), &address.v4().sin_addr) == 1) {
    address.storage.ss_family = AF_INET;
    address.size = sizeof(sockaddr_in);
  } else if (::inet_pton(AF_INET6, text.c_str(), &address.v6().sin6_addr) == 1) {
    address.storage.ss_family = AF_INET6;
    address.size = sizeof(sockaddr_in6);
  } else {
    throw std::invalid_argument("not an address: " + text);
  }
  return address;
}

Descriptor bound_socket(const std::string& text) {
  Address address = parse(text);
  Descriptor made(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (made.get() < 0 || ::bind(made.get(), address.get(), address.size) != 0) {
    fail("bind " + text);
  }
  return made;
}

Address local_address(const Descriptor& socket) {
  Address address;
  if (::getsockname(socket.get(), address.get(), &address.size) != 0) {
    fail("getsockname");
  }
  return address;
}

std::uint16_t port_of(const Descriptor& socket) {
  Address address = local_address(socket);
  return ntohs(address.storage.ss_family == AF_INET6 ? address.v6().sin6_port
                                                     : address.v4().sin_port);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    Descriptor old(std::exchange(fd_, other.release()));
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

int Descriptor::release() {
  return std::exchange(fd_, -1);
}

Listener::Listener(const std::string& address, int backlog)
    : socket(bound_socket(address)), port(port_of(socket)) {
  if (::listen(socket.get(), backlog) != 0) {
    fail("listen on " + address);
  }
}

std::uint16_t free_port() {
  return Listener().port;
}

RefusingPort::RefusingPort(const std::string& address)
    : socket(bound_socket(address)), port(port_of(socket)) {}

SilentPort::SilentPort() : listener("127.0.0.1", 0), port(listener.port) {
  // A backlog of 0 lets one connection in; a few more attempts make sure that the queue is full.
  Address target = local_address(listener.socket);
  for (int i = 0; i < 4; ++i) {
    Descriptor filler(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(filler.get(), target.get(), target.size) != 0 && errno != EINPROGRESS) {
      fail("connect to fill the queue");
    }
    fillers.push_back(std::move(filler));
  }
}

bool has_ipv6_loopback() {
  try {
    Listener probe("::1");
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace vedette::test

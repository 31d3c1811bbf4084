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

void set_port(Address& address, std::uint16_t port) {
  if (address.storage.ss_family == AF_INET6) {
    address.v6().sin6_port = htons(port);
  } else {
    address.v4().sin_port = htons(port);
  }
}

void allow_reuse(const Descriptor& socket) {
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
}

// Reuse is allowed only after a port was chosen, or the kernel might choose one that is in use; it
// is needed for taking the same port again while old connections linger.
Descriptor bound_socket(const std::string& text, std::uint16_t port = 0) {
  Address address = parse(text);
  set_port(address, port);
  Descriptor made(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (port != 0) {
    allow_reuse(made);
  }
  if (made.get() < 0 || ::bind(made.get(), address.get(), address.size) != 0) {
    fail("bind " + text);
  }
  allow_reuse(made);
  return made;
}

std::uint16_t port_of(const Descriptor& socket) {
  Address address;
  if (::getsockname(socket.get(), address.get(), &address.size) != 0) {
    fail("getsockname");
  }
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
    : address_(address),
      backlog_(backlog),
      socket_(bound_socket(address)),
      port_(port_of(socket_)) {
  listen();
}

void Listener::refuse() {
  socket_ = Descriptor();
  socket_ = bound_socket(address_, port_);
}

void Listener::listen() {
  if (::listen(socket_.get(), backlog_) != 0) {
    fail("listen on " + address_);
  }
}

std::uint16_t free_port() {
  return Listener().port();
}

RefusingPort::RefusingPort(const std::string& address)
    : socket_(bound_socket(address)), port_(port_of(socket_)) {}

SilentPort::SilentPort() : listener_("127.0.0.1", 0) {
  // A backlog of 0 lets one connection in; a few more attempts make sure that the queue is full.
  Address target = parse("127.0.0.1");
  set_port(target, port());
  for (int i = 0; i < 4; ++i) {
    Descriptor filler(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(filler.get(), target.get(), target.size) != 0 && errno != EINPROGRESS) {
      fail("connect to fill the queue");
    }
    fillers_.push_back(std::move(filler));
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

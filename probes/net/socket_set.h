// SPDX-License-Identifier: Apache-2.0
// Watches sockets that a C library owns. They sit in an epoll set of their own, and the loop waits
// for that set as for one descriptor: no object and no handler per socket, and all that became
// ready is served in one go.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "probes/clock.h"

namespace vedette::net {

// Used on one loop thread. Keeps the loop busy only while it watches something.
class SocketSet {
 public:
  // What a socket is ready for. An error or a hang-up is told as both, so that the library comes
  // across it.
  struct Ready {
    int socket;
    bool readable;
    bool writable;
    Steady::time_point
        seen;  // when the kernel said so; the sockets served before may have taken a while
  };
  // May call watch() and forget(), but not destroy the set. A socket may be told once more after it
  // was forgotten in the same go: libcurl and c-ares ignore sockets they do not know.
  using OnReady = std::function<void(Ready)>;

  // Throws boost::system::system_error when the process is out of descriptors.
  SocketSet(boost::asio::io_context& loop, OnReady on_ready);
  ~SocketSet();
  SocketSet(const SocketSet&) = delete;
  SocketSet& operator=(const SocketSet&) = delete;

  // Level-triggered. Says what is wanted from now on; both false is the same as forget().
  void watch(int socket, bool readable, bool writable);
  // Before the library closes the socket.
  void forget(int socket);

 private:
  void arm();
  void disarm();
  void serve();

  boost::asio::posix::stream_descriptor epoll_;
  OnReady on_ready_;
  std::vector<std::uint32_t> wanted_;  // by socket number; 0: not watched
  std::size_t watched_ = 0;
  std::uint64_t armed_ = 0;  // the number of the wait that counts; 0: none
  std::uint64_t waits_ = 0;
  bool serving_ = false;
  std::shared_ptr<bool> alive_;
};

}  // namespace vedette::net

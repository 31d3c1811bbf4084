// SPDX-License-Identifier: Apache-2.0
// Who is connected, and in which order those came that keep us waiting: so that slow and idle
// clients never keep others out. Private to the server: it knows Beast.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include "config/duration.h"

namespace vedette::web {

struct Client {
  Client(boost::asio::ip::tcp::socket socket, std::size_t header_bytes)
      : stream(std::move(socket)), buffer(header_bytes + 4096) {}

  boost::beast::tcp_stream stream;
  // Bytes that came and were not parsed yet; also of a pipelined next request.
  boost::beast::flat_buffer buffer;
  // The place in Clients' list, while there.
  std::optional<std::list<Client*>::iterator> waiting;
  bool counted = true;  // among the connections that are open
  // What its coroutine waits for when that is not the stream.
  boost::asio::steady_timer* bell = nullptr;
};

class Clients {
 public:
  // One more is open; forget() it before it is destroyed.
  void admit() { ++open_; }
  std::size_t open() const { return open_; }

  // The client's turn begins: it now stands last in the list of those that may be evicted.
  void await(Client& client, Duration limit) {
    our_turn(client);
    if (client.counted) client.waiting = waiting_.insert(waiting_.end(), &client);
    client.stream.expires_after(limit);
  }
  void our_turn(Client& client) {
    if (client.waiting) waiting_.erase(*client.waiting);
    client.waiting.reset();
  }
  void forget(Client& client) {
    our_turn(client);
    if (client.counted) --open_;
    client.counted = false;
  }
  // Closes the one that has kept us waiting longest; false when none waits.
  bool evict_oldest() {
    if (waiting_.empty()) return false;
    Client& oldest = *waiting_.front();
    forget(oldest);
    oldest.stream.close();  // its coroutine wakes up with an error, and ends
    if (oldest.bell != nullptr) oldest.bell->cancel();
    return true;
  }

 private:
  std::list<Client*> waiting_;
  std::size_t open_ = 0;
};

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/stream.h"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "probes/net/address.h"
#include "probes/net/scratch.h"
#include "probes/net/socket_reason.h"
#include "probes/net/timeouts.h"
#include "probes/net/tls_engine.h"
#include "probes/net/tls_layer.h"
#include "probes/net/toolbox.h"

namespace vedette::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_at_once = 4096;  // what Scratch gives without asking the system

Failure closed(std::string_view phase, std::string_view when) {
  return {Reason::protocol_error,
          fmt::format("{}: the server closed the connection {}", phase, when)};
}

Awaitable<IoEnd> send_plain(tcp::socket& socket, asio::const_buffer bytes) {
  const auto [error, written] = co_await asio::async_write(socket, bytes, as_tuple);
  co_return IoEnd{error, written};
}

Awaitable<IoEnd> receive_plain(tcp::socket& socket, asio::mutable_buffer into) {
  const auto [error, read] = co_await socket.async_read_some(into, as_tuple);
  co_return IoEnd{error, read};
}

}  // namespace

struct Stream::Parts {
  explicit Parts(Toolbox& toolbox)
      : net(toolbox), socket(toolbox.loop()), timeout(toolbox.timeouts(), [this] { give_up(); }) {}

  // What runs under the deadline ends with operation_aborted.
  void give_up() {
    late = true;
    error_code ignored;
    socket.cancel(ignored);
  }

  // Before each operation. False: there is no time for it any more.
  bool begin(Deadline deadline) {
    late = deadline.expired();
    timeout.set(deadline.at);
    return !late;
  }

  // After each operation: an end that nobody asked for but the task's own cancellation goes on as
  // an exception.
  void end(error_code error) const {
    if (error == asio::error::operation_aborted && !late) {
      throw boost::system::system_error(error);
    }
  }

  Failure timed_out() const {
    const std::string_view phase = clock.current();
    if (phase == "connect") {
      return {Reason::connect_timeout, fmt::format("connect: {} did not answer in time", peer)};
    }
    if (phase == "tls") {
      return {Reason::tls_timeout, "tls: the handshake was not over in time"};
    }
    return {Reason::timeout, fmt::format("{}: the server did not answer in time", phase)};
  }

  Failure failure_of(error_code error) const {
    if (late) return timed_out();
    if (tls && error.category() != boost::system::system_category())
      return tls->failure(error, clock.current());
    return broken_connection(error.value(), clock.current());
  }

  Awaitable<Expected<void>> connect_to(std::string address, std::uint16_t port, Deadline deadline);
  Awaitable<Expected<std::size_t>> fill(Deadline deadline);
  Awaitable<IoEnd> receive(asio::mutable_buffer into);
  Awaitable<IoEnd> send(asio::const_buffer bytes);
  void send_at_once();
  std::string take(std::size_t count);

  Toolbox& net;
  tcp::socket socket;
  Timeout timeout;
  bool late = false;
  bool again_in_full = false;
  bool sends_at_once = false;
  PhaseClock clock;
  std::string remote_address;
  std::string peer;    // "192.0.2.1 port 443"
  std::string unread;  // received, not yet asked for
  std::optional<TlsFacts> facts;
  std::unique_ptr<TlsLayer> tls;  // gone before the socket
};

Stream::Stream(Toolbox& net) : parts_(std::make_unique<Parts>(net)) {}
Stream::~Stream() = default;

void Stream::enter(std::string_view phase) {
  parts_->clock.enter(phase);
}

Awaitable<Expected<void>> Stream::connect(Endpoint endpoint, Deadline deadline) {
  Parts& my = *parts_;
  enter("resolve");
  auto known = addresses_at_once(endpoint.host, endpoint.family);
  if (!known) {
    known = co_await my.net.resolver().resolve(endpoint.host, endpoint.family, deadline);
  }
  const Addresses& addresses = *known;
  if (!addresses) co_return std::unexpected(addresses.error());
  enter("connect");
  Expected<void> connected;
  for (const std::string& address : *addresses) {
    const bool last = &address == &addresses->back();
    connected =
        co_await my.connect_to(address, endpoint.port, last ? deadline : deadline.halfway());
    if (connected || !worth_another_address(connected.error().reason) || deadline.expired()) break;
  }
  co_return connected;
}

Awaitable<Expected<void>> Stream::Parts::connect_to(std::string address, std::uint16_t port,
                                                    Deadline deadline) {
  remote_address = std::move(address);
  peer = fmt::format("{} port {}", remote_address, port);
  error_code error;
  const auto ip = parse_address(remote_address);
  if (!ip) co_return std::unexpected(connect_failure(0, peer));
  const tcp::endpoint target(*ip, port);
  socket.close(error);
  socket.open(target.protocol(), error);
  if (error) co_return std::unexpected(connect_failure(error.value(), peer));
  if (!begin(deadline)) co_return std::unexpected(timed_out());
  const auto [failed] = co_await socket.async_connect(target, as_tuple);
  end(failed);
  if (late) co_return std::unexpected(timed_out());
  if (failed) co_return std::unexpected(connect_failure(failed.value(), peer));
  co_return Expected<void>{};
}

Awaitable<Expected<void>> Stream::start_tls(const TlsSettings& settings, std::string host,
                                            Deadline deadline) {
  Parts& my = *parts_;
  if (!my.unread.empty()) {
    co_return std::unexpected(Failure{
        Reason::protocol_error,
        fmt::format("{}: the server sent more behind its go-ahead for TLS", my.clock.current())});
  }
  enter("tls");
  if (!my.begin(deadline)) co_return std::unexpected(my.timed_out());
  my.send_at_once();
  my.tls = std::make_unique<TlsLayer>(my.socket, my.net.tls(), settings, host);
  const IoEnd done = co_await my.tls->handshake();
  my.facts = my.tls->facts();
  my.end(done.error);
  if (my.late) co_return std::unexpected(my.timed_out());
  if (!done.error) co_return Expected<void>{};
  my.again_in_full = my.tls->wants_full_context();
  co_return std::unexpected(my.tls->failure(done.error, "tls"));
}

bool Stream::wants_full_context() const {
  return parts_->again_in_full;
}

// Dialogues are short lines each way: none shall wait for the other side's acknowledgement. A check
// of a port sends nothing, and is spared the call.
void Stream::Parts::send_at_once() {
  if (std::exchange(sends_at_once, true)) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
}

Awaitable<IoEnd> Stream::Parts::send(asio::const_buffer bytes) {
  send_at_once();
  return tls ? tls->write(bytes) : send_plain(socket, bytes);
}

Awaitable<IoEnd> Stream::Parts::receive(asio::mutable_buffer into) {
  return tls ? tls->read_some(into) : receive_plain(socket, into);
}

Awaitable<Expected<void>> Stream::write(std::string bytes, Deadline deadline) {
  Parts& my = *parts_;
  if (!my.begin(deadline)) co_return std::unexpected(my.timed_out());
  const IoEnd sent = co_await my.send(asio::buffer(bytes));
  my.end(sent.error);
  if (sent.error) co_return std::unexpected(my.failure_of(sent.error));
  co_return Expected<void>{};
}

// Receives what there is. Zero: the server has closed the connection.
Awaitable<Expected<std::size_t>> Stream::Parts::fill(Deadline deadline) {
  if (!begin(deadline)) co_return std::unexpected(timed_out());
  const Scratch::Buffer buffer = net.scratch().buffer(read_at_once);
  const IoEnd got = co_await receive(asio::buffer(buffer.get(), read_at_once));
  unread.append(buffer.get(), got.bytes);
  end(got.error);
  if (got.error && got.error != asio::error::eof) co_return std::unexpected(failure_of(got.error));
  co_return got.bytes;
}

std::string Stream::Parts::take(std::size_t count) {
  std::string taken = unread.substr(0, count);
  unread.erase(0, count);
  return taken;
}

Awaitable<Expected<std::string>> Stream::read_some(std::size_t most, Deadline deadline) {
  Parts& my = *parts_;
  if (my.unread.empty()) {
    const auto got = co_await my.fill(deadline);
    if (!got) co_return std::unexpected(got.error());
  }
  co_return my.take(most);
}

Awaitable<Expected<std::string>> Stream::read_line(std::size_t most, Deadline deadline) {
  Parts& my = *parts_;
  std::size_t looked_at = 0;
  for (;;) {
    const std::size_t end = my.unread.find('\n', looked_at);
    if (std::min(end, my.unread.size()) > most) {
      co_return std::unexpected(
          Failure{Reason::protocol_error,
                  fmt::format("{}: a line of the answer does not end", my.clock.current())});
    }
    if (end != std::string::npos) {
      std::string line = my.take(end + 1);
      line.resize(end > 0 && line[end - 1] == '\r' ? end - 1 : end);
      co_return line;
    }
    looked_at = my.unread.size();
    const auto got = co_await my.fill(deadline);
    if (!got) co_return std::unexpected(got.error());
    if (*got == 0) {
      const bool amid = !my.unread.empty();
      co_return std::unexpected(
          closed(my.clock.current(), amid ? "in the middle of a line" : "without an answer"));
    }
  }
}

Awaitable<Expected<std::string>> Stream::read_exactly(std::size_t count, Deadline deadline) {
  Parts& my = *parts_;
  while (my.unread.size() < count) {
    const auto got = co_await my.fill(deadline);
    if (!got) co_return std::unexpected(got.error());
    if (*got == 0) {
      co_return std::unexpected(closed(my.clock.current(), "in the middle of its answer"));
    }
  }
  co_return my.take(count);
}

bool Stream::has_unread() const {
  return !parts_->unread.empty();
}

void Stream::close() {
  error_code ignored;
  parts_->socket.close(ignored);
  parts_->timeout.clear();
  parts_->clock.stop();
}

const PhaseClock& Stream::phases() const {
  return parts_->clock;
}
const std::string& Stream::remote_address() const {
  return parts_->remote_address;
}
const std::optional<TlsFacts>& Stream::tls() const {
  return parts_->facts;
}

}  // namespace vedette::net

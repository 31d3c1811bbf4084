// SPDX-License-Identifier: Apache-2.0
// The only file that knows Beast. Each wait for a client has a deadline, and each waiting client
// stands in one list, the one that has kept us waiting longest in front.
#include "agent/web/server.h"

#include <array>
#include <list>
#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "agent/web/listen_address.h"
#include "agent/web/wire.h"
#include "probes/task_group.h"

namespace vedette::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::string_view without_authority(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const auto path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

Request to_request(Parser::value_type message) {
  Request request;
  request.method = std::string_view(message.method_string());
  const auto target = without_authority(message.target());
  const auto question = target.find('?');
  request.path = decode_path(target.substr(0, question));
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  for (const auto& field : message) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = std::move(message.body());
  return request;
}

struct Connection {
  explicit Connection(tcp::socket socket, const Limits& limits)
      : stream(std::move(socket)), buffer(limits.header_bytes + 4096) {}
  beast::tcp_stream stream;
  // Bytes that came and were not parsed yet; also of a pipelined next request.
  beast::flat_buffer buffer;
  // The place in Impl::waiting, while there.
  std::optional<std::list<Connection*>::iterator> waiting;
  bool counted = true;  // in Impl::open
};

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
  Impl(asio::io_context& loop, Handler with, Limits bounds)
      : acceptor(loop),
        handler(std::move(with)),
        limits(bounds),
        tasks(loop.get_executor(), [](std::exception_ptr error) { log_escape(error); }) {}

  static void log_escape(const std::exception_ptr& error) noexcept {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
      spdlog::error("web: a connection ended with an exception: {}", thrown.what());
    } catch (...) {
      spdlog::error("web: a connection ended with an unknown exception");
    }
  }

  std::expected<void, std::string> bind(const std::string& text);
  Awaitable<void> accept_all(std::shared_ptr<Impl> self);
  void admit(tcp::socket socket);
  Awaitable<void> serve(std::shared_ptr<Impl> self, tcp::socket socket);
  Awaitable<bool> serve_one(Connection& connection, bool first);
  Awaitable<ErrorCode> await_first_bytes(Connection& connection, bool first);
  Awaitable<ErrorCode> read_request(Connection& connection, Parser& parser);
  Awaitable<bool> refuse(Connection& connection, ErrorCode error);
  Awaitable<Response> answer(const Request& request);
  Awaitable<bool> send(Connection& connection, const Response& response, Manner manner);
  Awaitable<ErrorCode> send_stream(Connection& connection, const Response& response,
                                   const Manner& manner);
  template <class Buffers>
  Awaitable<ErrorCode> write(Connection& connection, const Buffers& buffers);
  Awaitable<void> linger(Connection& connection);

  // The client's turn begins: it now stands last in the list of those that may be evicted.
  void await_client(Connection& connection, Duration limit) {
    our_turn(connection);
    if (connection.counted) connection.waiting = waiting.insert(waiting.end(), &connection);
    connection.stream.expires_after(limit);
  }
  void our_turn(Connection& connection) {
    if (connection.waiting) waiting.erase(*connection.waiting);
    connection.waiting.reset();
  }
  void forget(Connection& connection) {
    our_turn(connection);
    if (connection.counted) --open;
    connection.counted = false;
  }
  bool evict_oldest() {
    if (waiting.empty()) return false;
    Connection& oldest = *waiting.front();
    forget(oldest);
    oldest.stream.close();  // its coroutine wakes up with an error, and ends
    return true;
  }

  tcp::acceptor acceptor;
  Handler handler;
  Limits limits;
  TaskGroup tasks;
  std::list<Connection*> waiting;
  std::size_t open = 0;
  bool stopping = false;
};

std::expected<void, std::string> Server::Impl::bind(const std::string& text) {
  const auto wanted = parse_listen_address(text);
  if (!wanted)
    return std::unexpected(fmt::format("'{}' is not IP:PORT, [IPv6]:PORT or :PORT", text));
  ErrorCode error;
  const auto host = wanted->host == "localhost" ? "127.0.0.1" : wanted->host;
  const auto ip = host.empty() ? asio::ip::address(asio::ip::address_v6::any())
                               : asio::ip::make_address(host, error);
  if (error) return std::unexpected(fmt::format("'{}' is not an IP address", wanted->host));
  const tcp::endpoint endpoint(ip, wanted->port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && host.empty()) acceptor.set_option(asio::ip::v6_only(false), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return std::unexpected(fmt::format("cannot listen on {}: {}", text, error.message()));
  return {};
}

Awaitable<void> Server::Impl::accept_all(std::shared_ptr<Impl> self) {
  asio::steady_timer pause(acceptor.get_executor());
  while (!self->stopping) {
    auto [error, socket] = co_await acceptor.async_accept(as_result);
    if (stopping) co_return;
    if (!error) {
      admit(std::move(socket));
      continue;
    }
    // Out of descriptors, most likely: make room, and do not spin.
    evict_oldest();
    pause.expires_after(std::chrono::milliseconds(20));
    co_await pause.async_wait(as_result);
  }
}

void Server::Impl::admit(tcp::socket socket) {
  // Where every client waits for us rather than we for it, the new one is dropped.
  if (open >= limits.connections && !evict_oldest()) return;
  ++open;
  tasks.spawn(serve(shared_from_this(), std::move(socket)));
}

Awaitable<void> Server::Impl::serve(std::shared_ptr<Impl> self, tcp::socket socket) {
  Connection connection(std::move(socket), self->limits);
  // Also when this frame is destroyed in a wait, which happens when the loop dies first.
  struct Leave {
    Impl& server;
    Connection& connection;
    ~Leave() { server.forget(connection); }
  } leave{*self, connection};
  ErrorCode ignored;
  connection.stream.socket().set_option(tcp::no_delay(true), ignored);
  bool open_on = co_await serve_one(connection, true);
  while (open_on && connection.counted) open_on = co_await serve_one(connection, false);
}

// True when the connection is good for another request.
Awaitable<bool> Server::Impl::serve_one(Connection& connection, bool first) {
  if (connection.buffer.size() == 0) {
    const auto silent = co_await await_first_bytes(connection, first);
    if (silent) co_return false;
  }
  Parser parser;
  const auto error = co_await read_request(connection, parser);
  our_turn(connection);
  if (error) co_return co_await refuse(connection, error);

  const Manner manner{.head = parser.get().method() == http::verb::head,
                      .keep_alive = parser.keep_alive(),
                      .chunked = parser.get().version() >= 11};
  const Request request = to_request(parser.release());
  const Response answered = co_await answer(request);
  if (stopping) co_return false;
  const Response response = conditional(request, answered);
  co_return co_await send(connection, response, manner);
}

Awaitable<ErrorCode> Server::Impl::await_first_bytes(Connection& connection, bool first) {
  await_client(connection, first ? limits.read_time : limits.idle_time);
  auto [error, bytes] =
      co_await connection.stream.async_read_some(connection.buffer.prepare(2048), as_result);
  connection.buffer.commit(bytes);
  co_return error;
}

Awaitable<ErrorCode> Server::Impl::read_request(Connection& connection, Parser& parser) {
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser.body_limit(limits.body_bytes);
  await_client(connection, limits.read_time);
  auto [error, bytes] =
      co_await http::async_read_header(connection.stream, connection.buffer, parser, as_result);
  if (error || parser.is_done()) co_return error;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto failed = co_await write(connection, asio::buffer(go_on));
    if (failed) co_return failed;
  }
  await_client(connection, limits.read_time);
  auto [body_error, more] =
      co_await http::async_read(connection.stream, connection.buffer, parser, as_result);
  co_return body_error;
}

// Says what was wrong with a request where the client can still hear it, and ends the connection.
Awaitable<bool> Server::Impl::refuse(Connection& connection, ErrorCode error) {
  int status = 400;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    status = 431;
  } else if (error == http::error::body_limit) {
    status = 413;
  } else if (error == http::error::end_of_stream || error == http::error::partial_message ||
             error.category() != make_error_code(http::error::bad_method).category()) {
    // It went away, or is too slow: Beast has closed the socket on a timeout.
    co_return false;
  }
  const Manner manner{.head = false, .keep_alive = false, .chunked = false};
  const Response response = text_response(status, std::string(status_words(status)));
  co_await send(connection, response, manner);
  co_await linger(connection);
  co_return false;
}

Awaitable<Response> Server::Impl::answer(const Request& request) {
  if (request.path.empty()) co_return text_response(400, "the path is malformed");
  std::string problem;
  try {
    co_return co_await handler(request);
  } catch (const std::exception& thrown) {
    problem = thrown.what();
  }
  if (!stopping) spdlog::error("web: {} {}: {}", request.method, request.path, problem);
  co_return text_response(500, "internal error");
}

Awaitable<bool> Server::Impl::send(Connection& connection, const Response& response,
                                   Manner manner) {
  if (response.stream && !manner.chunked) manner.keep_alive = false;
  const std::string head = render_head(response, manner);
  const bool body_follows =
      response.body && !response.stream && !manner.head && !has_no_body(response.status);
  const std::array<asio::const_buffer, 2> parts{
      asio::buffer(head), body_follows ? asio::buffer(*response.body) : asio::const_buffer()};
  auto error = co_await write(connection, parts);
  if (!error && response.stream && !manner.head) {
    error = co_await send_stream(connection, response, manner);
  }
  co_return !error && manner.keep_alive;
}

Awaitable<ErrorCode> Server::Impl::send_stream(Connection& connection, const Response& response,
                                               const Manner& manner) {
  std::string piece;
  for (bool more = true; more;) {
    piece.clear();
    more = response.stream(piece);
    const Chunk chunk = manner.chunked ? frame(piece.size(), !more) : Chunk{};
    const std::array<asio::const_buffer, 3> parts{asio::buffer(chunk.before), asio::buffer(piece),
                                                  asio::buffer(chunk.after)};
    const auto error = co_await write(connection, parts);
    if (error) co_return error;
  }
  co_return ErrorCode{};
}

template <class Buffers>
Awaitable<ErrorCode> Server::Impl::write(Connection& connection, const Buffers& buffers) {
  await_client(connection, limits.write_time);
  auto [error, bytes] = co_await asio::async_write(connection.stream, buffers, as_result);
  our_turn(connection);
  co_return error;
}

// Reads on for a moment before the connection is closed: a close with unread bytes would reset the
// connection, and the client would lose the answer that it is being sent.
Awaitable<void> Server::Impl::linger(Connection& connection) {
  ErrorCode error;
  connection.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 4096> dropped;
  await_client(connection, std::chrono::seconds(1));
  for (std::size_t left = 256 * 1024; !error && left > 0;) {
    auto [failed, bytes] =
        co_await connection.stream.async_read_some(asio::buffer(dropped), as_result);
    error = failed;
    left -= std::min(left, bytes);
  }
}

std::expected<std::unique_ptr<Server>, std::string> Server::listen(asio::io_context& loop,
                                                                   const std::string& address,
                                                                   Handler handler, Limits limits) {
  auto impl = std::make_shared<Impl>(loop, std::move(handler), limits);
  if (auto bound = impl->bind(address); !bound) return std::unexpected(bound.error());
  impl->tasks.spawn(impl->accept_all(impl));
  return std::make_unique<Server>(std::move(impl));
}

Server::Server(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  impl_->stopping = true;
  impl_->tasks.cancel();
}

std::uint16_t Server::port() const {
  ErrorCode error;
  return impl_->acceptor.local_endpoint(error).port();
}

std::string Server::address() const {
  ErrorCode error;
  const auto endpoint = impl_->acceptor.local_endpoint(error);
  const auto host = endpoint.address().to_string();
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), host,
                     endpoint.port());
}

std::size_t Server::connections() const {
  return impl_->open;
}

Awaitable<void> Server::stop() {
  const auto impl = impl_;
  impl->stopping = true;
  co_await impl->tasks.stop();
  ErrorCode ignored;
  impl->acceptor.close(ignored);
}

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scripted_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tests/support/http_text.h"
#include "tests/support/script_steps.h"

namespace vedette::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

// What the server tells its test; shared between the two threads.
struct Record {
  std::atomic<int> connections = 0;
  std::atomic<int> open = 0;
  std::mutex mutex;
  std::vector<std::string> requests;

  void add(std::string request) {
    const std::lock_guard lock(mutex);
    requests.push_back(std::move(request));
  }
};

// One connection. Every step returns false when the peer is gone, which ends the script.
class Connection {
 public:
  Connection(tcp::socket socket, Script script, Record& record)
      : socket_(std::move(socket)), script_(std::move(script)), record_(record) {
    boost::system::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    ++record_.connections;
    ++record_.open;
  }
  ~Connection() { --record_.open; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> play() {
    for (const Script::Step& step : script_.steps()) {
      if (!co_await std::visit([this](const auto& what) { return run(what); }, step.what)) {
        co_return;
      }
    }
    co_await close();
  }

 private:
  asio::awaitable<bool> run(const script::Handshake& step) {
    context_ = step.context;
    tls_.emplace(socket_, *context_);
    const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, with_error);
    secure_ = !error;
    co_return secure_;
  }

  asio::awaitable<bool> run(const script::ReadRequest&) {
    const std::optional<std::string> request = co_await read_request();
    co_return request.has_value();
  }

  asio::awaitable<bool> run(const script::ReadLine&) {
    std::size_t end = 0;
    while ((end = received_.find('\n')) == std::string::npos) {
      if (!co_await read_more()) {
        co_return false;
      }
    }
    std::string line = received_.substr(0, end);
    received_.erase(0, end + 1);
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    record_.add(std::move(line));
    co_return true;
  }

  asio::awaitable<bool> run(const script::Send& step) { return write(step.bytes); }

  asio::awaitable<bool> run(const script::Drip& step) {
    for (const char byte : step.bytes) {
      if (!co_await write(std::string(1, byte))) {
        co_return false;
      }
      co_await pause(step.pause);
    }
    co_return true;
  }

  asio::awaitable<bool> run(const script::Repeat& step) {
    for (std::size_t sent = 0; sent < step.limit; sent += step.bytes.size()) {
      if (!co_await write(step.bytes)) {
        co_return false;
      }
    }
    co_return true;
  }

  asio::awaitable<bool> run(const script::Wait& step) {
    co_await pause(step.pause);
    co_return true;
  }

  // Reads below TLS: the peer's bytes are of no interest, only its going away is.
  asio::awaitable<bool> run(const script::Stall&) {
    std::array<char, 4096> rest{};
    for (;;) {
      const auto [error, count] = co_await socket_.async_read_some(asio::buffer(rest), with_error);
      if (error) {
        co_return false;
      }
    }
  }

  asio::awaitable<bool> run(const script::Serve& step) {
    while (const std::optional<std::string> request = co_await read_request()) {
      const std::string answer = step.handler(*request);
      if (!co_await write(answer)) {
        co_return false;
      }
      if (header_value(answer, "Connection") == "close") {
        co_return true;
      }
    }
    co_return false;
  }

  asio::awaitable<bool> run(const script::HangUp&) {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    co_return co_await run(script::Stall{});
  }

  asio::awaitable<bool> run(const script::Reset&) {
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
    co_return false;
  }

  asio::awaitable<bool> write(const std::string& bytes) {
    boost::system::error_code failed;
    if (secure_) {
      std::tie(failed, std::ignore) =
          co_await asio::async_write(*tls_, asio::buffer(bytes), with_error);
    } else {
      std::tie(failed, std::ignore) =
          co_await asio::async_write(socket_, asio::buffer(bytes), with_error);
    }
    co_return !failed;
  }

  asio::awaitable<bool> read_more() {
    std::array<char, 16384> piece{};
    boost::system::error_code failed;
    std::size_t count = 0;
    if (secure_) {
      std::tie(failed, count) = co_await tls_->async_read_some(asio::buffer(piece), with_error);
    } else {
      std::tie(failed, count) = co_await socket_.async_read_some(asio::buffer(piece), with_error);
    }
    received_.append(piece.data(), count);
    co_return !failed;
  }

  asio::awaitable<std::optional<std::string>> read_request() {
    std::optional<std::size_t> size;
    while (!(size = complete_request(received_))) {
      if (!co_await read_more()) {
        co_return std::nullopt;
      }
    }
    std::string request = received_.substr(0, *size);
    received_.erase(0, *size);
    record_.add(request);
    co_return request;
  }

  asio::awaitable<void> pause(milliseconds time) {
    asio::steady_timer timer(socket_.get_executor(), time);
    co_await timer.async_wait(with_error);
  }

  // Says goodbye, and then reads what the peer still sends: closing with unread bytes would be a
  // reset.
  asio::awaitable<bool> close() {
    if (secure_) {
      co_await tls_->async_shutdown(with_error);
    }
    co_return co_await run(script::HangUp{});
  }

  tcp::socket socket_;
  Script script_;
  Record& record_;
  std::string received_;
  std::shared_ptr<asio::ssl::context> context_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;
  bool secure_ = false;
};

asio::awaitable<void> play(tcp::socket socket, Script script, Record& record) {
  Connection connection(std::move(socket), std::move(script), record);
  co_await connection.play();
}

}  // namespace

struct ScriptedServer::Parts {
  Parts(std::vector<Script> given, const tcp::endpoint& at)
      : scripts(std::move(given)), acceptor(loop, at) {}

  ~Parts() {
    loop.stop();
    thread.join();
  }

  void start() {
    asio::co_spawn(loop, accept(), [](std::exception_ptr) {});
    thread = std::thread([this] { loop.run(); });
  }

  asio::awaitable<void> accept() {
    for (std::size_t next = 0;; next = std::min(next + 1, scripts.size() - 1)) {
      auto [error, socket] = co_await acceptor.async_accept(with_error);
      if (error) {
        co_return;
      }
      // A handler that throws ends its connection; the test sees that.
      asio::co_spawn(loop, play(std::move(socket), scripts[next], record),
                     [](std::exception_ptr) {});
    }
  }

  Record record;
  std::vector<Script> scripts;
  asio::io_context loop{1};  // after what its coroutines refer to
  tcp::acceptor acceptor;
  const tcp::endpoint endpoint = acceptor.local_endpoint();
  std::thread thread;
};

ScriptedServer::ScriptedServer(Script script, const std::string& address, std::uint16_t port)
    : ScriptedServer(std::vector<Script>{std::move(script)}, address, port) {}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, const std::string& address,
                               std::uint16_t port)
    : parts_(std::make_unique<Parts>(std::move(scripts),
                                     tcp::endpoint(asio::ip::make_address(address), port))) {
  parts_->start();
}

ScriptedServer::~ScriptedServer() = default;

std::uint16_t ScriptedServer::port() const {
  return parts_->endpoint.port();
}

std::string ScriptedServer::authority() const {
  const tcp::endpoint& end = parts_->endpoint;
  const std::string host = end.address().to_string();
  return (end.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(end.port());
}

std::string ScriptedServer::url(const std::string& path) const {
  return "http://" + authority() + path;
}

std::string ScriptedServer::https(const std::string& path) const {
  return "https://" + authority() + path;
}

int ScriptedServer::connections() const {
  return parts_->record.connections;
}

int ScriptedServer::open_connections() const {
  return parts_->record.open;
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(parts_->record.mutex);
  return parts_->record.requests;
}

}  // namespace vedette::test

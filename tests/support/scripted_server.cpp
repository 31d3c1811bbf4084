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
#include <variant>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tests/support/http_text.h"

namespace vedette::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

struct Handshake {
  std::shared_ptr<asio::ssl::context> context;
};
struct ReadRequest {};
struct Send {
  std::string bytes;
};
struct Drip {
  std::string bytes;
  milliseconds pause;
};
struct Repeat {
  std::string bytes;
  std::size_t limit;
};
struct Wait {
  milliseconds pause;
};
struct Stall {};
struct Serve {
  Handler handler;
};
struct HangUp {};
struct Reset {};

constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

std::shared_ptr<asio::ssl::context> make_context(const Identity& identity,
                                                 const std::string& client_root_pem) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  context->use_certificate_chain(asio::buffer(identity.chain_pem));
  context->use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
  if (!client_root_pem.empty()) {
    context->add_certificate_authority(asio::buffer(client_root_pem));
    context->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
  }
  return context;
}

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

}  // namespace

struct Script::Step {
  std::variant<Handshake, ReadRequest, Send, Drip, Repeat, Wait, Stall, Serve, HangUp, Reset> what;
};

namespace {

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
  asio::awaitable<bool> run(const Handshake& step) {
    context_ = step.context;
    tls_.emplace(socket_, *context_);
    const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, with_error);
    secure_ = !error;
    co_return secure_;
  }

  asio::awaitable<bool> run(const ReadRequest&) {
    const std::optional<std::string> request = co_await read_request();
    co_return request.has_value();
  }

  asio::awaitable<bool> run(const Send& step) { return write(step.bytes); }

  asio::awaitable<bool> run(const Drip& step) {
    for (const char byte : step.bytes) {
      if (!co_await write(std::string(1, byte))) {
        co_return false;
      }
      co_await pause(step.pause);
    }
    co_return true;
  }

  asio::awaitable<bool> run(const Repeat& step) {
    for (std::size_t sent = 0; sent < step.limit; sent += step.bytes.size()) {
      if (!co_await write(step.bytes)) {
        co_return false;
      }
    }
    co_return true;
  }

  asio::awaitable<bool> run(const Wait& step) {
    co_await pause(step.pause);
    co_return true;
  }

  // Reads below TLS: the peer's bytes are of no interest, only its going away is.
  asio::awaitable<bool> run(const Stall&) {
    std::array<char, 4096> rest{};
    for (;;) {
      const auto [error, count] = co_await socket_.async_read_some(asio::buffer(rest), with_error);
      if (error) {
        co_return false;
      }
    }
  }

  asio::awaitable<bool> run(const Serve& step) {
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

  asio::awaitable<bool> run(const HangUp&) {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    co_return co_await run(Stall{});
  }

  asio::awaitable<bool> run(const Reset&) {
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
    co_return co_await run(HangUp{});
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

Script::Script() : steps_(std::make_unique<std::vector<Step>>()) {}
Script::~Script() = default;
Script::Script(const Script& other) : steps_(std::make_unique<std::vector<Step>>(*other.steps_)) {}
Script& Script::operator=(const Script& other) {
  *steps_ = *other.steps_;
  return *this;
}

Script& Script::add(Step step) {
  steps_->push_back(std::move(step));
  return *this;
}

Script& Script::handshake(const Identity& identity, const std::string& client_root_pem) {
  return add({Handshake{make_context(identity, client_root_pem)}});
}
Script& Script::read_request() {
  return add({ReadRequest{}});
}
Script& Script::send(std::string bytes) {
  return add({Send{std::move(bytes)}});
}
Script& Script::drip(std::string bytes, milliseconds pause) {
  return add({Drip{std::move(bytes), pause}});
}
Script& Script::repeat(std::string bytes, std::size_t limit) {
  return add({Repeat{std::move(bytes), limit}});
}
Script& Script::wait(milliseconds pause) {
  return add({Wait{pause}});
}
Script& Script::stall() {
  return add({Stall{}});
}
Script& Script::serve(Handler handler) {
  return add({Serve{std::move(handler)}});
}
Script& Script::hang_up() {
  return add({HangUp{}});
}
Script& Script::reset() {
  return add({Reset{}});
}

Script http_script(Handler handler) {
  return Script().serve(std::move(handler));
}

Script https_script(const Identity& identity, Handler handler) {
  return Script().handshake(identity).serve(std::move(handler));
}

}  // namespace vedette::test

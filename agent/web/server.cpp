// SPDX-License-Identifier: Apache-2.0
#include "agent/web/server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "agent/web/conversation.h"
#include "agent/web/listen_address.h"
#include "probes/task_group.h"

namespace vedette::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

void log_escape(const std::exception_ptr& error) noexcept {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& thrown) {
    spdlog::error("web: a connection ended with an exception: {}", thrown.what());
  } catch (...) {
    spdlog::error("web: a connection ended with an unknown exception");
  }
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
  Impl(asio::io_context& loop, Handler with, Limits bounds)
      : house{std::move(with), bounds, {}},
        acceptor(loop),
        tasks(loop.get_executor(), [](std::exception_ptr error) { log_escape(error); }) {}

  std::expected<void, std::string> bind(const std::string& text);
  Awaitable<void> accept_all(std::shared_ptr<Impl> self);
  void admit(tcp::socket socket);
  Awaitable<void> serve(std::shared_ptr<Impl> self, tcp::socket socket);

  House house;
  tcp::acceptor acceptor;
  TaskGroup tasks;
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
  while (!self->house.stopping) {
    auto [error, socket] = co_await acceptor.async_accept(as_result);
    if (house.stopping) co_return;
    if (!error) {
      admit(std::move(socket));
      continue;
    }
    // Out of descriptors, most likely: make room, and do not spin.
    house.clients.evict_oldest();
    pause.expires_after(std::chrono::milliseconds(20));
    co_await pause.async_wait(as_result);
  }
}

void Server::Impl::admit(tcp::socket socket) {
  // Where every client waits for us rather than we for it, the new one is dropped.
  if (house.clients.open() >= house.limits.connections && !house.clients.evict_oldest()) return;
  house.clients.admit();
  tasks.spawn(serve(shared_from_this(), std::move(socket)));
}

Awaitable<void> Server::Impl::serve(std::shared_ptr<Impl> self, tcp::socket socket) {
  Client client(std::move(socket), self->house.limits.header_bytes);
  // Also when this frame is destroyed in a wait, which happens when the loop dies first.
  struct Leave {
    Clients& clients;
    Client& client;
    ~Leave() { clients.forget(client); }
  } leave{self->house.clients, client};
  Conversation conversation(self->house, client);
  co_await conversation.run();
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
  impl_->house.stopping = true;
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
  return impl_->house.clients.open();
}

Awaitable<void> Server::stop() {
  const auto impl = impl_;
  impl->house.stopping = true;
  co_await impl->tasks.stop();
  ErrorCode ignored;
  impl->acceptor.close(ignored);
}

}  // namespace vedette::web

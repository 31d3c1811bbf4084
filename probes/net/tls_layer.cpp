// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_layer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "probes/net/socket_reason.h"
#include "probes/net/tls_connection.h"

namespace vedette::net {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);

bool is_closing(boost::system::error_code error) {
  return error == asio::error::eof || error == ssl::error::stream_truncated;
}

}  // namespace

struct TlsLayer::Session {
  using Stream = ssl::stream<asio::ip::tcp::socket&>;

  Session(TlsEngine& engine, const TlsSettings& settings, std::string_view host)
      : connection(engine.shared(), settings, host, TlsConnection::Sni::by_us) {
    TlsShared& shared = engine.shared();
    const TlsContext library = connection.context();
    context = shared.contexts().take(library, shared.library(library), !settings.cert_file.empty());
  }

  bool prepare(asio::ip::tcp::socket& socket) {
    if (context == nullptr || !connection.configure(*context)) return false;
    if (!connection.settings().verify) SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    SSL* made = SSL_new(context.get());
    if (made == nullptr) return false;
    stream.emplace(socket, made);
    return true;
  }

  SslContexts::Lent context;  // goes last: then nothing refers to it any more
  TlsConnection connection;
  std::optional<Stream> stream;  // owns the SSL; empty when the handshake cannot begin
  bool settled = false;          // what came of it was told to the engine
};

TlsLayer::TlsLayer(asio::ip::tcp::socket& socket, TlsEngine& engine, const TlsSettings& settings,
                   std::string_view host)
    : session_(std::make_unique<Session>(engine, settings, host)) {
  session_->prepare(socket);
}

// What was given up in its middle did not go well either.
TlsLayer::~TlsLayer() {
  if (!session_->settled) session_->connection.finish(false);
}

Awaitable<IoEnd> TlsLayer::handshake() {
  if (!session_->stream) co_return IoEnd{asio::error::make_error_code(asio::error::no_recovery)};
  const auto [error] =
      co_await session_->stream->async_handshake(ssl::stream_base::client, as_tuple);
  if (!error) {
    session_->connection.finish(true);
    session_->settled = true;
  }
  co_return IoEnd{error};
}

Failure TlsLayer::failure(boost::system::error_code error, std::string_view phase) const {
  if (auto known = session_->connection.failure()) return *std::move(known);
  if (error.category() == boost::system::system_category()) {
    return broken_connection(error.value(), phase);
  }
  const Handshake* handshake = session_->connection.handshake();
  if (handshake != nullptr && handshake->done()) {
    return {Reason::connect_reset,
            fmt::format("{}: the TLS session broke: {}", phase, error.message())};
  }
  return handshake_failure(is_closing(error) ? "unexpected eof" : error.message());
}

bool TlsLayer::wants_full_context() {
  session_->settled = session_->connection.wants_full_context();
  return session_->settled;
}

std::optional<TlsFacts> TlsLayer::facts() const {
  return session_->connection.facts();
}

Awaitable<IoEnd> TlsLayer::read_some(asio::mutable_buffer into) {
  const auto [error, bytes] = co_await session_->stream->async_read_some(into, as_tuple);
  co_return IoEnd{is_closing(error) ? asio::error::make_error_code(asio::error::eof) : error,
                  bytes};
}

Awaitable<IoEnd> TlsLayer::write(asio::const_buffer bytes) {
  const auto [error, written] = co_await asio::async_write(*session_->stream, bytes, as_tuple);
  co_return IoEnd{error, written};
}

}  // namespace vedette::net

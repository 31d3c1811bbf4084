// SPDX-License-Identifier: Apache-2.0
#include "agent/web/conversation.h"

#include <algorithm>
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

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

}  // namespace

Awaitable<void> Conversation::run() {
  ErrorCode ignored;
  client_.stream.socket().set_option(tcp::no_delay(true), ignored);
  bool open_on = co_await serve_one(true);
  while (open_on && client_.counted) open_on = co_await serve_one(false);
}

// True when the connection is good for another request.
Awaitable<bool> Conversation::serve_one(bool first) {
  if (client_.buffer.size() == 0) {
    const auto silent = co_await await_first_bytes(first);
    if (silent) co_return false;
  }
  Parser parser;
  const auto error = co_await read_request(parser);
  our_turn();
  if (error) co_return co_await refuse(error);

  const Manner manner{.head = parser.get().method() == http::verb::head,
                      .keep_alive = parser.keep_alive(),
                      .chunked = parser.get().version() >= 11};
  const Request request = to_request(parser.release());
  const Response answered = co_await answer(request);
  if (house_.stopping || answered.hang_up) co_return false;
  const Response response = fitted(request, answered);
  co_return co_await send(response, manner);
}

Awaitable<ErrorCode> Conversation::await_first_bytes(bool first) {
  await_client(first ? house_.limits.read_time : house_.limits.idle_time);
  auto [error, bytes] =
      co_await client_.stream.async_read_some(client_.buffer.prepare(2048), as_result);
  client_.buffer.commit(bytes);
  co_return error;
}

Awaitable<ErrorCode> Conversation::read_request(Parser& parser) {
  parser.header_limit(static_cast<std::uint32_t>(house_.limits.header_bytes));
  parser.body_limit(house_.limits.body_bytes);
  await_client(house_.limits.read_time);
  auto [error, bytes] =
      co_await http::async_read_header(client_.stream, client_.buffer, parser, as_result);
  if (error || parser.is_done()) co_return error;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto failed = co_await write(asio::buffer(go_on));
    if (failed) co_return failed;
  }
  await_client(house_.limits.read_time);
  auto [body_error, more] =
      co_await http::async_read(client_.stream, client_.buffer, parser, as_result);
  co_return body_error;
}

// Says what was wrong with a request where the client can still hear it, and ends the connection.
Awaitable<bool> Conversation::refuse(ErrorCode error) {
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
  co_await send(response, manner);
  co_await linger();
  co_return false;
}

Awaitable<Response> Conversation::answer(const Request& request) {
  if (request.path.empty()) co_return text_response(400, "the path is malformed");
  std::string problem;
  try {
    co_return co_await house_.handler(request);
  } catch (const std::exception& thrown) {
    problem = thrown.what();
  }
  if (!house_.stopping) spdlog::error("web: {} {}: {}", request.method, request.path, problem);
  co_return text_response(500, "internal error");
}

Awaitable<bool> Conversation::send(const Response& response, Manner manner) {
  if ((response.stream || response.topic) && !manner.chunked) manner.keep_alive = false;
  const std::string head = render_head(response, manner);
  const bool body_follows = response.body && !response.stream && !response.topic && !manner.head &&
                            !has_no_body(response.status);
  const std::array<asio::const_buffer, 2> parts{
      asio::buffer(head), body_follows ? asio::buffer(*response.body) : asio::const_buffer()};
  auto error = co_await write(parts);
  if (!error && response.stream && !manner.head) {
    error = co_await send_stream(response, manner);
  }
  if (!error && response.topic && !manner.head) {
    error = co_await send_news(*response.topic, manner);
  }
  co_return !error && manner.keep_alive;
}

Awaitable<ErrorCode> Conversation::send_stream(const Response& response, const Manner& manner) {
  std::string piece;
  for (bool more = true; more;) {
    piece.clear();
    more = response.stream(piece);
    const auto error = co_await write_piece(piece, !more, manner);
    if (error) co_return error;
  }
  co_return ErrorCode{};
}

Awaitable<ErrorCode> Conversation::write_piece(std::string_view piece, bool last,
                                               const Manner& manner) {
  const Chunk chunk = manner.chunked ? frame(piece.size(), last) : Chunk{};
  const std::array<asio::const_buffer, 3> parts{asio::buffer(chunk.before), asio::buffer(piece),
                                                asio::buffer(chunk.after)};
  co_return co_await write(parts);
}

// Until the client is gone, which a sign of life now and then finds out, or makes room for another.
Awaitable<ErrorCode> Conversation::send_news(Topic& topic, const Manner& manner) {
  Topic::Listener listener(topic, client_.stream.get_executor());
  client_.bell = &listener.bell();
  struct Silence {
    Client& client;
    ~Silence() { client.bell = nullptr; }
  } silence{client_};
  std::uint64_t told = 0;
  ErrorCode error;
  while (!error && !house_.stopping && client_.counted) {
    const bool news = told != topic.version();
    told = topic.version();
    const std::string piece =
        news ? fmt::format("event: changed\ndata: {}\n\n", told) : ": nothing new\n\n";
    error = co_await write_piece(piece, false, manner);
    if (error || told != topic.version()) continue;
    listener.bell().expires_after(house_.limits.sign_of_life);
    await_client(house_.limits.idle_time);
    co_await listener.bell().async_wait(as_result);
    our_turn();
  }
  co_return error ? error : asio::error::operation_aborted;
}

template <class Buffers>
Awaitable<ErrorCode> Conversation::write(const Buffers& buffers) {
  await_client(house_.limits.write_time);
  auto [error, bytes] = co_await asio::async_write(client_.stream, buffers, as_result);
  our_turn();
  co_return error;
}

// Reads on for a moment before the connection is closed: a close with unread bytes would reset the
// connection, and the client would lose the answer that it is being sent.
Awaitable<void> Conversation::linger() {
  ErrorCode error;
  client_.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 4096> dropped;
  await_client(std::chrono::seconds(1));
  for (std::size_t left = 256 * 1024; !error && left > 0;) {
    auto [failed, bytes] =
        co_await client_.stream.async_read_some(asio::buffer(dropped), as_result);
    error = failed;
    left -= std::min(left, bytes);
  }
}

}  // namespace vedette::web

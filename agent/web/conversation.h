// SPDX-License-Identifier: Apache-2.0
// One connection: its requests read, answered by the handler, and the answers sent. Each wait for
// the client has a deadline. Private to the server: it knows Beast.
#pragma once

#include <string>
#include <string_view>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "agent/web/clients.h"
#include "agent/web/message.h"
#include "agent/web/server.h"
#include "agent/web/topic.h"
#include "agent/web/wire.h"

namespace vedette::web {

// What all conversations of a server share; outlives them.
struct House {
  Handler handler;
  Limits limits;
  Clients clients;
  bool stopping = false;
};

class Conversation {
 public:
  Conversation(House& house, Client& client) : house_(house), client_(client) {}

  // Until the client or a limit ends it, or the house stops.
  Awaitable<void> run();

 private:
  using ErrorCode = boost::system::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  Awaitable<bool> serve_one(bool first);
  Awaitable<ErrorCode> await_first_bytes(bool first);
  Awaitable<ErrorCode> read_request(Parser& parser);
  Awaitable<bool> refuse(ErrorCode error);
  Awaitable<Response> answer(const Request& request);
  Awaitable<bool> send(const Response& response, Manner manner);
  Awaitable<ErrorCode> send_stream(const Response& response, const Manner& manner);
  Awaitable<ErrorCode> send_news(Topic& topic, const Manner& manner);
  Awaitable<ErrorCode> write_piece(std::string_view piece, bool last, const Manner& manner);
  template <class Buffers>
  Awaitable<ErrorCode> write(const Buffers& buffers);
  Awaitable<void> linger();
  void await_client(Duration limit) { house_.clients.await(client_, limit); }
  void our_turn() { house_.clients.our_turn(client_); }

  House& house_;
  Client& client_;
};

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
// A request and its response, as handlers see them: plain data, free of any HTTP library.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace vedette::web {

template <class T>
using Awaitable = boost::asio::awaitable<T>;

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;  // "GET"; methods are upper case on the wire
  std::string path;    // percent-decoded, begins with "/"; without the query
  std::string query;   // as sent, without the "?"
  std::vector<Header> headers;
  std::string body;
  std::map<std::string, std::string>
      parameters;  // filled by the router: {"id", "abc..."} for /incidents/{id}

  // The value of the first header of that name, in any case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

// A body that is made while it is sent: appends the next piece; false when that was the last one.
using Stream = std::function<bool(std::string& out)>;

class Topic;

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<Header> headers;
  std::shared_ptr<const std::string> body;  // shared, so that a cached page is sent without a copy
  Stream stream;                            // instead of a body
  Topic* topic = nullptr;  // instead of a body: its news, for as long as the client listens
  std::shared_ptr<const std::string> gzipped;  // the body, for clients that like it smaller
  std::string etag;                            // quoted, as on the wire; empty: none
  bool hang_up = false;                        // closes the connection instead of sending anything
};

// Runs on the server's loop, and must not block it. What it throws becomes a 500.
using Handler = std::function<Awaitable<Response>(const Request&)>;
// The usual kind: answers at once, from memory.
using DirectHandler = std::function<Response(const Request&)>;
Handler direct(DirectHandler handler);

// One line of text, ending in a line end.
Response text_response(int status, std::string text);
// "Not Found" for 404.
std::string_view status_words(int status);

// `/a%20b` -> `/a b`. Empty when the text is malformed or holds a NUL.
std::string decode_path(std::string_view encoded);
// The fields of an application/x-www-form-urlencoded body; the last one of a name counts; malformed
// ones are left out.
std::map<std::string, std::string> parse_form(std::string_view body);

// The response as it goes out for this request: compressed where there is such a body and the
// client takes it, under a tag of its own; 304 without a body when the client has this version
// already.
Response fitted(const Request& request, Response response);

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
// The bytes of an HTTP/1.1 answer around its body.
#pragma once

#include <string>
#include <string_view>

#include "agent/web/message.h"

namespace vedette::web {

// What of an answer depends on how the client asked.
struct Manner {
  bool head = false;  // a HEAD: headers only
  bool keep_alive = false;
  bool chunked = true;  // HTTP/1.1; an older client gets a stream until the connection ends
};

// 204 and 304 have neither a body nor its headers.
bool has_no_body(int status);

// Status line and headers, with the empty line at the end. A header with a line end in it is left
// out.
std::string render_head(const Response& response, const Manner& manner);

// What stands before and after a piece of a chunked body (RFC 9112 section 7.1). A chunk of no
// bytes would end it.
struct Chunk {
  std::string before;
  std::string_view after;
};

// `last`: the body ends with this piece.
Chunk frame(std::size_t bytes, bool last);

}  // namespace vedette::web

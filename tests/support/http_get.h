// SPDX-License-Identifier: Apache-2.0
// One blocking HTTP request, for tests that look at a server from outside.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "tests/support/free_port.h"

namespace vedette::test {

struct HttpAnswer {
  int status = 0;  // 0: no answer within the limit, or the connection failed
  std::string head;
  std::string body;
};

// Sends one request to 127.0.0.1:port with "Connection: close" and reads to the end.
// `extra_head` is lines that end in CRLF.
HttpAnswer http_request(std::uint16_t port, const std::string& method, const std::string& path,
                        const std::string& extra_head = {}, const std::string& body = {});

inline HttpAnswer http_get(std::uint16_t port, const std::string& path) {
  return http_request(port, "GET", path);
}

// A connection that has sent only the beginning of a request, and stays so.
Descriptor half_a_request(std::uint16_t port);

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Just enough HTTP/1.1 text for a scripted peer: taking requests apart, putting answers together.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::test {

// How many bytes the first request in `received` takes, once all of it is there: the head, and as
// many bytes as Content-Length says. Chunked bodies are not understood.
std::optional<std::size_t> complete_request(std::string_view received);

// "POST /path HTTP/1.1".
std::string request_line(std::string_view message);
// Of the first header of that name (in any case); empty when there is none. Answers are taken too.
std::string header_value(std::string_view message, std::string_view name);
std::string message_body(std::string_view message);

// "HTTP/1.1 STATUS", Content-Length, `headers` (whole lines, each ending in \r\n), the body.
std::string http_answer(std::string_view status, std::string_view body,
                        std::string_view headers = {});

}  // namespace vedette::test

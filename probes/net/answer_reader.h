// SPDX-License-Identifier: Apache-2.0
// Takes an answer as libcurl hands it over, line by line and piece by piece, and keeps a bounded
// part of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "probes/deadline.h"
#include "probes/net/http_client.h"

namespace vedette::net {

class AnswerReader {
 public:
  // All header lines of a transfer together, those of interim answers (1xx) and trailers too.
  static constexpr std::size_t max_header_bytes = 256 * 1024;
  static constexpr std::size_t max_headers = 1000;
  // From here on, a body that is more than a hundred times what came over the wire is a bomb.
  static constexpr std::size_t bomb_bytes = 32 << 20;
  static constexpr std::size_t bomb_ratio = 100;

  // Why the reader wants no more.
  enum class Stop : std::uint8_t { none, headers, bomb, deadline };

  AnswerReader(std::size_t body_cap, Deadline deadline) : cap_(body_cap), deadline_(deadline) {}

  // One line as received, with its line end. False: stop the transfer, stopped() says why.
  bool header_line(std::string_view line);
  // A piece of the decoded body; `wire_bytes` is asked for what has been transferred so far.
  template <class WireBytes>
  bool body(std::string_view piece, WireBytes&& wire_bytes) {
    keep(piece);
    if (body_bytes_ > bomb_bytes && body_bytes_ / bomb_ratio > wire_bytes()) {
      stopped_ = Stop::bomb;
    } else if (deadline_.expired()) {
      stopped_ = Stop::deadline;
    }
    return stopped_ == Stop::none;
  }

  Stop stopped() const { return stopped_; }
  // False when the answer ended in the middle of its headers, which libcurl takes for its end.
  bool head_complete() const { return !in_headers_; }
  std::size_t body_bytes() const { return body_bytes_; }
  // Of the last answer; interim ones are forgotten, trailers are not taken for headers.
  Headers take_headers() { return std::move(headers_); }
  std::string take_body() { return std::move(body_); }

 private:
  void keep(std::string_view piece);
  void start_answer();
  void add_header(std::string_view line);

  std::size_t cap_;
  Deadline deadline_;
  Stop stopped_ = Stop::none;
  bool in_headers_ = false;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  Headers headers_;
  std::string body_;
};

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/http/dialogue.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/http/sensitive.h"

namespace vedette::http {
namespace {

constexpr std::size_t body_shown = 1024;

// Lines with a mark before each: ">" what we said, "<" what came back, "*" what we say about it.
class Writer {
 public:
  explicit Writer(const Mask& mask) : mask_(mask) {}

  void line(char mark, std::string_view text) {
    const std::string masked = mask_.apply(text.substr(0, Transcript::max_bytes));
    transcript_.add(fmt::format("{} {}", mark, masked));
  }

  void headers(char mark, const net::Headers& headers) {
    for (const auto& [name, value] : headers) {
      line(mark, fmt::format("{}: {}", name, is_sensitive(name) ? "***" : value));
    }
  }

  void body(const std::string& body) {
    const std::string masked = mask_.apply(std::string_view(body).substr(0, body_shown));
    for (std::size_t begin = 0; begin < masked.size();) {
      const std::size_t end = std::min(masked.find('\n', begin), masked.size());
      transcript_.add(std::string_view(masked).substr(begin, end - begin));
      begin = end + 1;
    }
    if (body.size() > body_shown) {
      line('*', fmt::format("{} more bytes of the body", body.size() - body_shown));
    }
  }

  Transcript finish() && { return std::move(transcript_); }

 private:
  const Mask& mask_;
  Transcript transcript_;
};

}  // namespace

Transcript dialogue(const net::HttpRequest& request, const net::HttpExchange& exchange,
                    const Mask& mask) {
  Writer writer(mask);
  writer.line('>', fmt::format("{} {}", request.method, request.url));
  writer.headers('>', request.headers);
  if (request.has_body) writer.line('>', fmt::format("({} bytes of body)", request.body.size()));
  if (exchange.redirects > 0) {
    writer.line('*',
                fmt::format("redirected {} times, to {}", exchange.redirects, exchange.final_url));
  }
  if (exchange.status != 0) {
    writer.line('<', fmt::format("HTTP/{} {}", exchange.version, exchange.status));
    writer.headers('<', exchange.headers);
    writer.body(exchange.body);
  }
  if (exchange.failure) writer.line('*', exchange.failure->message);
  return std::move(writer).finish();
}

}  // namespace vedette::http

// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/operator_client.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include "config/file.h"
#include "probes/net/toolbox.h"

namespace vedette::cli {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t longest_token = 4096;
constexpr auto within = std::chrono::seconds(10);

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string url_of(const Server& server) {
  std::string url = server.url.empty() ? from_environment("VEDETTE_SERVER") : server.url;
  if (url.empty()) url = "http://127.0.0.1:9876";
  while (url.ends_with('/')) url.pop_back();
  return url.contains("://") ? url : "http://" + url;
}

std::expected<std::string, std::string> token_of(const Server& server) {
  if (server.token_file.empty()) {
    auto token = from_environment("VEDETTE_TOKEN");
    if (!token.empty()) return token;
    return std::unexpected(
        "a token is needed: name a file with --token-file, or set VEDETTE_TOKEN");
  }
  auto token = config::read_file(server.token_file, longest_token);
  if (!token) return std::unexpected(fmt::format("{} {}", server.token_file, token.error()));
  while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
  return *std::move(token);
}

asio::awaitable<void> exchange(net::HttpClient& client, net::HttpRequest request,
                               const net::HttpOptions& options,
                               std::optional<net::HttpExchange>& answer) {
  answer = co_await client.exchange(std::move(request), options, Deadline::in(within));
}

net::HttpExchange send(net::HttpRequest request) {
  asio::io_context loop;
  net::Toolbox net(loop, {});
  const net::HttpOptions options{.body_cap = 16 << 20};
  std::optional<net::HttpExchange> answer;
  asio::co_spawn(loop, exchange(net.http(), std::move(request), options, answer),
                 [](std::exception_ptr escaped) {
                   if (escaped) std::rethrow_exception(escaped);
                 });
  while (!answer && loop.run_one() > 0) {
  }
  return std::move(*answer);
}

Answered understood(const net::HttpExchange& answer, const std::string& url) {
  if (answer.failure)
    return std::unexpected(fmt::format("no agent answers at {}: {}", url, answer.failure->message));
  boost::system::error_code error;
  auto value = json::parse(answer.body, error);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) {
    return std::unexpected(
        fmt::format("{} answered {}, but nothing that an agent says", url, answer.status));
  }
  if (answer.status < 300) return value;
  const auto* told = object->if_contains("error");
  return std::unexpected(told != nullptr && told->is_string()
                             ? std::string(told->as_string())
                             : fmt::format("{} answered {}", url, answer.status));
}

}  // namespace

Answered call(const Server& server, const std::string& method, const std::string& path,
              const json::value& body) {
  const auto token = token_of(server);
  if (!token) return std::unexpected(token.error());
  net::HttpRequest request;
  request.method = method.empty() ? "GET" : method;
  request.url = url_of(server) + path;
  request.headers.push_back({"Authorization", "Bearer " + *token});
  if (!body.is_null()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = json::serialize(body);
    request.has_body = true;
  }
  return understood(send(std::move(request)), url_of(server));
}

}  // namespace vedette::cli

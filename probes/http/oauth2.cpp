// SPDX-License-Identifier: Apache-2.0
#include "probes/http/oauth2.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/expect/quote.h"
#include "probes/http/token_answer.h"

namespace vedette::http {
namespace {

using std::chrono::seconds;

constexpr std::size_t max_said = 200;  // of what the server says about an error
constexpr seconds lifetime_when_not_told{300};
constexpr seconds max_margin{30};

}  // namespace

OAuth2::OAuth2(std::shared_ptr<const OAuth2Settings> settings, Mask mask)
    : settings_(std::move(settings)), mask_(std::move(mask)) {}

std::shared_ptr<const Token> OAuth2::kept() const {
  return token_ != nullptr && Steady::now() < token_->good_until ? token_ : nullptr;
}

Awaitable<std::expected<std::shared_ptr<const Token>, net::Failure>> OAuth2::fetch(
    net::HttpClient& client, Deadline deadline) {
  const net::HttpExchange exchange =
      co_await client.exchange(settings_->request, settings_->options, deadline);
  co_return keep(exchange);
}

void OAuth2::forget(const std::shared_ptr<const Token>& token) {
  if (token_ == token) token_ = nullptr;
}

std::expected<std::shared_ptr<const Token>, net::Failure> OAuth2::keep(
    const net::HttpExchange& exchange) {
  const auto failed = [&](std::string_view why) {
    return std::unexpected(net::Failure{
        Reason::auth_failed,
        fmt::format("no access token could be had: {}", expect::excerpt(why, mask_, max_said))});
  };
  if (exchange.failure) return failed(exchange.failure->message);
  auto answer = parse_token_answer(exchange.status, exchange.body);
  if (!answer) return failed(answer.error());

  const seconds lifetime = answer->expires_in.value_or(lifetime_when_not_told);
  const seconds margin = std::min(max_margin, lifetime / 10);
  auto token = std::make_shared<Token>();
  token->authorization = "Bearer " + answer->access_token;
  token->mask = mask_;
  token->mask.add_with_encodings(answer->access_token);
  token->good_until = Steady::now() + lifetime - margin;
  token_ = token;
  return token;
}

}  // namespace vedette::http

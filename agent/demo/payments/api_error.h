// SPDX-License-Identifier: Apache-2.0
// What the payment API answers instead of what was asked for, with the codes that known gateways
// use.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "agent/web/message.h"

namespace vedette::demo {

struct ApiError {
  int status = 400;
  std::string type = "invalid_request_error";
  std::string code{};
  std::string message{};
  std::string param{};           // the parameter at fault; empty: none
  std::string decline_code{};    // why a card was declined; empty: it was not
  boost::json::object intent{};  // the payment as it is now, where that helps; empty: not told
};

template <class T>
using Api = std::expected<T, ApiError>;

inline std::unexpected<ApiError> refuse(ApiError error) {
  return std::unexpected(std::move(error));
}

ApiError missing_parameter(std::string_view name);
ApiError unknown_parameter(std::string_view name);
// `why`: "Invalid integer: 1.5".
ApiError invalid_integer(std::string_view name, std::string why);
ApiError invalid_value(std::string_view name, std::string why);
// `kind`: "payment_intent".
ApiError no_such(std::string_view kind, std::string_view id, std::string_view param);
ApiError unexpected_state(std::string message);
// 402. `decline_code` may be empty.
ApiError card_error(std::string code, std::string message, std::string decline_code);
// 500: nothing was done.
ApiError gateway_failure();

// {"type","code","message","param","decline_code","payment_intent"}, without what is empty.
boost::json::object to_json(const ApiError& error);
web::Response error_answer(const ApiError& error);

}  // namespace vedette::demo

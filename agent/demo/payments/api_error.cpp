// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/api_error.h"

#include <fmt/format.h>

#include "agent/demo/kit/json_answer.h"
#include "probes/encoding.h"

namespace vedette::demo {

ApiError missing_parameter(std::string_view name) {
  return {.code = "parameter_missing",
          .message = fmt::format("Missing required param: {}.", name),
          .param = std::string(name)};
}

ApiError unknown_parameter(std::string_view name) {
  return {.code = "parameter_unknown",
          .message = fmt::format("Received unknown parameter: {}", name),
          .param = std::string(name)};
}

ApiError invalid_integer(std::string_view name, std::string why) {
  return {
      .code = "parameter_invalid_integer", .message = std::move(why), .param = std::string(name)};
}

ApiError invalid_value(std::string_view name, std::string why) {
  return {.code = "parameter_invalid_value", .message = std::move(why), .param = std::string(name)};
}

ApiError no_such(std::string_view kind, std::string_view id, std::string_view param) {
  return {.status = 404,
          .code = "resource_missing",
          .message = fmt::format("No such {}: '{}'", kind, id),
          .param = std::string(param)};
}

ApiError unexpected_state(std::string message) {
  return {.code = "payment_intent_unexpected_state", .message = std::move(message)};
}

ApiError card_error(std::string code, std::string message, std::string decline_code) {
  return {.status = 402,
          .type = "card_error",
          .code = std::move(code),
          .message = std::move(message),
          .decline_code = std::move(decline_code)};
}

ApiError gateway_failure() {
  return {.status = 500,
          .type = "api_error",
          .code = "api_error",
          .message = "An unexpected error occurred in the gateway. Nothing was done."};
}

boost::json::object to_json(const ApiError& error) {
  boost::json::object object{{"type", error.type}};
  // They may quote what a client sent.
  const auto add = [&object](std::string_view name, const std::string& text) {
    if (!text.empty()) object[name] = shorten(printable(text), 300);
  };
  add("code", error.code);
  add("message", error.message);
  add("param", error.param);
  add("decline_code", error.decline_code);
  if (!error.intent.empty()) object["payment_intent"] = error.intent;
  return object;
}

web::Response error_answer(const ApiError& error) {
  return json_answer(error.status, {{"error", to_json(error)}});
}

}  // namespace vedette::demo

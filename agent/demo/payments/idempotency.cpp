// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/idempotency.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::demo {
namespace {

// The same parameters in another order are the same request.
std::string fingerprint_of(const web::Request& request) {
  std::string text = request.path;
  for (const auto& [name, value] : web::parse_form(request.body)) {
    text += '&' + form_encode(name) + '=' + form_encode(value);
  }
  return net::digest(net::Hash::sha256, text);
}

ApiError idempotency_error(std::string message) {
  return {.type = "idempotency_error", .message = std::move(message)};
}

}  // namespace

Api<std::optional<web::Response>> Idempotency::replay(const std::string& key,
                                                      const web::Request& request) {
  if (key.size() > longest_key) {
    return refuse(
        idempotency_error(fmt::format("An idempotency key has at most {} bytes.", longest_key)));
  }
  const auto* answered = answers_.find(key);
  if (answered == nullptr) return std::nullopt;
  if (answered->fingerprint != fingerprint_of(request)) {
    ++conflicts_;
    return refuse(idempotency_error(fmt::format(
        "Keys for idempotent requests can only be used with the endpoint and the parameters that "
        "they were first used with. Try using a key other than '{}' if you meant to execute a "
        "different request.",
        key)));
  }
  ++replays_;
  auto again = answered->response;
  again.headers.push_back({replayed_header, "true"});
  return again;
}

void Idempotency::keep(const std::string& key, const web::Request& request,
                       const web::Response& answer) {
  answers_.put(key, {fingerprint_of(request), answer});
}

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
#include "agent/web/bearer.h"

#include <algorithm>

#include "probes/ascii.h"

namespace vedette::web {
namespace {

// The token in "Bearer TOKEN"; empty when there is none. The scheme is case-insensitive.
std::string_view bearer_token(const Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const auto header = request.header("Authorization");
  if (!same_without_case(header.substr(0, scheme.size()), scheme)) return {};
  const auto token = header.substr(scheme.size());
  return token.substr(std::min(token.find_first_not_of(' '), token.size()));
}

// Looks at every byte of `given` whatever it finds, so that the time tells nothing of the secret
// but its being there.
bool same(std::string_view given, const std::string& secret) {
  if (secret.empty()) return false;
  volatile unsigned difference = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference =
        difference | static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^
                                           static_cast<unsigned char>(secret[i % secret.size()]));
  }
  return difference == 0;
}

Response unauthorized(std::string challenge, std::string text) {
  auto response = text_response(401, std::move(text));
  response.headers.push_back({"WWW-Authenticate", std::move(challenge)});
  return response;
}

}  // namespace

std::optional<std::string> name_of_bearer(const Request& request,
                                          const std::vector<Token>& tokens) {
  const auto given = bearer_token(request);
  std::optional<std::string> name;
  for (const auto& token : tokens) {
    if (same(given, token.value.reveal()) && !name) name = token.name;
  }
  return name;
}

std::optional<Response> refusal(const Request& request, const std::vector<Token>& tokens) {
  if (tokens.empty()) return text_response(403, "no token is configured, so nobody may do this");
  if (bearer_token(request).empty()) return unauthorized("Bearer", "a bearer token is needed");
  if (name_of_bearer(request, tokens)) return std::nullopt;
  return unauthorized("Bearer error=\"invalid_token\"", "this token is not known");
}

}  // namespace vedette::web

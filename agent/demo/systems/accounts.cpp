// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/systems/accounts.h"

#include "agent/demo/kit/form_values.h"
#include "agent/demo/kit/json_answer.h"

namespace vedette::demo {
namespace {

using web::Request;
using web::Response;

// What /api/login gave: as a bearer token, or in the cookie that a browser sends.
std::string session_of(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.header("Authorization");
  if (header.starts_with(scheme)) return std::string(header.substr(scheme.size()));
  const auto cookie = request.header("Cookie");
  const auto begin = cookie.find("session=");
  if (begin == std::string_view::npos) return {};
  const auto value = cookie.substr(begin + std::string_view("session=").size());
  return std::string(value.substr(0, value.find(';')));
}

Response no_user() {
  return json_refusal(404, "user_unknown", "There is no such user.");
}

}  // namespace

std::vector<web::Route> Accounts::routes() {
  const auto open = [this](Response (Accounts::*act)(const Request&)) {
    return web::direct([this, act](const Request& request) { return (this->*act)(request); });
  };
  const auto signed_in = [this](Response (Accounts::*act)(const Request&)) {
    return web::direct([this, act](const Request& request) {
      if (is_signed_in(request)) return (this->*act)(request);
      return json_refusal(401, "not_signed_in",
                          "Send the token, or the cookie, that /api/login gives.");
    });
  };
  return {
      {"POST", "/api/login", open(&Accounts::sign_in)},
      {"GET", "/api/licences", signed_in(&Accounts::show_licences)},
      {"POST", "/api/users", signed_in(&Accounts::add_user)},
      {"GET", "/api/users/{id}", signed_in(&Accounts::show_user)},
      {"DELETE", "/api/users/{id}", signed_in(&Accounts::delete_user)},
  };
}

Response Accounts::sign_in(const Request& request) {
  if (switches_.is("login", Mode::flaky) && dice_.one_in(4)) {
    return json_refusal(500, "sign_in_failed", "Signing in failed. Try again later.");
  }
  auto form = web::parse_form(request.body);
  if (form["user"] != user || form["password"] != password) {
    return json_refusal(401, "credentials_wrong", "User or password is wrong.");
  }
  auto token = dice_.id("session");
  sessions_.put(token, true);
  auto answer = json_answer(200, {{"token", token}});
  answer.headers.push_back({"Set-Cookie", "session=" + token + "; Path=/; HttpOnly"});
  return to_page_or(request, "/", std::move(answer));
}

Response Accounts::show_licences(const Request&) {
  const auto left = licences_left();
  return json_answer(200, {{"total", licences}, {"used", licences - left}, {"left", left}});
}

Response Accounts::add_user(const Request& request) {
  auto name = web::parse_form(request.body)["name"];
  if (!is_short_text(name)) {
    return json_refusal(400, "name_invalid", "A user has a name of at most 200 bytes.");
  }
  if (licences_left() == 0) {
    return json_refusal(403, "licence_limit_reached",
                        "The maximum number of user licences is reached.");
  }
  const auto added = users_.emplace(dice_.id("usr"), std::move(name)).first;
  return json_answer(201, {{"id", added->first}, {"name", added->second}});
}

Response Accounts::show_user(const Request& request) {
  const auto found = users_.find(request.parameters.at("id"));
  if (found == users_.end()) return no_user();
  return json_answer(200, {{"id", found->first}, {"name", found->second}});
}

Response Accounts::delete_user(const Request& request) {
  const auto& id = request.parameters.at("id");
  if (users_.erase(id) == 0) return no_user();
  return json_answer(200, {{"id", id}, {"deleted", true}});
}

bool Accounts::is_signed_in(const Request& request) {
  return sessions_.find(session_of(request)) != nullptr;
}

std::size_t Accounts::licences_left() const {
  return switches_.is("licences", Mode::exhausted) ? 0 : licences - staff - users_.size();
}

}  // namespace vedette::demo

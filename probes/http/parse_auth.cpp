// SPDX-License-Identifier: Apache-2.0
#include "probes/http/parse_auth.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/http/parse_request.h"

namespace vedette::http {
namespace {

using config::Node;
using config::Section;

constexpr std::size_t token_body_cap = 64 << 10;

// A secret that must be given.
std::string required_secret(Section& section, std::string_view key, Mask& mask) {
  const Node* node = section.require(key);
  if (node == nullptr) return {};
  const auto secret = config::read_secret(*node, section.problems());
  if (!secret) return {};
  if (secret->empty()) {
    section.problems().add(node->place, fmt::format("\"{}\" must not be empty", key));
  }
  mask.add_with_encodings(secret->reveal());
  return secret->reveal();
}

// A text that is masked only when it was given as {env} or {file}.
std::string required_value(Section& section, std::string_view key, Mask& mask) {
  const Node* node = section.require(key);
  if (node == nullptr) return {};
  return read_value(*node, key, mask, section.problems()).value_or("");
}

// RFC 7617. Sent at once, without waiting for a challenge.
std::string basic(std::string_view user, std::string_view password, Mask& mask) {
  const std::string credentials = base64(fmt::format("{}:{}", user, password));
  mask.add_with_encodings(credentials);
  return "Basic " + credentials;
}

bool has_control(std::string_view text) {
  return text.find_first_of(std::string_view("\0\r\n", 3)) != text.npos;
}

void set_authorization(const Node& node, std::string value, Settings& out,
                       config::Problems& problems) {
  if (has_control(value)) {
    problems.add(node.place, "the secret holds a line break, which cannot be sent in a header");
    return;
  }
  out.request.headers.emplace_back("Authorization", std::move(value));
}

void read_basic(const Node& node, Settings& out, config::Problems& problems) {
  Section section(node, "basic", problems);
  const std::string user = required_value(section, "user", out.mask);
  const std::string password = required_secret(section, "password", out.mask);
  section.finish();
  if (user.find(':') != user.npos) problems.add(node.place, "\"user\" must not hold a colon");
  set_authorization(node, basic(user, password, out.mask), out, problems);
}

void read_bearer(const Node& node, Settings& out, config::Problems& problems) {
  const auto secret = config::read_secret(node, problems);
  if (!secret) return;
  if (secret->empty()) problems.add(node.place, "\"bearer\" must not be empty");
  out.mask.add_with_encodings(secret->reveal());
  set_authorization(node, "Bearer " + secret->reveal(), out, problems);
}

void add_field(std::string& body, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (!body.empty()) body += '&';
  body += form_encode(key) + "=" + form_encode(value);
}

// The options of the check, without what belongs to its own server and its own question.
net::HttpOptions token_options(const net::HttpOptions& of_check) {
  net::HttpOptions options;
  options.resolve = of_check.resolve;
  options.proxy = of_check.proxy;
  options.tls = of_check.tls;
  options.tls.server_name.clear();
  options.cookies = false;
  options.body_cap = token_body_cap;
  return options;
}

// RFC 6749, section 2.3.1: in the header, both parts form-encoded before; or in the body.
void add_client(Section& section, net::HttpRequest& request, Mask& mask) {
  const std::string id = required_value(section, "client_id", mask);
  const std::string secret = required_secret(section, "client_secret", mask);
  if (section.choice("client_authentication", 0, {"header", "body"}) == 0) {
    request.headers.emplace_back("Authorization",
                                 basic(form_encode(id), form_encode(secret), mask));
  } else {
    add_field(request.body, "client_id", id);
    add_field(request.body, "client_secret", secret);
  }
}

void read_oauth2(const Node& node, Settings& out, config::Problems& problems) {
  Section section(node, "oauth2", problems);
  net::HttpRequest request;
  request.method = "POST";
  request.has_body = true;
  request.body = "grant_type=client_credentials";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  if (const Node* url = section.require("token_url")) {
    request.url = read_url(*url, "token_url", problems).value_or("");
  }
  add_client(section, request, out.mask);
  add_field(request.body, "scope", section.text("scope", ""));
  add_field(request.body, "audience", section.text("audience", ""));
  if (const Node* parameters = section.find("parameters")) {
    Section known(*parameters, "parameters", problems);  // for its complaint about other kinds
    for (const Node::Entry& entry : parameters->entries) {
      add_field(request.body, entry.key,
                read_value(entry.value, entry.key, out.mask, problems).value_or(""));
    }
  }
  section.finish();
  out.oauth2 = std::make_shared<const OAuth2Settings>(std::move(request),
                                                      token_options(out.options.front()));
}

}  // namespace

void parse_auth(Section& section, Settings& out) {
  const Node* node = section.find("auth");
  if (node == nullptr) return;
  config::Problems& problems = section.problems();
  Section auth(*node, "auth", problems);
  const Node* basic = auth.find("basic");
  const Node* bearer = auth.find("bearer");
  const Node* oauth2 = auth.find("oauth2");
  auth.finish();
  if ((basic != nullptr) + (bearer != nullptr) + (oauth2 != nullptr) != 1) {
    problems.add(node->place, "\"auth\" needs exactly one of \"basic\", \"bearer\" and \"oauth2\"");
    return;
  }
  if (has_header(out.request.headers, "Authorization")) {
    problems.add(node->place, "\"auth\" and a header Authorization exclude each other");
  }
  out.has_auth = true;
  if (basic != nullptr) read_basic(*basic, out, problems);
  if (bearer != nullptr) read_bearer(*bearer, out, problems);
  if (oauth2 != nullptr) read_oauth2(*oauth2, out, problems);
}

}  // namespace vedette::http

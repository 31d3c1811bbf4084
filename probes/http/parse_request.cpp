// SPDX-License-Identifier: Apache-2.0
#include "probes/http/parse_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/http/json_body.h"
#include "probes/http/sensitive.h"
#include "probes/http/url_secrets.h"
#include "probes/net/url.h"

namespace vedette::http {
namespace {

using config::Node;
using config::Problems;
using config::Section;

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (lower_case(c) >= 'a' && lower_case(c) <= 'z') ||
           marks.find(c) != marks.npos;
  });
}

bool is_header_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

// What stands between "://" and the path: "user:password@host:port". Empty when there is no such
// part: libcurl puts up with more or fewer slashes, which are typing errors here.
std::string_view authority(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == url.npos) return {};
  const auto begin = colon + 3;
  return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

std::string read_method(Section& section, bool has_body) {
  const Node* node = section.find("method");
  if (node == nullptr) return has_body ? "POST" : "GET";
  const auto method = config::read_text(*node, section.problems());
  if (method && is_token(*method)) return *method;
  if (method) {
    section.problems().add(node->place,
                           fmt::format("{} is no method; write GET, POST, PUT or another word "
                                       "without spaces",
                                       config::quote(*method)));
  }
  return "GET";
}

void read_header(const Node::Entry& header, Settings& out, Problems& problems) {
  if (!is_token(header.key)) {
    problems.add(header.place, fmt::format("{} is no header name", config::quote(header.key)));
    return;
  }
  if (same_without_case(header.key, "Content-Length") ||
      same_without_case(header.key, "Transfer-Encoding")) {
    problems.add(header.place, fmt::format("{} is set by itself", header.key));
    return;
  }
  const auto add = [&](const Node& node) {
    auto value = read_value(node, header.key, out.mask, problems);
    if (!value) return;
    if (!is_header_value(*value)) {
      problems.add(node.place, fmt::format("the value of {} holds a control character, such as a "
                                           "line break",
                                           header.key));
      return;
    }
    out.request.headers.emplace_back(header.key, *std::move(value));
    if (node.kind != Node::Kind::map && !is_sensitive(header.key)) return;
    for (net::HttpOptions& options : out.options) options.private_headers.push_back(header.key);
  };
  if (header.value.kind == Node::Kind::list) {
    std::ranges::for_each(header.value.items, add);
  } else {
    add(header.value);
  }
}

void read_headers(Section& section, Settings& out) {
  const Node* node = section.find("headers");
  if (node == nullptr) return;
  Section headers(*node, "headers", section.problems());  // for its complaint about other kinds
  for (const Node::Entry& header : node->entries) read_header(header, out, section.problems());
}

std::optional<std::string> form_body(const Node& node, Mask& mask, Problems& problems) {
  Section form(node, "form", problems);  // for its complaint about other kinds
  std::string body;
  const auto add = [&](const std::string& key, const Node& value) {
    const auto text = read_value(value, key, mask, problems);
    if (!text) return;
    if (!body.empty()) body += '&';
    body += form_encode(key) + "=" + form_encode(*text);
  };
  for (const Node::Entry& entry : node.entries) {
    if (entry.value.kind == Node::Kind::list) {
      for (const Node& item : entry.value.items) add(entry.key, item);
    } else {
      add(entry.key, entry.value);
    }
  }
  return body;
}

void read_body(Section& section, Settings& out) {
  const Node* raw = section.find("body");
  const Node* form = section.find("form");
  const Node* json = section.find("json");
  if ((raw != nullptr) + (form != nullptr) + (json != nullptr) > 1) {
    section.problems().add(section.place(), "give only one of \"body\", \"form\" and \"json\"");
    return;
  }
  std::optional<std::string> body;
  std::string_view type;
  if (raw != nullptr) {
    body = read_value(*raw, "body", out.mask, section.problems());
    type = "text/plain; charset=utf-8";
  } else if (form != nullptr) {
    body = form_body(*form, out.mask, section.problems());
    type = "application/x-www-form-urlencoded";
  } else if (json != nullptr) {
    body = json_body(*json, out.mask, section.problems());
    type = "application/json";
  }
  if (!body) return;
  out.request.body = *std::move(body);
  out.request.has_body = true;
  add_default_header(out.request.headers, "Content-Type", std::string(type));
}

}  // namespace

std::optional<std::string> read_url(const Node& node, std::string_view key, Problems& problems) {
  auto text = config::read_text(node, problems);
  if (!text) return std::nullopt;
  const std::string_view host = authority(*text);
  if (host.find('@') != host.npos) {
    // The text holds a password and is not repeated.
    problems.add(node.place, fmt::format("\"{}\" must not hold a user or password; use \"auth: "
                                         "{{basic: {{user, password}}}}\"",
                                         key));
    return std::nullopt;
  }
  if (host.empty() || !net::Url::parse(*text)) {
    // A query may hold secrets.
    problems.add(node.place, fmt::format("\"{}\" must be a URL like https://host/path, found {}",
                                         key, config::quote(text->substr(0, text->find('?')))));
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> read_value(const Node& node, std::string_view name, Mask& mask,
                                      Problems& problems) {
  if (node.kind == Node::Kind::map) {
    const auto secret = config::read_secret(node, problems);
    if (!secret) return std::nullopt;
    mask_value(mask, name, secret->reveal());
    return secret->reveal();
  }
  auto text = config::read_text(node, problems);
  if (text && is_sensitive(name)) mask_value(mask, name, *text);
  return text;
}

bool has_header(const net::Headers& headers, std::string_view name) {
  return std::ranges::any_of(
      headers, [&](const auto& header) { return same_without_case(header.first, name); });
}

void add_default_header(net::Headers& headers, std::string_view name, std::string value) {
  if (!has_header(headers, name)) headers.emplace_back(name, std::move(value));
}

void parse_request(Section& section, Settings& out) {
  if (const Node* url = section.require("url")) {
    if (auto text = read_url(*url, "url", section.problems())) {
      mask_url(out.mask, *text);
      out.request.url = *std::move(text);
    }
  }
  read_headers(section, out);
  add_default_header(out.request.headers, "User-Agent", "vedette");
  read_body(section, out);
  out.request.method = read_method(section, out.request.has_body);
}

}  // namespace vedette::http

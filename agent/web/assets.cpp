// SPDX-License-Identifier: Apache-2.0
#include "agent/web/assets.h"

#include <fmt/format.h>

#include "embedded/assets.h"
#include "probes/stable_hash.h"

namespace vedette::web {
namespace {

std::string content_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

std::string version(std::string_view content) {
  return fmt::format("{:016x}", stable_hash(content));
}

}  // namespace

std::string etag_of(std::string_view text) {
  return '"' + version(text) + '"';
}

std::string asset_url(std::string_view name) {
  return fmt::format("/assets/{}?v={}", name, version(embedded::find(name)));
}

Response asset_response(const Request& request) {
  const std::string& name = request.parameters.at("name");
  const auto content = embedded::find(name);
  if (content.empty()) return text_response(404, "no such file");
  const bool versioned = request.query == "v=" + version(content);
  Response response;
  response.content_type = content_type(name);
  response.headers = {
      {"Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache"}};
  response.body = std::make_shared<const std::string>(content);
  response.etag = etag_of(content);
  return response;
}

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
#include "agent/web/assets.h"

#include "agent/page/assets.h"

namespace vedette::web {

std::string etag_of(std::string_view text) {
  return '"' + page::version_of(text) + '"';
}

Response with_caching(Response response, const std::string& query) {
  if (response.status != 200) return response;
  const bool versioned = query == "v=" + response.etag.substr(1, response.etag.size() - 2);
  response.headers.push_back(
      {"Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache"});
  return response;
}

Response asset_response(const std::string& name) {
  const auto asset = page::find_asset(name);
  if (!asset) return text_response(404, "no such file");
  Response response;
  response.content_type = asset->content_type;
  response.body = std::make_shared<const std::string>(asset->content);
  response.etag = '"' + asset->version + '"';
  return response;
}

}  // namespace vedette::web

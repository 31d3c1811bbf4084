// SPDX-License-Identifier: Apache-2.0
#include "agent/page/assets.h"

#include <fmt/format.h>

#include "embedded/assets.h"
#include "probes/stable_hash.h"

namespace vedette::page {
namespace {

std::string_view content_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

}  // namespace

std::optional<Asset> find_asset(std::string_view name) {
  const auto content = embedded::find(name);
  if (content.empty()) return std::nullopt;
  return Asset{content, content_type(name), version_of(content)};
}

std::string asset_url(std::string_view name) {
  return fmt::format("/assets/{}?v={}", name, version_of(embedded::find(name)));
}

std::string version_of(std::string_view text) {
  return fmt::format("{:016x}", stable_hash(text));
}

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
// The files of dashboards/status_page, built into the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vedette::page {

struct Asset {
  std::string_view content;
  std::string_view content_type;
  std::string version;  // changes with the content
};

std::optional<Asset> find_asset(std::string_view name);

// "/assets/page.js?v=..." with the version, so that clients may keep it for ever.
std::string asset_url(std::string_view name);

// The version of any text: a hash of it.
std::string version_of(std::string_view text);

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
#include "agent/page/stylesheet.h"

#include <fmt/format.h>

#include "agent/page/assets.h"

namespace vedette::page {
namespace {

// As page.css has them, of the cards on which links stand.
constexpr brand::Colour light_ground{0xf6, 0xf7, 0xf9}, dark_ground{0x18, 0x1c, 0x23};

}  // namespace

std::string stylesheet(const brand::Brand& brand) {
  const auto on_light = brand::text(brand::readable_on(light_ground, brand.accent));
  const auto on_dark = brand::text(brand::readable_on(dark_ground, brand.accent));
  return fmt::format(
      "{}:root {{ --accent: {}; }}\n"
      "@media (prefers-color-scheme: dark) {{ :root {{ --accent: {}; }} }}\n",
      find_asset("page.css")->content, on_light, on_dark);
}

std::string stylesheet_url(const brand::Brand& brand) {
  return fmt::format("/assets/page.css?v={}", version_of(stylesheet(brand)));
}

std::string logo_name(const brand::Brand& brand) {
  const auto& type = brand.logo.content_type;
  if (type == "image/svg+xml") return "logo.svg";
  return type == "image/png" ? "logo.png" : "logo.webp";
}

std::string logo_url(const brand::Brand& brand) {
  return fmt::format("/assets/{}?v={}", logo_name(brand), version_of(brand.logo.bytes));
}

}  // namespace vedette::page

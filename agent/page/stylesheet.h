// SPDX-License-Identifier: Apache-2.0
// The stylesheet and the logo of a site: one file each, so that no page needs an inline style.
#pragma once

#include <string>

#include "agent/brand/brand.h"

namespace vedette::page {

// page.css with the site's accent, made readable on light and on dark.
std::string stylesheet(const brand::Brand& brand);
// "/assets/page.css?v=..."
std::string stylesheet_url(const brand::Brand& brand);

// "/assets/logo.svg?v=..."; of a site that has one.
std::string logo_url(const brand::Brand& brand);
// "logo.svg"
std::string logo_name(const brand::Brand& brand);

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
// The page as configured.
#pragma once

#include <string>
#include <vector>

#include "agent/brand/brand.h"
#include "agent/incident/model.h"

namespace vedette::page {

// Never changed: a reload puts another one in its place.
struct Site {
  brand::Brand brand;
  std::string url;  // of the page, without a slash at the end; for links
  std::vector<incident::Component> components;
  Instant loaded{};
};

}  // namespace vedette::page

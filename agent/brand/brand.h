// SPDX-License-Identifier: Apache-2.0
// How a site looks and speaks: what its status page is called, shows, and says.
#pragma once

#include <string>
#include <vector>

#include "agent/brand/colour.h"
#include "agent/brand/strings.h"
#include "agent/brand/zone.h"

namespace vedette::brand {

struct Link {
  std::string text;
  std::string url;  // absolute, http or https, or mailto
};

struct Logo {
  std::string bytes;  // empty: none
  std::string content_type;
};

struct Brand {
  std::string name = "Status";
  Logo logo;
  Colour accent{0x3b, 0x5b, 0xdb};
  std::vector<Link> links;
  std::string footer;
  Zone zone;
  std::string language = "en";
  Strings strings;
  bool check_names = false;  // whether the page of a component names its checks
};

}  // namespace vedette::brand

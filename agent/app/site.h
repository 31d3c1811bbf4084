// SPDX-License-Identifier: Apache-2.0
// What the pages need of the configuration. Pure.
#pragma once

#include <string>
#include <vector>

#include "agent/page/site.h"
#include "agent/settings/settings.h"
#include "agent/web/bearer.h"

namespace vedette::app {

// `listening` is the address that was taken: without a public address configured, the links lead
// there, because with port 0 only the server knows where it is.
page::Site site_of(const settings::Settings& settings, const std::string& listening,
                   Instant loaded);

std::vector<web::Token> tokens_of(const settings::Agent& agent);

}  // namespace vedette::app

// SPDX-License-Identifier: Apache-2.0
// What all pages of the demo have around them.
#pragma once

#include <string_view>

#include "agent/web/html.h"
#include "agent/web/message.h"

namespace vedette::demo {

// `lively`: the page loads itself again every few seconds.
void write_head(web::Html& html, std::string_view title, bool lively = false);
// The finished page.
web::Response finish_page(web::Html& html);

}  // namespace vedette::demo

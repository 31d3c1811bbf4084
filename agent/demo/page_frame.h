// SPDX-License-Identifier: Apache-2.0
// What all pages of the demo have around them.
#pragma once

#include <string_view>

#include "agent/page/html.h"
#include "agent/web/message.h"

namespace vedette::demo {

// `lively`: the page loads itself again every few seconds.
void write_head(page::Html& html, std::string_view title, bool lively = false);
// The finished page.
web::Response finish_page(page::Html& html);

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
// Markdown (CommonMark) that people wrote, as HTML that can do no harm.
#pragma once

#include <string>
#include <string_view>

namespace vedette::page {

// Raw HTML is left out, as are links to anything but http, https and mailto. An image becomes a
// link to it: a page asks nothing of other sites. The greatest heading is of the third level.
std::string markdown_to_html(std::string_view markdown);

}  // namespace vedette::page

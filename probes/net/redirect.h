// SPDX-License-Identifier: Apache-2.0
// The rules of following a redirect (RFC 9110, section 15.4): what becomes of the method, the body
// and the headers.
#pragma once

#include <span>
#include <string>

#include "probes/net/http_client.h"

namespace vedette::net {

// 301, 302, 303, 307 or 308.
bool is_redirect(int status);

// What is asked of the next URL. 303 becomes GET (HEAD stays), and so does POST after 301 and 302;
// the body goes then. When the origin changes, the caller's credentials, cookies and Host header go
// too. The URL is left as it is.
void apply_redirect(HttpRequest& request, int status, bool same_origin);

// Removes all headers of these names, compared without regard to case.
void drop_headers(Headers& headers, std::span<const std::string> names);

// The last value of a header, compared without regard to case; null when it is not there.
const std::string* find_header(const Headers& headers, std::string_view name);

}  // namespace vedette::net

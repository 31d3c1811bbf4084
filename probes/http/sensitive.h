// SPDX-License-Identifier: Apache-2.0
// Which headers, form fields and JSON keys hold secrets, going by their names.
#pragma once

#include <string_view>

#include "probes/transcript.h"

namespace vedette::http {

// "Authorization", "X-Api-Key", "client_secret", "Set-Cookie", "userPassword" ...
bool is_sensitive(std::string_view name);

// Adds the value of such a header or field to the mask, with the parts that are secret by
// themselves: the credentials after "Bearer ", the values of cookies.
void mask_value(Mask& mask, std::string_view name, std::string_view value);

}  // namespace vedette::http

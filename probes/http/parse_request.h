// SPDX-License-Identifier: Apache-2.0
// The keys of the `http` section that say what is asked: url, method, headers, body, form, json.
#pragma once

#include <string>
#include <string_view>

#include "config/node.h"
#include "probes/http/settings.h"

namespace vedette::http {

// Reads it after the options of the connection: they learn which headers hold secrets.
void parse_request(config::Section& section, Settings& out);

// An http or https URL that can be asked for as it stands; anything else is a problem and gives
// nothing. `key` names it in messages.
std::optional<std::string> read_url(const config::Node& node, std::string_view key,
                                    config::Problems& problems);

// A secret, or a text that may be public: only {env} and {file} are masked, or a value whose name
// tells that it is secret (`password`, `Authorization`).
std::optional<std::string> read_value(const config::Node& node, std::string_view name, Mask& mask,
                                      config::Problems& problems);

// Adds a header unless the user gave one of that name.
void add_default_header(net::Headers& headers, std::string_view name, std::string value);
bool has_header(const net::Headers& headers, std::string_view name);

}  // namespace vedette::http

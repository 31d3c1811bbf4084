// SPDX-License-Identifier: Apache-2.0
// What a token server answers. A pure parser of foreign bytes.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::http {

// RFC 6749, section 5.1.
struct TokenAnswer {
  std::string access_token;                        // visible ASCII, at most 16 KiB
  std::optional<std::chrono::seconds> expires_in;  // nothing: not told; at most a day
};

// The error is one sentence and may quote what the server said (section 5.2), unbounded and
// unmasked.
std::expected<TokenAnswer, std::string> parse_token_answer(int status, std::string_view body);

}  // namespace vedette::http

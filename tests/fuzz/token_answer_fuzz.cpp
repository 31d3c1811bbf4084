// SPDX-License-Identifier: Apache-2.0
// Whatever a token server answers becomes a token that can be sent in a header, or a sentence.
#include <cstdint>
#include <cstdlib>

#include "probes/http/token_answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const int status = data[0] % 2 == 0 ? 200 : 100 + data[0];
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto answer = vedette::http::parse_token_answer(status, body);
  if (!answer) {
    if (answer.error().empty()) std::abort();
    return 0;
  }
  if (answer->access_token.empty()) std::abort();
  for (const char c : answer->access_token) {
    if (c <= 0x20 || c >= 0x7f) std::abort();
  }
  if (answer->expires_in && answer->expires_in->count() < 0) std::abort();
  return 0;
}

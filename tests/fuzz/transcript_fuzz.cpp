// SPDX-License-Identifier: Apache-2.0
// Foreign bytes in a transcript: bounded, free of control characters, and without the secret.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "probes/encoding.h"
#include "probes/transcript.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool has_control(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) return true;
  }
  return false;
}

}  // namespace

// The first bytes are the secret, the rest is what the server sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string secret(all.substr(0, 6));
  const std::string_view text = all.substr(secret.size());
  vedette::Mask mask;
  mask.add_with_encodings(secret);
  const std::string masked = mask.apply(text);
  if (secret.size() >= 4 && secret.find('*') == std::string::npos) {
    require(masked.find(secret) == std::string::npos);
  }

  vedette::Transcript transcript;
  for (int i = 0; i < 10; ++i) transcript.add(masked);
  require(transcript.text().size() <= vedette::Transcript::max_bytes);
  require(!has_control(transcript.text()));
  const std::string shown = vedette::printable(text);
  require(vedette::printable(shown) == shown);
  require(vedette::shorten(shown, 10).size() <= 10);
  return 0;
}

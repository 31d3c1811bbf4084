// SPDX-License-Identifier: Apache-2.0
// Whatever a server asks in a sign-in, the password does not come out of it in the clear where it
// is not meant to, and a server that cannot know it is never believed.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/mail/sasl.h"

namespace {

using namespace vedette::mail;

constexpr std::string_view password = "correct horse battery staple";

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr Mechanism hashing[] = {Mechanism::scram_sha_1, Mechanism::scram_sha_256,
                                   Mechanism::cram_md5};
  const auto client =
      make_sasl(hashing[data[0] % 3], {"user", std::string(password)}, "rOprNGfwEbeRWgbNEkqO");
  client->initial();
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  // SCRAM costs its rounds: a thousand are enough here.
  if (rest.find("i=") != std::string_view::npos && rest.find("i=1") == std::string_view::npos) {
    return 0;
  }
  for (int step = 0; step < 4 && !rest.empty(); ++step) {
    const std::string_view challenge = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(challenge.size() + 1, rest.size()));
    const auto answer = client->respond(challenge);
    if (!answer) return 0;
    require(answer->find(password) == std::string::npos ||
            challenge.find(password) != challenge.npos);
  }
  if (data[0] % 3 != 2) require(!client->finish());
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// What servers say on the way to TLS: every cut of it comes to the same end, or to none.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/tcp/starttls.h"

using vedette::tcp::StartTls;
using vedette::tcp::StartTlsProtocol;

namespace {

StartTls::State end_of(StartTlsProtocol protocol, std::string_view bytes, std::size_t at_once) {
  StartTls talk(protocol, "shop.test");
  auto state = StartTls::State::talking;
  while (!bytes.empty() && state == StartTls::State::talking) {
    state = talk.feed(bytes.substr(0, at_once)).state;
    bytes.remove_prefix(std::min(at_once, bytes.size()));
  }
  return state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto protocol =
      static_cast<StartTlsProtocol>(data[0] % vedette::tcp::starttls_names().size());
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = end_of(protocol, bytes, bytes.size());
  // What agrees at once, agrees also when it comes in pieces. (The other way round, bytes behind
  // the go-ahead make the difference, and those must never be accepted.)
  if (whole == StartTls::State::ready && end_of(protocol, bytes, 1) != whole) std::abort();
  return 0;
}

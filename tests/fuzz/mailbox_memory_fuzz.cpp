// SPDX-License-Identifier: Apache-2.0
// Whatever stands in the store is read as the guard's memory or not at all; what is read is written
// and read again as the same, within the bound.
#include <cstdint>
#include <cstdlib>

#include "probes/mailbox/memory.h"
#include "probes/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto memory = vedette::mailbox::read(text, "here");
  if (!memory) return 0;
  const std::string written = vedette::mailbox::write(*memory);
  if (written.size() > vedette::longest_memory) std::abort();
  if (vedette::mailbox::read(written, "here") != memory) std::abort();
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Whatever stands between ${ and }: a value or a sentence, soon, and the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/flow/text/template.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vedette::flow;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = Template::parse(text);
  if (!parsed) return 0;
  const Value value{"12", Value::Kind::number};
  const Scope scope{[&](std::string_view) { return &value; }, "seed", 1'700'000'000};
  const auto first = parsed->render(scope, Place::encoded);
  const auto second = parsed->render(scope, Place::encoded);
  if (first.has_value() != second.has_value()) std::abort();
  if (first && *first != *second) std::abort();
  return 0;
}

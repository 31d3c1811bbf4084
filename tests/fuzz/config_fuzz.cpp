// SPDX-License-Identifier: Apache-2.0
// Any bytes become a tree or a problem, and every typed read of every value ends as well.
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "config/document.h"

namespace {

using namespace vedette::config;

void read_every_way(const Node& node, Problems& problems) {
  read_text(node, problems);
  read_bool(node, problems);
  read_integer(node, problems, 0, std::numeric_limits<std::int64_t>::max());
  read_number(node, problems);
  read_size(node, problems);
  // A duration that was read is written and read again to the same.
  if (const auto duration = read_duration(node, problems)) {
    if (parse_duration(format_duration(*duration)) != *duration) std::abort();
  }
}

void walk(const Node& node, Problems& problems) {
  read_every_way(node, problems);
  for (const auto& item : node.items) walk(item, problems);
  if (node.kind != Node::Kind::map) return;
  Section section(node, "a map", problems);
  section.texts("checks");
  section.choice("kind", 0, {"red", "green"});
  section.finish();
  for (const auto& entry : node.entries) walk(entry.value, problems);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Problems problems;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Limits small enough for the fuzzer to reach them.
  const auto root =
      parse(text, "fuzz.yaml", problems, {.bytes = 1 << 20, .nodes = 2000, .depth = 20});
  if (!root && problems.empty()) std::abort();
  if (root) walk(*root, problems);
  if (problems.text().empty() != problems.empty()) std::abort();
  return 0;
}

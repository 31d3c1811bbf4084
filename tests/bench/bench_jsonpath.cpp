// SPDX-License-Identifier: Apache-2.0
// Reads a JSON body of 1 MB and selects from it, as an expectation does; prints one line of JSON.
#include <algorithm>
#include <array>
#include <vector>

#include <boost/json/value.hpp>
#include <fmt/core.h>
#include <malloc.h>

#include "probes/clock.h"
#include "probes/expect/json_document.h"
#include "probes/jsonpath/path.h"

namespace {

using namespace vedette;

std::string body_of(std::size_t bytes) {
  std::string out = R"({"items":[)";
  for (int i = 0; out.size() < bytes; ++i) {
    out +=
        fmt::format(R"({}{{"id":"item-{}","name":"Thing number {}","price":{},"tags":["a","b"]}})",
                    i > 0 ? "," : "", i, i, i % 1000);
  }
  return out + "]}";
}

double milliseconds(Steady::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace

int main() {
  const std::string body = body_of(1 << 20);
  const auto path = jsonpath::Path::parse("$.items[?@.price > 990 && @.tags[0] == 'a'].name");
  std::vector<double> took;
  std::size_t values = 0;
  double mib = 0;
  for (int round = 0; round < 21; ++round) {
    const auto used = mallinfo2();
    const auto began = Steady::now();
    const expect::JsonDocument document{expect::Text(body)};
    values = path->select(*document.root())->size();
    took.push_back(milliseconds(Steady::now() - began));
    const auto now = mallinfo2();
    mib =
        std::max(mib, static_cast<double>(now.uordblks + now.hblkhd - used.uordblks - used.hblkhd) /
                          (1 << 20));
  }
  std::ranges::sort(took);
  fmt::print("{{\"ms\": {:.3f}, \"worst_ms\": {:.3f}, \"mib\": {:.2f}, \"values\": {}}}\n",
             took[took.size() / 2], took.back(), mib, values);
}

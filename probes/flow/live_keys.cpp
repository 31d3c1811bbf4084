// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/live_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"

namespace vedette::flow {
namespace {

using config::Node;

constexpr std::size_t shortest_rest = 8;  // "live_music" is no key

bool is_key_character(char c) {
  return (c >= '0' && c <= '9') || (lower_case(c) >= 'a' && lower_case(c) <= 'z') || c == '_' ||
         c == '-';
}

bool has_key(std::string_view text, std::string_view prefix) {
  for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix, at + 1)) {
    if (at > 0 && is_key_character(text[at - 1])) continue;
    const auto rest = text.substr(at + prefix.size());
    const auto end = std::ranges::find_if_not(rest, is_key_character);
    if (static_cast<std::size_t>(end - rest.begin()) >= shortest_rest) return true;
  }
  return false;
}

bool is_secret_source(const Node& node) {
  return node.entries.size() == 1 &&
         (node.entries.front().key == "env" || node.entries.front().key == "file");
}

class Search {
 public:
  Search(std::vector<std::string> prefixes, config::Problems& problems)
      : prefixes_(std::move(prefixes)), problems_(problems) {}

  void look(const Node& node) {
    if (node.kind == Node::Kind::scalar) look(node.scalar, node.place);
    if (is_secret_source(node)) {
      config::Problems told_elsewhere;
      if (const auto secret = config::read_secret(node, told_elsewhere))
        look(secret->reveal(), node.place);
    }
    for (const Node& item : node.items) look(item);
    for (const Node::Entry& entry : node.entries) look(entry.value);
  }

 private:
  void look(std::string_view text, const config::Place& place) {
    for (const std::string& prefix : prefixes_) {
      if (!has_key(text, prefix)) continue;
      problems_.add(place,
                    fmt::format("this looks like a live key ({}...): a check would move real "
                                "money; use a test key, or write \"live: true\" in the flow",
                                prefix));
      return;
    }
  }

  std::vector<std::string> prefixes_;
  config::Problems& problems_;
};

}  // namespace

void refuse_live_keys(const Node& flow, const std::vector<std::string>& more,
                      config::Problems& problems) {
  std::vector<std::string> prefixes{"sk_live_", "rk_live_", "live_"};
  prefixes.insert(prefixes.end(), more.begin(), more.end());
  Search(std::move(prefixes), problems).look(flow);
}

}  // namespace vedette::flow

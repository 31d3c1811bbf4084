// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/suggest.h"
#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/sights/sight.h"

namespace vedette::sights {
namespace {

using config::Node;
using config::Problems;
using Probes = std::initializer_list<std::string_view>;

constexpr std::size_t most = 16;
constexpr std::size_t longest_name = 200;

// A word of the list, and which probes see it.
struct Word {
  std::string_view word;
  std::vector<std::string_view> probes;
  Sight sight;
};

const std::vector<Word>& words() {
  static const std::vector<std::string_view> connected{"http", "tcp",  "tls",
                                                       "smtp", "imap", "pop3"};
  static const std::vector<std::string_view> mail{"smtp", "imap", "pop3"};
  static const std::vector<Word> all{
      {"certificate", connected, {"certificate", Sight::Certificate{}}},
      {"remote_address", connected, {"remote address", Sight::Fact{"remote_address", true}}},
      {"answer", {"dns"}, {"DNS answer", Sight::Fact{"answer", false}}},
      {"soa_serial", {"dns"}, {"SOA serial", Sight::Fact{"serial", false}}},
      {"capabilities", mail, {"capabilities", Sight::Fact{"capabilities", false}}},
      {"version", mail, {"server version", Sight::Banner{}}},
      {"version", {"http"}, {"server version", Sight::Header{"Server"}}},
      {"body", {"http"}, {"body", Sight::Body{}}}};
  return all;
}

bool fits(const Word& word, std::string_view probe) {
  return std::ranges::find(word.probes, probe) != word.probes.end();
}

std::vector<std::string> words_of(std::string_view probe) {
  std::vector<std::string> out;
  for (const Word& word : words()) {
    if (fits(word, probe)) out.emplace_back(word.word);
  }
  if (probe == "http") out.insert(out.end(), {"{header: NAME}", "{json: PATH}"});
  return out;
}

void read_word(const Node& node, std::string_view probe, Problems& problems,
               std::vector<Sight>& out) {
  const auto found = std::ranges::find_if(
      words(), [&](const Word& word) { return word.word == node.scalar && fits(word, probe); });
  if (found != words().end()) return out.push_back(found->sight);
  const auto known = words_of(probe);
  problems.add(node.place, fmt::format("of a {} check can be watched: {}; found {}{}", probe,
                                       fmt::join(known, ", "), config::quote(node.scalar),
                                       config::did_you_mean(node.scalar, known)));
}

// What is new in every answer tells of no change; a cookie is a secret as well.
bool is_new_each_time(std::string_view header) {
  constexpr std::array names{"Set-Cookie", "Date", "Age", "Expires"};
  return std::ranges::any_of(names,
                             [=](const char* name) { return same_without_case(header, name); });
}

// It stands in one line of a timeline.
bool is_too_long(const Node& node, const std::string& name, Problems& problems) {
  if (name.size() <= longest_name && printable(name) == name) return false;
  problems.add(node.place, fmt::format("what is watched is named in one line of at most {} bytes",
                                       longest_name));
  return true;
}

void read_header(const Node& node, Problems& problems, std::vector<Sight>& out) {
  const auto name = config::read_text(node, problems);
  if (!name || is_too_long(node, *name, problems)) return;
  if (is_new_each_time(*name)) {
    return problems.add(node.place, fmt::format("{} is new in every answer, so it tells of no "
                                                "change; watch another header",
                                                *name));
  }
  out.push_back({"header " + *name, Sight::Header{*name}});
}

void read_json(const Node& node, Problems& problems, std::vector<Sight>& out) {
  const auto text = config::read_text(node, problems);
  if (!text || is_too_long(node, *text, problems)) return;
  auto path = jsonpath::Path::parse(*text);
  if (!path) return problems.add(node.place, path.error());
  out.push_back({"json " + *text, *std::move(path)});
}

void read_map(const Node& node, Problems& problems, std::vector<Sight>& out) {
  config::Section section(node, "a thing to watch", problems);
  if (const auto* header = section.find("header")) read_header(*header, problems, out);
  if (const auto* json = section.find("json")) read_json(*json, problems, out);
  section.finish();
  if (node.entries.size() != 1)
    problems.add(node.place,
                 "each thing to watch is an item of its own: {header: NAME} or "
                 "{json: PATH}");
}

void find_twice(const std::vector<Sight>& sights, const Node& list, Problems& problems) {
  std::set<std::string_view> seen;
  for (const Sight& sight : sights) {
    if (!seen.insert(sight.what).second)
      problems.add(list.place, fmt::format("the {} is watched twice", sight.what));
  }
}

}  // namespace

std::vector<Sight> read_sights(const Node& list, std::string_view probe, Problems& problems) {
  std::vector<Sight> out;
  if (words_of(probe).empty()) {
    problems.add(list.place, fmt::format("nothing of a {} check can be watched for changes; let a "
                                         "check of another type watch beside it",
                                         probe));
    return out;
  }
  if (list.kind != Node::Kind::list) {
    problems.add(list.place,
                 fmt::format("\"watch_for_changes\" must be a list, such as [{}], found "
                             "{}",
                             words_of(probe).front(), list.describe()));
    return out;
  }
  for (const Node& item : list.items) {
    if (item.kind == Node::Kind::scalar)
      read_word(item, probe, problems, out);
    else if (probe == "http")
      read_map(item, problems, out);
    else
      problems.add(item.place, "only a http check can watch a header or JSON");
  }
  find_twice(out, list, problems);
  if (out.size() > most)
    problems.add(list.place, fmt::format("a check watches at most {} things", most));
  return out;
}

}  // namespace vedette::sights

// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/fingerprint.h"

#include <filesystem>
#include <iterator>

#include <fmt/format.h>

#include "probes/stable_hash.h"

namespace vedette::settings {
namespace {

using config::Node;

// A text that no two different checks have in common: every part says how long it is.
class Canonical {
 public:
  void add(std::string_view text) {
    fmt::format_to(std::back_inserter(text_), "{}:{}", text.size(), text);
  }
  void add(std::int64_t number) { fmt::format_to(std::back_inserter(text_), "{},", number); }

  void add(const Node& node) {
    add(static_cast<std::int64_t>(node.kind));
    add(static_cast<std::int64_t>(node.quoted));
    add(node.scalar);
    add(std::ssize(node.items));
    for (const auto& item : node.items) add(item);
    add(std::ssize(node.entries));
    for (const auto& entry : node.entries) {
      add(entry.key);
      add(entry.value);
    }
    add_source(node);
  }

  std::string hash() const {
    return fmt::format("{:016x}{:016x}", stable_hash(text_),
                       stable_hash(text_, 0x9e3779b97f4a7c15ULL));
  }

 private:
  // Whether it is meant as a secret is the probe's to know; the value counts either way.
  void add_source(const Node& node) {
    if (node.entries.size() != 1 || (node.entries[0].key != "env" && node.entries[0].key != "file"))
      return;
    config::Problems ignored;  // the probe reports them
    if (const auto secret = config::read_secret(node, ignored)) add(secret->reveal());
  }

  std::string text_;
};

}  // namespace

std::string fingerprint(const Check& check, const Node& probe_section) {
  Canonical canonical;
  canonical.add(check.name);
  canonical.add(check.component);
  canonical.add(check.weight);
  canonical.add(check.every.count());
  canonical.add(check.timeout.count());
  canonical.add(detect::fingerprint(check.detect));
  canonical.add(check.after_change ? check.after_change->every.count() : 0);
  canonical.add(check.after_change ? check.after_change->lasting.count() : 0);
  for (const auto& sight : check.watched) canonical.add(sight.what);
  canonical.add(check.type->name);
  // Files that the section names are relative to this folder.
  canonical.add(std::filesystem::path(probe_section.place.file.text()).parent_path().native());
  canonical.add(probe_section);
  return canonical.hash();
}

}  // namespace vedette::settings

// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_page.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "agent/brand/fill.h"
#include "agent/settings/words.h"
#include "config/file.h"
#include "config/suggest.h"

namespace vedette::settings {
namespace {

using brand::Brand;
using config::Node;
using config::Problems;
using config::Section;

constexpr std::size_t largest_logo = 256 << 10;
constexpr std::size_t most_links = 12;
constexpr std::size_t longest_footer = 2000;

// By its first bytes, not by its name; empty: none that browsers show.
std::string picture_type(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 16).contains("WEBP")) return "image/webp";
  const bool is_svg = bytes.starts_with("<svg") || bytes.starts_with("<?xml");
  return is_svg ? "image/svg+xml" : "";
}

brand::Logo read_logo(Section& section) {
  const Node* node = section.find("logo");
  if (node == nullptr) return {};
  const auto path = config::read_text(*node, section.problems());
  if (!path) return {};
  const auto full = std::filesystem::path(node->place.file.text()).parent_path() / *path;
  auto bytes = config::read_file(full, largest_logo);
  if (!bytes) {
    section.problems().add(node->place,
                           fmt::format("the logo {} {}", full.string(), bytes.error()));
    return {};
  }
  const auto type = picture_type(*bytes);
  if (type.empty()) {
    section.problems().add(
        node->place, fmt::format("the logo {} is neither SVG nor PNG nor WebP", full.string()));
    return {};
  }
  return {*std::move(bytes), type};
}

void read_accent(Section& section, Brand& brand) {
  const Node* node = section.find("accent");
  if (node == nullptr) return;
  const auto text = config::read_text(*node, section.problems());
  if (!text) return;
  if (const auto colour = brand::parse_colour(*text)) {
    brand.accent = *colour;
  } else {
    section.problems().add(node->place, fmt::format("{} is no colour; write it like \"#3b5bdb\"",
                                                    config::quote(*text)));
  }
}

void read_zone(Section& section, Brand& brand) {
  const Node* node = section.find("time_zone");
  if (node == nullptr) return;
  const auto name = config::read_text(*node, section.problems());
  if (!name) return;
  if (const auto zone = brand::Zone::find(*name)) {
    brand.zone = *zone;
  } else {
    section.problems().add(
        node->place, fmt::format("this machine knows no time zone {}; write it like Europe/Berlin",
                                 config::quote(*name)));
  }
}

bool is_language(std::string_view tag) {
  return tag.size() >= 2 && tag.size() <= 35 && std::ranges::all_of(tag, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

void read_language(Section& section, Brand& brand) {
  brand.language = section.text("language", brand.language);
  if (is_language(brand.language)) return;
  section.problems().add(
      section.find("language")->place,
      fmt::format("{} is no language; write it like en or de-AT", config::quote(brand.language)));
}

bool is_link(std::string_view url) {
  const bool known =
      url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
  return known && std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
}

brand::Link read_link(const Node& node, Problems& problems) {
  Section section(node, "a link", problems);
  brand::Link link;
  link.text = read_name(section, "text");
  link.url = section.required_text("url");
  section.finish();
  if (!link.url.empty() && !is_link(link.url)) {
    problems.add(section.find("url")->place,
                 fmt::format("{} is no link; write a whole address that begins with https://, "
                             "http:// or mailto:",
                             config::quote(link.url)));
  }
  return link;
}

void read_links(Section& section, Brand& brand) {
  const auto& items = items_of(section, "links");
  for (const auto& item : items) brand.links.push_back(read_link(item, section.problems()));
  if (items.size() > most_links) {
    section.problems().add(items[most_links].place,
                           fmt::format("there may be at most {} links", most_links));
  }
}

void read_footer(Section& section, Brand& brand) {
  brand.footer = section.text("footer", "");
  if (brand.footer.size() <= longest_footer) return;
  section.problems().add(section.find("footer")->place,
                         fmt::format("the footer may have at most {} bytes", longest_footer));
}

std::vector<std::string> known_strings() {
  std::vector<std::string> names;
  for (const auto& known : brand::string_keys()) names.emplace_back(known.key);
  return names;
}

// A hole that the sentence cannot fill would be shown as it is.
void check_holes(const Node& node, const std::string& own, const std::string& ours,
                 Problems& problems) {
  const auto allowed = brand::holes_of(ours);
  for (const auto& hole : brand::holes_of(own)) {
    if (std::ranges::find(allowed, hole) != allowed.end()) continue;
    problems.add(node.place,
                 allowed.empty()
                     ? fmt::format("{{{}}} is filled with nothing here", hole)
                     : fmt::format("{{{}}} is filled with nothing here; there is {{{}}}", hole,
                                   fmt::join(allowed, "}, {")));
  }
}

void read_string(const Node::Entry& entry, Brand& brand, Problems& problems) {
  const auto keys = brand::string_keys();
  const auto found = std::ranges::find(keys, entry.key, &brand::StringKey::key);
  if (found == keys.end()) {
    problems.add(entry.place, fmt::format("the page has no string {}{}", config::quote(entry.key),
                                          config::did_you_mean(entry.key, known_strings())));
    return;
  }
  auto text = config::read_text(entry.value, problems);
  if (!text) return;
  std::string& place = brand.strings.*(found->member);
  check_holes(entry.value, *text, place, problems);
  place = *std::move(text);
}

void check_months(const Node& node, const Brand& brand, Problems& problems) {
  for (const auto* names : {&brand.strings.months, &brand.strings.short_months}) {
    if (brand::words_of(*names).size() == 12) continue;
    problems.add(node.place, "months and short_months are twelve words each");
  }
}

void read_strings(Section& section, Brand& brand) {
  const Node* node = section.find("strings");
  if (node == nullptr) return;
  if (node->kind != Node::Kind::map) {
    section.problems().add(
        node->place, fmt::format("strings must be a map of keys, found {}", node->describe()));
    return;
  }
  for (const auto& entry : node->entries) read_string(entry, brand, section.problems());
  check_months(*node, brand, section.problems());
}

}  // namespace

Brand read_page(Section& top) {
  Brand brand;
  const auto* node = top.find("page");
  if (node == nullptr) return brand;
  Section section(*node, "page", top.problems());
  brand.name = read_name(section, "name", brand.name);
  brand.logo = read_logo(section);
  read_accent(section, brand);
  read_links(section, brand);
  read_footer(section, brand);
  read_zone(section, brand);
  read_language(section, brand);
  brand.check_names = section.boolean("check_names", brand.check_names);
  read_strings(section, brand);
  section.finish();
  return brand;
}

}  // namespace vedette::settings

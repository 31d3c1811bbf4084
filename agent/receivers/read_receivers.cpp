// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "agent/receivers/receiver.h"
#include "config/suggest.h"
#include "probes/expect/parse.h"
#include "probes/flow/webhook_subjects.h"

namespace vedette::receivers {
namespace {

using config::Section;

constexpr std::size_t shortest_secret = 16;

// What can stand in a URL as it is.
bool is_word(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

std::string read_name(Section& section) {
  const auto name = section.required_text("name");
  if (section.find("name") != nullptr && !is_word(name))
    section.problems().add(section.find("name")->place,
                           "the name of a receiver stands in its URL: letters, digits, - and _");
  return name;
}

SharedHeader read_header(const config::Node& node, config::Problems& problems) {
  Section section(node, "header", problems);
  SharedHeader header;
  header.name = section.required_text("name");
  const auto* value = section.require("value");
  section.finish();
  const auto secret = value == nullptr ? std::nullopt : config::read_secret(*value, problems);
  if (!secret) return header;
  if (secret->reveal().size() < shortest_secret)
    problems.add(value->place, fmt::format("the value must have at least {} characters: whoever "
                                           "guesses it can record changes",
                                           shortest_secret));
  header.value = *secret;
  return header;
}

void read_proof(Section& section, Receiver& receiver) {
  const auto* header = section.find("header");
  const auto signature = flow::read_signature(section);
  if (header != nullptr) receiver.proof = read_header(*header, section.problems());
  if (signature) receiver.proof = *signature;
  const bool has_signature = section.find("signature") != nullptr;
  if ((header != nullptr) == has_signature)
    section.problems().add(section.place(),
                           "a receiver knows its caller by one of `signature` and "
                           "`header`");
}

// Ids in order, each once.
std::vector<std::string> read_ids(Section& section, std::string_view key,
                                  const std::vector<std::string>& known) {
  auto ids = section.texts(key);
  std::ranges::sort(ids);
  const auto twice = std::ranges::unique(ids);
  ids.erase(twice.begin(), twice.end());
  const auto complain = [&](std::string what) {
    if (const auto* node = section.find(key)) section.problems().add(node->place, std::move(what));
  };
  if (ids.empty()) complain("a receiver names the components that are concerned");
  for (const auto& id : ids) {
    if (std::ranges::find(known, id) == known.end())
      complain(fmt::format("there is no component {}{}", config::quote(id),
                           config::did_you_mean(id, known)));
  }
  return ids;
}

std::optional<flow::Template> read_template(Section& section, std::string_view key,
                                            const Receiver& receiver) {
  const auto* node = section.find(key);
  if (node == nullptr) return std::nullopt;
  const auto text = config::read_text(*node, section.problems());
  if (!text) return std::nullopt;
  const auto complain = [&](std::string what) {
    section.problems().add(node->place, std::move(what));
    return std::nullopt;
  };
  auto parsed = flow::Template::parse(*text);
  if (!parsed) return complain(parsed.error());
  if (auto unfit = parsed->unfit(flow::Place::line); !unfit.empty()) return complain(unfit);
  for (const auto& name : parsed->names()) {
    if (std::ranges::find(receiver.captures, name, &flow::Capture::name) == receiver.captures.end())
      return complain(fmt::format("there is no value {}; `capture` takes it out of the call",
                                  config::quote(name)));
  }
  return *std::move(parsed);
}

ComponentsBy read_components_by(const config::Node& node, const std::vector<std::string>& known,
                                const Receiver& receiver, config::Problems& problems) {
  Section section(node, "components_by", problems);
  ComponentsBy by;
  section.require("value");
  if (auto value = read_template(section, "value", receiver)) by.value = *std::move(value);
  if (const auto* are = section.require("are")) {
    Section map(*are, "are", problems);
    if (are->entries.empty()) problems.add(are->place, "\"are\" names components for no value");
    for (const auto& entry : are->entries) by.are[entry.key] = read_ids(map, entry.key, known);
    map.finish();
  }
  section.finish();
  return by;
}

void read_components(Section& section, const std::vector<std::string>& known, Receiver& receiver) {
  const auto* by = section.find("components_by");
  const bool named = section.find("components") != nullptr;
  if (named) receiver.components = read_ids(section, "components", known);
  if (by != nullptr) receiver.by = read_components_by(*by, known, receiver, section.problems());
  if (named == (by != nullptr))
    section.problems().add(section.place(),
                           "a receiver has one of `components` and `components_by`");
}

Receiver read_receiver(const config::Node& node, const std::vector<std::string>& components,
                       config::Problems& problems) {
  Section section(node, "a receiver", problems);
  Receiver receiver;
  receiver.name = read_name(section);
  read_proof(section, receiver);
  if (const auto* when = section.find("when"))
    receiver.when = expect::parse(*when, "when", flow::webhook_subjects, problems);
  receiver.captures = flow::read_captures(section);
  read_components(section, components, receiver);
  section.require("text");
  if (auto text = read_template(section, "text", receiver)) receiver.text = *std::move(text);
  receiver.at = read_template(section, "at", receiver);
  receiver.is_public = section.boolean("public", false);
  section.finish();
  return receiver;
}

}  // namespace

std::vector<Receiver> read_receivers(Section& top, const std::vector<std::string>& components) {
  std::vector<Receiver> receivers;
  const auto* node = top.find("change_receivers");
  if (node == nullptr) return receivers;
  if (node->kind != config::Node::Kind::list) {
    top.problems().add(node->place, fmt::format("\"change_receivers\" must be a list, found {}",
                                                node->describe()));
    return receivers;
  }
  std::set<std::string> names;
  for (const auto& item : node->items) {
    auto receiver = read_receiver(item, components, top.problems());
    if (!names.insert(receiver.name).second)
      top.problems().add(
          item.place, fmt::format("a second receiver is called {}", config::quote(receiver.name)));
    receivers.push_back(std::move(receiver));
  }
  return receivers;
}

}  // namespace vedette::receivers

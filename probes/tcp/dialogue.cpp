// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/dialogue.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::tcp {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr std::size_t max_steps = 100;

// A text of the configuration, or a secret.
std::optional<std::string> read_bytes(const Node& node, Mask& mask, Problems& problems) {
  if (node.kind != Node::Kind::map) return config::read_text(node, problems);
  const auto secret = config::read_secret(node, problems);
  if (!secret) return std::nullopt;
  mask.add_with_encodings(secret->reveal());
  return secret->reveal();
}

// Splits at ${name}; "$${" stands for "${".
class TemplateReader {
 public:
  TemplateReader(const Node& node, const std::vector<std::string>& known, Problems& problems)
      : node_(node), known_(known), problems_(problems) {}

  Send read(std::string_view text) {
    Send send{{""}};
    for (std::size_t at = 0; at < text.size();) {
      if (text.substr(at).starts_with("$${")) {
        send.parts.back() += "${";
        at += 3;
      } else if (text.substr(at).starts_with("${")) {
        at = name(text, at + 2, send);
      } else {
        send.parts.back() += text[at++];
      }
    }
    return send;
  }

 private:
  std::size_t name(std::string_view text, std::size_t begin, Send& send) {
    const std::size_t end = std::min(text.find('}', begin), text.size());
    std::string found(text.substr(begin, end - begin));
    if (std::ranges::find(known_, found) == known_.end()) {
      problems_.add(node_.place,
                    fmt::format("no step before this one captures {}; a regular expression does, "
                                "by a group (?P<name>...)",
                                config::quote(found)));
    }
    send.parts.push_back(std::move(found));
    send.parts.emplace_back();
    return std::min(end + 1, text.size());
  }

  const Node& node_;
  const std::vector<std::string>& known_;
  Problems& problems_;
};

class DialogueReader {
 public:
  DialogueReader(Mask& mask, Problems& problems) : mask_(mask), problems_(problems) {}

  void read(const Node& node) {
    Section step(node, "a step of the dialogue", problems_);
    if (const Node* text = step.find("send")) read_send(*text);
    if (const Node* hex = step.find("send_bytes")) read_send_bytes(*hex);
    if (const Node* wanted = step.find("expect")) read_expect(*wanted);
    if (const Node* hex = step.find("expect_bytes")) read_expect_bytes(*hex);
    if (step.boolean("start_tls", false)) steps_.emplace_back(GoSecure{});
    step.finish();
    if (node.kind == Node::Kind::map && node.entries.size() != 1) {
      problems_.add(node.place,
                    "a step of the dialogue has one key: send, send_bytes, expect, "
                    "expect_bytes or start_tls");
    }
  }

  std::vector<Step> finish() && { return std::move(steps_); }

 private:
  void read_send(const Node& node) {
    const auto text = read_bytes(node, mask_, problems_);
    if (!text) return;
    // A secret is sent as it is.
    const bool is_secret = node.kind == Node::Kind::map;
    steps_.emplace_back(is_secret ? Send{{*text}}
                                  : TemplateReader(node, known_, problems_).read(*text));
  }

  void read_send_bytes(const Node& node) {
    if (auto bytes = read_hex(node)) steps_.emplace_back(Send{{*std::move(bytes)}});
  }

  void read_expect_bytes(const Node& node) {
    auto bytes = read_hex(node);
    if (!bytes) return;
    std::string words = fmt::format("the bytes {}", node.scalar);
    steps_.emplace_back(Await{*std::move(bytes), std::move(words)});
  }

  void read_expect(const Node& node) {
    if (node.kind == Node::Kind::scalar) return read_contains(node);
    Section matcher(node, "expect", problems_);
    const Node* contains = matcher.find("contains");
    const Node* matches = matcher.find("matches");
    matcher.finish();
    if ((contains == nullptr) == (matches == nullptr)) {
      problems_.add(node.place, "\"expect\" wants either contains or matches");
      return;
    }
    if (contains != nullptr) return read_contains(*contains);
    read_pattern(*matches);
  }

  void read_contains(const Node& node) {
    auto text = config::read_text(node, problems_);
    if (!text) return;
    if (text->empty()) problems_.add(node.place, "every answer contains the empty text");
    std::string words = fmt::format("\"{}\"", printable(*text));
    steps_.emplace_back(Await{*std::move(text), std::move(words)});
  }

  void read_pattern(const Node& node) {
    const auto text = config::read_text(node, problems_);
    if (!text) return;
    auto pattern = Pattern::compile(*text);
    if (!pattern) {
      problems_.add(node.place, pattern.error());
      return;
    }
    std::ranges::copy(pattern->group_names(), std::back_inserter(known_));
    std::string words = fmt::format("what matches /{}/", printable(*text));
    steps_.emplace_back(Await{*std::move(pattern), std::move(words)});
  }

  std::optional<std::string> read_hex(const Node& node) {
    const auto text = config::read_text(node, problems_);
    if (!text) return std::nullopt;
    auto bytes = parse_hex(*text);
    if (!bytes || bytes->empty()) {
      problems_.add(node.place, "expected bytes as pairs of hex digits, such as \"00 ff 0a\"");
      return std::nullopt;
    }
    return bytes;
  }

  Mask& mask_;
  Problems& problems_;
  std::vector<std::string> known_;  // names of captures so far
  std::vector<Step> steps_;
};

}  // namespace

std::string Send::text(const Captures& captures) const {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i % 2 == 0) {
      out += parts[i];
    } else if (const auto found = captures.find(parts[i]); found != captures.end()) {
      out += found->second;
    }
  }
  return out;
}

std::optional<std::size_t> Await::find(std::string_view received, Captures& captures) const {
  if (const auto* text = std::get_if<std::string>(&wanted)) {
    const std::size_t at = received.find(*text);
    return at == received.npos ? std::nullopt : std::optional(at + text->size());
  }
  auto match = std::get<Pattern>(wanted).find(received);
  if (!match) return std::nullopt;
  for (auto& [name, value] : match->groups) captures[name] = std::move(value);
  return match->end;
}

std::vector<Step> read_dialogue(const Node& node, Mask& mask, Problems& problems) {
  DialogueReader reader(mask, problems);
  if (node.kind != Node::Kind::list || node.items.empty() || node.items.size() > max_steps) {
    problems.add(node.place, fmt::format("\"dialogue\" must be a list of 1 to {} steps, found {}",
                                         max_steps, node.describe()));
    return {};
  }
  for (const Node& step : node.items) reader.read(step);
  return std::move(reader).finish();
}

std::optional<std::string> parse_hex(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned value = 0;
    const char* begin = digits.data() + i;
    const auto [end, error] = std::from_chars(begin, begin + 2, value, 16);
    if (error != std::errc() || end != begin + 2) return std::nullopt;
    out += static_cast<char>(value);
  }
  return out;
}

}  // namespace vedette::tcp

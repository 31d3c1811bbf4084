// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/parse_message.h"

#include <fmt/format.h>

namespace vedette::round_trip {
namespace {

using config::Node;
using config::Section;

constexpr std::string_view usual_subject = "Vedette mail check";

message::Address read_address(Section& section, std::string_view key) {
  const Node* node = section.require(key);
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return {};
  if (auto address = message::parse_address(*text)) return *std::move(address);
  section.problems().add(node->place,
                         fmt::format("\"{}\" must be one address in ASCII, such as "
                                     "probe@example.com or Shop <probe@example.com>, found {}",
                                     key, config::quote(*text)));
  return {};
}

// A plain address; "" is the null sender, to which nothing bounces.
std::string read_envelope_address(Section& section, std::string_view key, std::string fallback) {
  const Node* node = section.find(key);
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return fallback;
  if (key == "from" && text->empty()) return {};
  if (message::is_mail_address(*text)) return *text;
  section.problems().add(node->place, fmt::format("{} is no mail address", config::quote(*text)));
  return fallback;
}

void read_envelope(Section& section, Settings& out) {
  out.envelope_from = out.message.from.mail;
  out.envelope_to = out.message.to.mail;
  const Node* node = section.find("envelope");
  if (node == nullptr) return;
  Section envelope(*node, "envelope", section.problems());
  out.envelope_from = read_envelope_address(envelope, "from", out.envelope_from);
  out.envelope_to = read_envelope_address(envelope, "to", out.envelope_to);
  envelope.finish();
}

// Nothing when it would not stay one line.
std::optional<std::string> read_line(const Node& node, std::string_view what,
                                     config::Problems& problems) {
  auto text = config::read_text(node, problems);
  if (!text || is_one_line(*text)) return text;
  problems.add(node.place, fmt::format("{} holds a control character, such as a line break, or is "
                                       "longer than 800 bytes",
                                       what));
  return std::nullopt;
}

std::string read_subject(Section& section) {
  const Node* node = section.find("subject");
  if (node == nullptr) return std::string(usual_subject);
  return read_line(*node, "the subject", section.problems()).value_or("");
}

void read_headers(Section& section, message::Headers& out) {
  const Node* node = section.find("headers");
  if (node == nullptr) return;
  Section headers(*node, "headers", section.problems());  // for its complaint about other kinds
  for (const Node::Entry& header : node->entries) {
    if (!may_set_header(header.key)) {
      section.problems().add(header.place,
                             fmt::format("{} is no header name, or one that is set by itself",
                                         config::quote(header.key)));
      continue;
    }
    const auto what = fmt::format("the value of {}", header.key);
    if (auto value = read_line(header.value, what, section.problems())) {
      out.emplace_back(header.key, *std::move(value));
    }
  }
}

std::string read_body(Section& section) {
  const Node* node = section.find("body");
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return std::string(default_body);
  if (!is_body(*text)) {
    section.problems().add(node->place, "the body holds a control character, or more than 64 KiB");
  }
  return *text;
}

}  // namespace

void parse_message(Section& section, Settings& out) {
  out.message.from = read_address(section, "from");
  out.message.to = read_address(section, "to");
  read_envelope(section, out);
  out.message.subject = read_subject(section);
  read_headers(section, out.message.headers);
  out.message.body = read_body(section);
}

}  // namespace vedette::round_trip

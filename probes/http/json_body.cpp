// SPDX-License-Identifier: Apache-2.0
#include "probes/http/json_body.h"

#include "probes/encoding.h"
#include "probes/http/sensitive.h"
#include "probes/json_number.h"

namespace vedette::http {
namespace {

using config::Node;

bool is_secret(const Node& node) {
  if (node.kind != Node::Kind::map || node.entries.size() != 1) return false;
  const Node::Entry& only = node.entries.front();
  if (only.key != "secret" || only.value.kind != Node::Kind::map) return false;
  return only.value.entries.size() == 1 && (only.value.find("env") || only.value.find("file"));
}

class Writer {
 public:
  Writer(Mask& mask, config::Problems& problems) : mask_(mask), problems_(problems) {}

  // `key` is that of the nearest map around the node.
  void write(const Node& node, std::string_view key) {
    switch (node.kind) {
      case Node::Kind::null:
        out_ += "null";
        break;
      case Node::Kind::scalar:
        write_scalar(node, key);
        break;
      case Node::Kind::list:
        write_list(node, key);
        break;
      case Node::Kind::map:
        write_map(node);
        break;
    }
  }

  std::optional<std::string> finish() && {
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void write_text(std::string_view text) {
    out_ += '"';
    out_ += json_escape(text);
    out_ += '"';
  }

  void write_scalar(const Node& node, std::string_view key) {
    const std::string& text = node.scalar;
    const bool plain = !node.quoted && (text == "true" || text == "false" || is_json_number(text));
    if (is_sensitive(key)) mask_value(mask_, key, text);
    if (plain)
      out_ += text;
    else
      write_text(text);
  }

  void write_list(const Node& node, std::string_view key) {
    out_ += '[';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (i > 0) out_ += ',';
      write(node.items[i], key);
    }
    out_ += ']';
  }

  void write_map(const Node& node) {
    if (is_secret(node)) return write_secret(node.entries.front().value);
    out_ += '{';
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      if (i > 0) out_ += ',';
      write_text(node.entries[i].key);
      out_ += ':';
      write(node.entries[i].value, node.entries[i].key);
    }
    out_ += '}';
  }

  void write_secret(const Node& node) {
    const auto secret = config::read_secret(node, problems_);
    failed_ = failed_ || !secret;
    if (!secret) return;
    mask_.add_with_encodings(secret->reveal());
    write_text(secret->reveal());
  }

  Mask& mask_;
  config::Problems& problems_;
  std::string out_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> json_body(const Node& node, Mask& mask, config::Problems& problems) {
  Writer writer(mask, problems);
  writer.write(node, {});
  return std::move(writer).finish();
}

}  // namespace vedette::http

// SPDX-License-Identifier: Apache-2.0
// Where a secret comes from: the text itself, the environment, or a file. Its value never reaches a
// message.
#include <cerrno>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "config/file.h"
#include "config/node.h"

namespace vedette::config {
namespace {

constexpr std::size_t longest_secret = 64 << 10;

using Text = std::expected<std::string, std::string>;

Text from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) {
    return std::unexpected(fmt::format("the environment variable {} is not set", quote(name)));
  }
  if (*value == '\0') {
    return std::unexpected(fmt::format("the environment variable {} is empty", quote(name)));
  }
  return std::string(value);
}

Text from_file(const std::string& path, const Place& place) {
  const auto full = std::filesystem::path(place.file.text()).parent_path() / path;
  auto content = read_file(full, longest_secret);
  if (!content) {
    return std::unexpected(fmt::format("the secret file {} {}", full.string(), content.error()));
  }
  if (content->ends_with('\n')) content->pop_back();
  if (content->ends_with('\r')) content->pop_back();
  if (content->empty()) {
    return std::unexpected(fmt::format("the secret file {} is empty", full.string()));
  }
  if (content->find('\0') != std::string::npos) {
    return std::unexpected(fmt::format("the secret file {} holds binary data", full.string()));
  }
  return content;
}

}  // namespace

std::optional<Secret> read_secret(const Node& node, Problems& problems) {
  if (node.kind == Node::Kind::scalar) return Secret(node.scalar);
  if (node.kind != Node::Kind::map) {
    problems.add(node.place, fmt::format("expected a secret: a text, {{env: NAME}} or {{file: "
                                         "PATH}}, found {}",
                                         node.describe()));
    return std::nullopt;
  }
  Section section(node, "a secret", problems);
  const Node* env = section.find("env");
  const Node* file = section.find("file");
  section.finish();
  if ((env != nullptr) == (file != nullptr)) {
    problems.add(node.place, "a secret is either {env: NAME} or {file: PATH}");
    return std::nullopt;
  }
  const Node& source = env != nullptr ? *env : *file;
  const auto name = read_text(source, problems);
  if (!name) return std::nullopt;
  auto value = env != nullptr ? from_environment(*name) : from_file(*name, node.place);
  if (value) return Secret(*std::move(value));
  problems.add(source.place, value.error());
  return std::nullopt;
}

}  // namespace vedette::config

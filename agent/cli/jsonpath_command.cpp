// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/jsonpath_command.h"

#include <cstdio>
#include <expected>

#include <boost/json/parse.hpp>
#include <fmt/core.h>

#include "config/file.h"
#include "probes/jsonpath/json_text.h"
#include "probes/jsonpath/path.h"

namespace vedette::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t max_document = 64 << 20;
constexpr std::size_t max_depth = 512;

using Text = std::expected<std::string, std::string>;

Text read_standard_input() {
  std::string text;
  char piece[16 << 10];
  while (const std::size_t got = std::fread(piece, 1, sizeof piece, stdin)) {
    text.append(piece, got);
    if (text.size() > max_document) return std::unexpected("standard input is larger than 64 MiB");
  }
  return text;
}

Text read_document(const std::string& file) {
  if (file.empty() || file == "-") return read_standard_input();
  auto text = config::read_file(file, max_document);
  if (!text) return std::unexpected(fmt::format("{} {}", file, text.error()));
  return text;
}

int refuse(const std::string& why) {
  fmt::print(stderr, "vedette: {}\n", why);
  return 2;
}

std::string array_of(const std::vector<const json::value*>& values) {
  std::string out = "[";
  for (const json::value* value : values) {
    if (out.size() > 1) out += ',';
    jsonpath::append_json(out, *value);
  }
  return out + "]";
}

}  // namespace

int jsonpath_command(const std::string& path, const std::string& file) {
  const auto query = jsonpath::Path::parse(path);
  if (!query) return refuse(query.error());
  const auto text = read_document(file);
  if (!text) return refuse(text.error());
  boost::system::error_code error;
  const json::parse_options options{.max_depth = max_depth};
  const json::value document = json::parse(*text, error, {}, options);
  if (error) return refuse("the document is not JSON: " + error.message());
  const auto selected = query->select(document);
  if (!selected) return refuse(selected.error());
  fmt::print("{}\n", array_of(*selected));
  return 0;
}

}  // namespace vedette::cli

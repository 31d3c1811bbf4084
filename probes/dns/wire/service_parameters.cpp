// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/service_parameters.h"

#include <array>

#include <fmt/format.h>

#include "probes/dns/wire/fields.h"

namespace vedette::dns {
namespace {

enum Key : std::uint16_t {
  mandatory,
  alpn,
  no_default_alpn,
  port,
  ipv4hint,
  ech,
  ipv6hint,
  dohpath
};

constexpr std::array<std::string_view, 8> key_words{
    "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"};

std::string key_text(std::uint16_t key) {
  return key < key_words.size() ? std::string(key_words[key]) : fmt::format("key{}", key);
}

// One text for each piece that `next` takes, with commas between them.
template <class Next>
std::string list(Reader& value, Next next) {
  std::string out;
  do {
    if (!out.empty()) out += ',';
    out += next();
  } while (value.ok() && !value.at_end());
  return out;
}

std::string value_text(std::uint16_t key, Reader& value) {
  switch (key) {
    case mandatory:
      return list(value, [&] { return key_text(value.u16()); });
    case alpn:
      return '"' + list(value, [&] { return escaped(value.counted()); }) + '"';
    case port:
      return fmt::format("{}", value.u16());
    case ipv4hint:
      return list(value, [&] { return ipv4_text(value.bytes(4)); });
    case ipv6hint:
      return list(value, [&] { return ipv6_text(value.bytes(16)); });
    case ech:
      return base64_text(value.rest());
    default:
      return quoted(value.rest());
  }
}

}  // namespace

std::optional<std::string> service_parameters_text(Reader& data) {
  std::string out;
  int last = -1;
  while (data.ok() && !data.at_end()) {
    const std::uint16_t key = data.u16();
    Reader value = data.part(data.u16());
    if (!value.ok() || key <= last) return std::nullopt;
    last = key;
    if (!out.empty()) out += ' ';
    out += key_text(key);
    if (value.at_end() && key != mandatory && key != port) continue;
    out += '=' + value_text(key, value);
    if (!value.ok() || !value.at_end()) return std::nullopt;
  }
  return out;
}

}  // namespace vedette::dns

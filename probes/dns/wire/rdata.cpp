// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/rdata.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "probes/dns/wire/fields.h"
#include "probes/dns/wire/service_parameters.h"
#include "probes/dns/wire/words.h"

namespace vedette::dns {
namespace {

enum class Field : std::uint8_t {
  u8,
  u16,
  u32,
  name,
  ipv4,
  ipv6,
  type,
  time,        // RRSIG: seconds since 1970, modulo 2^32
  text,        // one length byte, so many bytes, quoted
  texts,       // as many of these as there are, at least one
  rest_text,   // all that is left, quoted
  tag,         // CAA: one length byte, so many bytes, not quoted
  hex,         // all that is left
  base64,      // all that is left
  salt,        // NSEC3: one length byte, so many bytes in hex, "-" when none
  hash,        // NSEC3: the same in base32
  types,       // NSEC: a bitmap of types
  parameters,  // SVCB: key=value
};

struct Layout {
  std::uint16_t type;
  std::array<Field, 9> fields{};
  std::size_t count = 0;

  constexpr Layout(std::uint16_t number, std::initializer_list<Field> given) : type(number) {
    for (const Field field : given) fields[count++] = field;
  }
};

using enum Field;
constexpr std::array layouts{
    Layout{1, {ipv4}},
    Layout{2, {name}},
    Layout{5, {name}},
    Layout{6, {name, name, u32, u32, u32, u32, u32}},
    Layout{12, {name}},
    Layout{13, {text, text}},
    Layout{15, {u16, name}},
    Layout{16, {texts}},
    Layout{17, {name, name}},
    Layout{18, {u16, name}},
    Layout{28, {ipv6}},
    Layout{33, {u16, u16, u16, name}},
    Layout{35, {u16, u16, text, text, text, name}},
    Layout{36, {u16, name}},
    Layout{37, {u16, u16, u8, base64}},
    Layout{39, {name}},
    Layout{43, {u16, u8, u8, hex}},
    Layout{44, {u8, u8, hex}},
    Layout{46, {Field::type, u8, u8, u32, time, time, u16, name, base64}},
    Layout{47, {name, types}},
    Layout{48, {u16, u8, u8, base64}},
    Layout{50, {u8, u8, u16, salt, hash, types}},
    Layout{51, {u8, u8, u16, salt}},
    Layout{52, {u8, u8, u8, hex}},
    Layout{53, {u8, u8, u8, hex}},
    Layout{59, {u16, u8, u8, hex}},
    Layout{60, {u16, u8, u8, base64}},
    Layout{61, {base64}},
    Layout{62, {u32, u16, types}},
    Layout{63, {u32, u8, u8, hex}},
    Layout{64, {u16, name, parameters}},
    Layout{65, {u16, name, parameters}},
    Layout{99, {texts}},
    Layout{256, {u16, u16, rest_text}},
    Layout{257, {u8, tag, rest_text}},
};

std::optional<std::string> counted_texts(Reader& data) {
  std::string out;
  do {
    out += (out.empty() ? "" : " ") + quoted(data.counted());
  } while (data.ok() && !data.at_end());
  return out;
}

// Nothing when the bytes are there but make no sense.
std::optional<std::string> field_text(Field field, Reader& data) {
  switch (field) {
    case u8:
      return fmt::format("{}", data.u8());
    case u16:
      return fmt::format("{}", data.u16());
    case u32:
      return fmt::format("{}", data.u32());
    case name:
      return data.name();
    case ipv4:
      return ipv4_text(data.bytes(4));
    case ipv6:
      return ipv6_text(data.bytes(16));
    case Field::type:
      return type_text(data.u16());
    case time:
      return time_text(data.u32());
    case text:
      return quoted(data.counted());
    case texts:
      return counted_texts(data);
    case rest_text:
      return quoted(data.rest());
    case tag:
      return tag_text(data.counted());
    case hex:
      return hex_text(data.rest());
    case base64:
      return base64_text(data.rest());
    case salt:
      return salt_text(data.counted());
    case hash:
      return base32_text(data.counted());
    case types:
      return type_bitmap_text(data.rest());
    case parameters:
      return service_parameters_text(data);
  }
  return std::nullopt;
}

std::optional<std::string> known_text(std::span<const Field> fields, Reader& data) {
  std::string out;
  for (const Field field : fields) {
    const auto text = field_text(field, data);
    if (!text || !data.ok()) return std::nullopt;
    if (!out.empty() && !text->empty()) out += ' ';
    out += *text;
  }
  if (!data.at_end()) return std::nullopt;
  return out;
}

std::string unknown_text(Reader& data) {
  const std::string_view bytes = data.rest();
  return fmt::format("\\# {}{}{}", bytes.size(), bytes.empty() ? "" : " ", hex_text(bytes));
}

}  // namespace

std::optional<std::string> rdata_text(std::uint16_t type, std::uint16_t klass, Reader data) {
  if (!data.ok()) return std::nullopt;
  const auto* layout = std::ranges::find(layouts, type, &Layout::type);
  const bool of_class_in = type == type::a || type == type::aaaa;
  if (layout == layouts.end() || (of_class_in && klass != class_in)) return unknown_text(data);
  return known_text(std::span(layout->fields).first(layout->count), data);
}

}  // namespace vedette::dns

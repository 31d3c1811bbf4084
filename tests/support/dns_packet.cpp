// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dns_packet.h"

#include <algorithm>

namespace vedette::test {

std::string be16(unsigned value) {
  return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}

std::string be32(std::uint32_t value) {
  return be16(value >> 16U) + be16(value & 0xffffU);
}

std::string wire_name(std::string_view dotted) {
  std::string out;
  while (!dotted.empty()) {
    const std::size_t end = std::min(dotted.find('.'), dotted.size());
    out += static_cast<char>(end);
    out += dotted.substr(0, end);
    dotted.remove_prefix(std::min(end + 1, dotted.size()));
  }
  return out + '\0';
}

DnsPacket& DnsPacket::question(std::string_view name, unsigned type, unsigned klass) {
  ++counts_[0];
  return raw(wire_name(name) + be16(type) + be16(klass));
}

DnsPacket& DnsPacket::record(std::size_t section, const std::string& name, unsigned type,
                             unsigned klass, std::uint32_t ttl, const std::string& data) {
  ++counts_[section];
  return raw(name + be16(type) + be16(klass) + be32(ttl) +
             be16(static_cast<unsigned>(data.size())) + data);
}

DnsPacket& DnsPacket::answer(const std::string& name, unsigned type, const std::string& data,
                             std::uint32_t ttl, unsigned klass) {
  return record(1, name, type, klass, ttl, data);
}

DnsPacket& DnsPacket::authority(const std::string& name, unsigned type, const std::string& data) {
  return record(2, name, type, 1, 300, data);
}

DnsPacket& DnsPacket::additional(const std::string& name, unsigned type, const std::string& data) {
  return record(3, name, type, 1, 300, data);
}

DnsPacket& DnsPacket::edns(unsigned size, std::uint32_t flags, const std::string& options) {
  return record(3, wire_name(""), 41, size, flags, options);
}

DnsPacket& DnsPacket::raw(const std::string& bytes) {
  body_ += bytes;
  return *this;
}

std::string DnsPacket::bytes() const {
  std::string out = be16(id_) + be16(flags_);
  for (const unsigned count : counts_) out += be16(count);
  return out + body_;
}

}  // namespace vedette::test

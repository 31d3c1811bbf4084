// SPDX-License-Identifier: Apache-2.0
// DNS messages put together by hand, byte by byte where a test wants it so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::test {

std::string be16(unsigned value);
std::string be32(std::uint32_t value);
// "mail.example.com" as labels; "" is the root.
std::string wire_name(std::string_view dotted);

class DnsPacket {
 public:
  static constexpr unsigned response = 0x8000, authoritative = 0x0400, truncated = 0x0200,
                            recursion_desired = 0x0100, recursion_available = 0x0080,
                            authenticated = 0x0020, checking_disabled = 0x0010;

  explicit DnsPacket(unsigned id, unsigned flags = response) : id_(id), flags_(flags) {}

  DnsPacket& question(std::string_view name, unsigned type, unsigned klass = 1);
  // `name` and `data` as bytes.
  DnsPacket& answer(const std::string& name, unsigned type, const std::string& data,
                    std::uint32_t ttl = 300, unsigned klass = 1);
  DnsPacket& authority(const std::string& name, unsigned type, const std::string& data);
  DnsPacket& additional(const std::string& name, unsigned type, const std::string& data);
  DnsPacket& edns(unsigned size, std::uint32_t flags, const std::string& options = {});
  DnsPacket& raw(const std::string& bytes);
  // Announces so many more records of the answer than there are.
  DnsPacket& lie(unsigned more) {
    counts_[1] += more;
    return *this;
  }

  std::string bytes() const;

 private:
  DnsPacket& record(std::size_t section, const std::string& name, unsigned type, unsigned klass,
                    std::uint32_t ttl, const std::string& data);

  unsigned id_, flags_;
  std::vector<unsigned> counts_{0, 0, 0, 0};
  std::string body_;
};

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// What a server sends as header lines, as a Location and as a body ends in bounded, harmless
// values.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probes/net/answer_reader.h"
#include "probes/net/redirect.h"
#include "probes/net/url.h"

namespace {

using namespace vedette;
using namespace vedette::net;

void require(bool holds) {
  if (!holds) std::abort();
}

void follow(const std::string& location) {
  static const auto base = Url::parse("http://user:password@shop.test/a/b?c");
  const auto next = base->follow(location);
  if (!next) return;
  require(!next->host().empty() && !next->port().empty());
  for (const char c : next->host()) require(c > ' ' && c < '\x7f');
  require(next->shown().starts_with(next->secure() ? "https://" : "http://"));
  // Whoever is led to another host does not get our password.
  if (next->host() != base->host()) {
    require(next->with_host("h").find("user:password@") == std::string::npos ||
            location.find("user:password@") != std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  AnswerReader reader(64, Deadline::in(std::chrono::hours(1)));
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    if (!reader.header_line(rest.substr(0, end))) break;
    reader.body(rest.substr(0, end), [] { return std::size_t{1}; });
    rest.remove_prefix(end);
  }
  require(reader.take_body().size() <= 64);
  const auto headers = reader.take_headers();
  require(headers.size() <= AnswerReader::max_headers);
  for (const auto& [name, value] : headers) require(!name.ends_with(' ') && !value.ends_with('\n'));
  if (const auto* location = find_header(headers, "Location")) follow(*location);
  follow(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}

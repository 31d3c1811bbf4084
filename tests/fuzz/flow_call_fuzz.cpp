// SPDX-License-Identifier: Apache-2.0
// Whatever a provider's call holds, it is not trusted without the secret, what it says about an
// error is one clean line, and what is captured from it never changes the request around it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probes/encoding.h"
#include "probes/flow/report.h"
#include "probes/flow/signature.h"
#include "probes/flow/text/section.h"
#include "probes/http/json_body.h"
#include "probes/net/url.h"

namespace {

using namespace vedette;
using namespace vedette::flow;

void require(bool holds) {
  if (!holds) std::abort();
}

config::Node scalar(std::string text) {
  config::Node node;
  node.kind = config::Node::Kind::scalar;
  node.scalar = std::move(text);
  return node;
}

config::Node map(std::string key, config::Node value) {
  config::Node node;
  node.kind = config::Node::Kind::map;
  node.entries.push_back({std::move(key), {}, std::move(value)});
  return node;
}

config::Node filled(config::Node node, const Value& value) {
  config::Problems problems;
  const auto section = Section::read(std::move(node), "http", problems);
  const Scope scope{[&](std::string_view) { return &value; }, "seed", 0};
  auto out = section.fill(scope);
  require(out.has_value());
  return *std::move(out);
}

void check_url(const Value& value) {
  const auto node = filled(map("url", scalar("http://a.test/x/${v}/y")), value);
  const auto url = net::Url::parse(node.entries[0].value.scalar);
  require(url && url->host() == "a.test");
  require(node.entries[0].value.scalar.find_first_of("?#\r\n ") == std::string::npos);
}

void check_json(const Value& value) {
  const auto node = filled(map("json", map("k", scalar("${v}"))), value);
  Mask mask;
  config::Problems problems;
  const auto body = http::json_body(node.entries[0].value, mask, problems);
  require(body && *body == "{\"k\":\"" + json_escape(value.text) + "\"}");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto cut = std::min(text.find('\n'), text.size());
  const std::string header = text.substr(0, cut);
  const Answer call{{{"Stripe-Signature", header},
                     {"webhook-id", "m"},
                     {"webhook-timestamp", "1700000000"},
                     {"webhook-signature", header},
                     {"X-Hub-Signature-256", header}},
                    text.substr(std::min(cut + 1, text.size())),
                    false};
  const Signature signature{static_cast<Scheme>(data[0] % 3), Secret("nobody guesses this")};
  require(!mistrust(signature, call, Instant{std::chrono::seconds(1'700'000'000)}).empty());
  require(provider_error(call).find('\n') == std::string::npos);
  const Value value{text};
  check_url(value);
  if (is_utf8(text)) check_json(value);
  return 0;
}

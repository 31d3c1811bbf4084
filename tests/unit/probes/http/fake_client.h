// SPDX-License-Identifier: Apache-2.0
// An HTTP client without a network: answers by a function and remembers what it was asked.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/http/run.h"
#include "tests/support/run_coroutine.h"

namespace vedette::http::test {

struct Asked {
  net::HttpRequest request;
  net::HttpOptions options;
  Deadline deadline;
};

class FakeClient final : public net::HttpClient {
 public:
  std::function<net::HttpExchange(const Asked&)> answer;
  std::vector<Asked> asked;

  Awaitable<net::HttpExchange> exchange(net::HttpRequest request, const net::HttpOptions& options,
                                        Deadline deadline, net::HttpVisit*) override {
    asked.push_back({std::move(request), options, deadline});
    co_return answer(asked.back());
  }
};

inline std::string header(const net::HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return {};
}

inline net::HttpExchange page(int status = 200, std::string body = "hello") {
  using namespace std::chrono_literals;
  net::HttpExchange exchange;
  exchange.status = status;
  exchange.version = "1.1";
  exchange.headers = {{"Content-Type", "text/html"}, {"Content-Length", "5"}};
  exchange.body = std::move(body);
  exchange.body_bytes = exchange.body.size();
  exchange.wire_body_bytes = exchange.body.size();
  exchange.final_url = "http://shop.test/";
  exchange.remote_address = "192.0.2.1";
  exchange.timings = {1ms, 2ms, 0ms, 4ms, 5ms, 12ms};
  return exchange;
}

inline net::HttpExchange broken(Reason reason, std::string message) {
  net::HttpExchange exchange;
  exchange.failure = net::Failure{reason, std::move(message)};
  exchange.timings.total = std::chrono::milliseconds(3);
  return exchange;
}

inline std::optional<Settings> read(const std::string& yaml, config::Problems& problems) {
  const auto node = config::parse(yaml, "t.yaml", problems);
  if (!node) return std::nullopt;
  return parse_settings(*node, problems);
}

// Settings that must be free of problems.
inline Settings settings_of(const std::string& yaml) {
  config::Problems problems;
  auto settings = read(yaml, problems);
  if (!settings) throw std::runtime_error(problems.text());
  return *std::move(settings);
}

// A check with its own client and, if configured, its own token.
class Check {
 public:
  explicit Check(const std::string& yaml) : settings(settings_of(yaml)) {
    if (settings.oauth2) oauth2.emplace(settings.oauth2, settings.mask);
    client.answer = [](const Asked&) { return page(); };
  }

  Result run(std::chrono::milliseconds timeout = std::chrono::seconds(5)) {
    return run({client, Deadline::in(timeout)});
  }
  Result run_briefly() { return run({client, Deadline::in(std::chrono::seconds(5)), true}); }

  Settings settings;
  std::optional<OAuth2> oauth2;
  FakeClient client;
  boost::asio::io_context loop;

 private:
  Result run(const Means& means) {
    return vedette::test::run_coroutine(loop,
                                        http::run(settings, oauth2 ? &*oauth2 : nullptr, means));
  }
};

// Every text in the result, one after the other.
inline std::string all_texts(const Result& result) {
  std::string out = result.message + "\n" + result.transcript.text();
  for (const Observation& observation : result.evidence) {
    out += observation.expectation + "\n" + observation.saw + "\n";
  }
  for (const Fact& fact : result.facts) {
    out += fact.name + "\n";
    if (const auto* text = std::get_if<std::string>(&fact.value)) out += *text + "\n";
    if (const auto* texts = std::get_if<std::vector<std::string>>(&fact.value)) {
      for (const std::string& text : *texts) out += text + "\n";
    }
  }
  for (const std::string& info : result.infos) out += info + "\n";
  return out;
}

}  // namespace vedette::http::test

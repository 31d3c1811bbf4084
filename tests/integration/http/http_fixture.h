// SPDX-License-Identifier: Apache-2.0
// Runs an `http` section as an engineer writes it, with the real toolbox, and lets the tests ask
// what was found.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/toolbox.h"
#include "probes/probe_type.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"

namespace vedette {

// "fail connect_refused: ...", where a test shows a result.
void PrintTo(const Result& result, std::ostream* out);

}  // namespace vedette

namespace vedette::test {

using namespace std::chrono_literals;

// A parsed check: the probe of one `http` section.
class HttpCheck {
 public:
  // `yaml` is the section's content in block style. Throws std::runtime_error with the problems.
  explicit HttpCheck(const std::string& yaml);
  const Probe& probe() const { return *probe_; }

 private:
  std::unique_ptr<const Probe> probe_;
};

class HttpProbeTest : public testing::Test {
 protected:
  // Before the first run. The private root of the test site stands for the system's roots.
  net::ToolboxSettings& toolbox_settings() { return settings_; }
  net::Toolbox& toolbox();

  // One run of the section "url: URL" and `more`. Asserts that it ends in time, whatever it finds.
  Result run(const std::string& url, const std::string& more = {}, Duration timeout = 10s);
  Result run(const HttpCheck& check, Duration timeout = 10s);

  static bool has_nginx() { return Nginx::installed(); }

 private:
  net::ToolboxSettings settings_;
  boost::asio::io_context loop_{1};
  std::unique_ptr<net::Toolbox> toolbox_;  // after the loop it lives on
};

// Tests that need nginx are skipped on a machine without it, and say so.
class HttpSiteTest : public HttpProbeTest {
 protected:
  void SetUp() override;
  TestSite& site() { return test_site(); }
};

// "pass", or "fail connect_refused: connect: ...".
std::string summary(const Result& result);
// Facts as text; numbers and lists too ("a, b"). Empty when there is no such fact.
std::string fact(const Result& result, std::string_view name);
std::optional<Microseconds> phase(const Result& result, std::string_view name);
// NaN when the type has no such gauge or it was not seen.
double gauge(const Result& result, std::string_view name, std::string_view value = {});

MATCHER(Passes, "") {
  return arg.outcome == Outcome::pass && !arg.reason && arg.message.empty();
}

MATCHER_P(FailsWith, reason, std::string(text(reason))) {
  return arg.outcome == Outcome::fail && arg.reason == reason && !arg.message.empty();
}

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Runs the section of a probe as an engineer writes it, with the real toolbox, and lets the tests
// ask what was found.
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

namespace vedette {

// "fail connect_refused: ...", where a test shows a result.
void PrintTo(const Result& result, std::ostream* out);

}  // namespace vedette

namespace vedette::test {

using namespace std::chrono_literals;

// A parsed check: the probe of one section.
class ProbeCheck {
 public:
  // `yaml` is the section's content in block style. Throws std::runtime_error with the problems.
  ProbeCheck(std::string_view type, const std::string& yaml);
  const Probe& probe() const { return *probe_; }

 private:
  std::unique_ptr<const Probe> probe_;
};

class ProbeTest : public testing::Test {
 protected:
  // Before the first run.
  net::ToolboxSettings& toolbox_settings() { return settings_; }
  net::Toolbox& toolbox();

  // Asserts that the run ends in time, whatever it finds. `memory` is what an earlier run left,
  // `identity` tells the check from others.
  Result run(const ProbeCheck& check, Duration timeout = 10s, std::string memory = {},
             std::uint64_t identity = 0);
  boost::asio::io_context& loop() { return loop_; }
  void be_brief() { brief_ = true; }  // RunInput::brief

 private:
  net::ToolboxSettings settings_;
  bool brief_ = false;
  boost::asio::io_context loop_{1};
  std::unique_ptr<net::Toolbox> toolbox_;  // after the loop it lives on
};

// "pass", or "fail connect_refused: connect: ...".
std::string summary(const Result& result);
// Facts as text; numbers and lists too ("a, b"). Empty when there is no such fact.
std::string fact(const Result& result, std::string_view name);
std::optional<Microseconds> phase(const Result& result, std::string_view name);
// NaN when the type has no such gauge or it was not seen.
double gauge_of(std::string_view type, const Result& result, std::string_view name,
                std::string_view value = {});

MATCHER(Passes, "") {
  return arg.outcome == Outcome::pass && !arg.reason && arg.message.empty();
}

MATCHER_P(FailsWith, reason, std::string(text(reason))) {
  return arg.outcome == Outcome::fail && arg.reason == reason && !arg.message.empty();
}

}  // namespace vedette::test

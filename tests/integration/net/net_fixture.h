// SPDX-License-Identifier: Apache-2.0
// A loop with a toolbox, and short ways to ask it for things.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "probes/net/http_client.h"
#include "probes/net/toolbox.h"
#include "tests/support/run_coroutine.h"

namespace vedette::net {

using namespace std::chrono_literals;

class NetTest : public testing::Test {
 protected:
  explicit NetTest(ToolboxSettings settings = {}) : toolbox_(loop_, settings) {}

  HttpExchange exchange(HttpRequest request, const HttpOptions& options = {},
                        Duration within = 10s) {
    return test::run_coroutine(
        loop_, toolbox_.http().exchange(std::move(request), options, Deadline::in(within)));
  }
  HttpExchange get(std::string url, const HttpOptions& options = {}, Duration within = 10s) {
    return exchange({.url = std::move(url)}, options, within);
  }

  boost::asio::io_context loop_;
  Toolbox toolbox_;
};

inline std::string words(const HttpExchange& answer) {
  if (!answer.failure) {
    return "passed with status " + std::to_string(answer.status);
  }
  return std::string(text(answer.failure->reason)) + ": " + answer.failure->message;
}

// The exchange must have failed for this reason.
#define EXPECT_REASON(answer, wanted)                                     \
  do {                                                                    \
    const auto& checked = (answer);                                       \
    ASSERT_TRUE(checked.failure.has_value()) << words(checked);           \
    EXPECT_EQ(checked.failure->reason, Reason::wanted) << words(checked); \
  } while (false)

#define EXPECT_PASSED(answer)                                    \
  do {                                                           \
    const auto& checked = (answer);                              \
    EXPECT_FALSE(checked.failure.has_value()) << words(checked); \
  } while (false)

inline const std::string* header(const HttpExchange& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) {
      return &value;
    }
  }
  return nullptr;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
// The real program running flows against the real demo.
#pragma once

#include <string>

#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/integration/agent/running_demo.h"

namespace vedette::test {

struct FlowTest : testing::Test {
  // config/examples/flows.yaml, with the addresses of this demo.
  std::string example() const;
  // A payment at every `pace`, which is also its timeout: authorise, capture, refund. `more` are
  // keys of the flow, `card` may refer to a value.
  std::string quick_payment(const std::string& more = {}, const std::string& card = "visa",
                            const std::string& pace = "100ms") const;
  // `checks` of the component "shop", with the store in this folder.
  std::filesystem::path agent_config(const std::string& checks,
                                     const std::string& name = "vedette.yaml");

  // `vedette check` of this check of the example, as the JSON report has it.
  boost::json::array check(const std::string& name, int exit_code);

  // What the demo's ledger counts: "open_authorisations", "captured_not_refunded".
  std::int64_t count(const std::string& pile) const;
  void expect_clean_ledger() const;

  TempDir dir;
  RunningDemo demo{dir / "demo-log"};

 private:
  int checked_ = 0;
};

}  // namespace vedette::test

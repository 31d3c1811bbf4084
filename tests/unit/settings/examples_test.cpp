// SPDX-License-Identifier: Apache-2.0
// Every file of config/examples loads, with the real probes.
#include <algorithm>
#include <array>
#include <cstdlib>

#include <gtest/gtest.h>

#include "agent/settings/settings.h"
#include "tests/support/temp_dir.h"
#include "tests_config/paths.h"

namespace vedette::settings {
namespace {

namespace fs = std::filesystem;

const fs::path examples = fs::path(VEDETTE_SOURCE_DIR) / "config/examples";

constexpr std::array secrets{"VEDETTE_OPS_TOKEN",    "VEDETTE_PAY_KEY",    "VEDETTE_PAY_PIN",
                             "VEDETTE_OAUTH_SECRET", "VEDETTE_SHOP_TOKEN", "VEDETTE_MAIL_PASSWORD",
                             "VEDETTE_HOOK_SECRET"};

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(examples)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

std::string name_of(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

class Example : public testing::TestWithParam<std::string> {
 protected:
  // The secrets that the examples name are not in the repository.
  Example() {
    for (const char* name : secrets) ::setenv(name, "the-operator-s-own-secret", 1);
    fs::copy(examples, folder_.path(), fs::copy_options::recursive);
    folder_.write("tokens/deploy.token", "the-deploy-gate-s-own-secret\n");
    folder_.write("tokens/ledger.password", "the-ledger-s-own-secret\n");
    for (const char* name : {"private-ca.pem", "client.pem", "client.key"}) {
      folder_.write(std::string("tls/") + name, "read when the check runs\n");
    }
  }
  ~Example() override {
    for (const char* name : secrets) ::unsetenv(name);
  }
  test::TempDir folder_;
};

TEST_P(Example, Loads) {
  config::Problems problems;
  const auto settings = load(folder_ / (GetParam() + ".yaml"), problems);
  EXPECT_EQ(problems.text(), "");
  ASSERT_NE(settings, nullptr);
  EXPECT_FALSE(settings->checks.empty());
}

INSTANTIATE_TEST_SUITE_P(, Example, testing::ValuesIn(example_names()), name_of);

}  // namespace
}  // namespace vedette::settings

// SPDX-License-Identifier: Apache-2.0
// Walks tests/data/config: each bad file breaks one rule and says in its first line what shall be
// said of it.
#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>

#include "agent/settings/settings.h"
#include "tests/unit/settings/fake_types.h"
#include "tests_config/paths.h"

namespace vedette::settings {
namespace {

namespace fs = std::filesystem;

const fs::path source = VEDETTE_SOURCE_DIR;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// Only the rule's own type of probe, so that messages which list all types do not grow with the
// product.
std::span<const ProbeType> one_type() {
  return fake_types().first(1);
}

std::string name_of(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

class BadFile : public testing::TestWithParam<std::string> {};

TEST_P(BadFile, IsToldAsItsFirstLineSays) {
  // Read by its bare name, as the places in messages then are the same on every machine.
  fs::current_path(source / "tests/data/config/bad");
  const auto file = GetParam() + ".yaml";
  const auto expected = first_line(file);
  ASSERT_TRUE(expected.starts_with("# ")) << "the first line must say what is expected";
  config::Problems problems;
  EXPECT_EQ(load(file, one_type(), problems), nullptr);
  EXPECT_EQ(problems.text(), file + ":" + expected.substr(2) + "\n");
}

INSTANTIATE_TEST_SUITE_P(, BadFile, testing::ValuesIn(names_in(source / "tests/data/config/bad")),
                         name_of);

class GoodFile : public testing::TestWithParam<std::string> {};

TEST_P(GoodFile, Loads) {
  config::Problems problems;
  const auto file = source / "tests/data/config/good" / (GetParam() + ".yaml");
  EXPECT_NE(load(file, one_type(), problems), nullptr);
  EXPECT_EQ(problems.text(), "");
}

INSTANTIATE_TEST_SUITE_P(, GoodFile, testing::ValuesIn(names_in(source / "tests/data/config/good")),
                         name_of);

}  // namespace
}  // namespace vedette::settings

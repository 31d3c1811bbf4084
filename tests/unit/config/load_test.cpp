// SPDX-License-Identifier: Apache-2.0
// Files and directories of files.
#include <gmock/gmock.h>

#include "config/document.h"
#include "tests/support/temp_dir.h"

namespace vedette::config {
namespace {

using test::TempDir;

struct Loaded {
  std::optional<Node> root;
  std::string problems;
};

Loaded load_from(const std::filesystem::path& path, const Limits& limits = {}) {
  Problems problems;
  Loaded loaded;
  loaded.root = load(path, problems, limits);
  loaded.problems = problems.text();
  return loaded;
}

TEST(Load, AFileNamesItselfInPlaces) {
  const TempDir folder;
  const auto path = folder.write("a.yaml", "a: 1\n");
  const auto loaded = load_from(path);
  ASSERT_TRUE(loaded.root) << loaded.problems;
  EXPECT_EQ(loaded.root->find("a")->place, (Place{path.string(), 1, 4}));
}

TEST(Load, AnEmptyFileIsAnEmptyMap) {
  const TempDir folder;
  const auto loaded = load_from(folder.write("a.yaml", "# nothing\n"));
  ASSERT_TRUE(loaded.root);
  EXPECT_EQ(loaded.root->kind, Node::Kind::map);
  EXPECT_EQ(loaded.root->place.text(), (folder / "a.yaml").string());
}

TEST(Load, AMissingFileIsAProblem) {
  EXPECT_EQ(load_from("/nowhere/a.yaml").problems,
            "/nowhere/a.yaml: cannot be read: No such file or directory\n");
}

TEST(Load, ADeviceIsRefusedRatherThanReadForEver) {
  EXPECT_EQ(load_from("/dev/zero").problems, "/dev/zero: is not a regular file\n");
}

TEST(Load, WhatIsNoMapIsAProblem) {
  const TempDir folder;
  const auto path = folder.write("a.yaml", "- 1\n");
  EXPECT_EQ(load_from(path).problems,
            path.string() + ":1:1: a configuration is a map of keys, found a list\n");
}

TEST(Load, ADirectoryIsMergedInTheOrderOfItsNames) {
  const TempDir folder;
  folder.write("20-b.yaml", "checks: [{name: b}]\nagent: {region: eu}\n");
  folder.write("10-a.yaml", "checks: [{name: a}]\nagent: {listen: x}\npage:\n");
  folder.write("30-c.yaml", "page: {name: P}\n");
  folder.write(".hidden.yaml", "not: [read\n");
  folder.write("note.txt", "not: [read\n");
  folder.write("below/d.yaml", "not: [read\n");
  const auto loaded = load_from(folder.path());
  ASSERT_TRUE(loaded.root) << loaded.problems;
  EXPECT_EQ(loaded.problems, "");
  const Node& checks = *loaded.root->find("checks");
  ASSERT_EQ(checks.items.size(), 2U);
  EXPECT_EQ(checks.items[0].find("name")->scalar, "a");
  EXPECT_EQ(checks.items[1].find("name")->scalar, "b");
  EXPECT_EQ(loaded.root->find("agent")->find("region")->scalar, "eu");
  EXPECT_EQ(loaded.root->find("agent")->find("listen")->scalar, "x");
  EXPECT_EQ(loaded.root->find("page")->find("name")->scalar, "P");
}

TEST(Load, AnythingElseGivenTwiceNamesBothPlaces) {
  const TempDir folder;
  const auto a = folder.write("a.yaml", "agent: {region: eu}\nchecks: []\n").string();
  const auto b = folder.write("b.yaml", "agent:\n  region: us\nchecks: {}\n").string();
  const auto loaded = load_from(folder.path());
  EXPECT_EQ(loaded.problems,
            b + ":2:3: the key \"region\" is given twice; first at " + a + ":1:9\n" + b +
                ":3:1: the key \"checks\" is given twice; first at " + a + ":2:1\n");
  ASSERT_TRUE(loaded.root) << "the rest of the problems could not be found";
  EXPECT_EQ(loaded.root->find("agent")->find("region")->scalar, "eu");
}

TEST(Load, TellsTheProblemsOfAllFiles) {
  const TempDir folder;
  const auto a = folder.write("a.yaml", "a: [\n").string();
  const auto b = folder.write("b.yaml", "\tb: 1\n").string();
  const auto loaded = load_from(folder.path());
  EXPECT_FALSE(loaded.root);
  EXPECT_THAT(loaded.problems, testing::HasSubstr(a + ":2:"));
  EXPECT_THAT(loaded.problems, testing::HasSubstr(b + ":1:1: this line is indented with a tab"));
}

TEST(Load, ADirectoryWithoutConfigurationIsAProblem) {
  const TempDir folder;
  folder.write("a.yml", "a: 1\n");
  EXPECT_EQ(load_from(folder.path()).problems,
            folder.path().string() + ": this directory holds no *.yaml file\n");
}

TEST(Load, AllFilesTogetherObeyTheLimits) {
  const TempDir folder;
  folder.write("a.yaml", "a: [1, 2, 3]\n");
  const auto b = folder.write("b.yaml", "b: [1, 2, 3]\n").string();
  EXPECT_EQ(load_from(folder.path(), {.bytes = 20}).problems, b + ": is larger than 7 bytes\n");
  EXPECT_THAT(load_from(folder.path(), {.nodes = 8}).problems,
              testing::HasSubstr("too large here"));
  EXPECT_EQ(load_from(folder.path(), {.nodes = 12}).problems, "");
}

}  // namespace
}  // namespace vedette::config

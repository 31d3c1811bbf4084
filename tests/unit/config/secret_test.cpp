// SPDX-License-Identifier: Apache-2.0
#include "config/secret.h"

#include <concepts>
#include <cstdlib>
#include <sstream>

#include <fmt/ostream.h>
#include <gmock/gmock.h>

#include "tests/support/temp_dir.h"
#include "tests/unit/config/parsed.h"

namespace vedette::config {
namespace {

using test::TempDir;

template <class T>
concept streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(streamable<std::string>);
static_assert(!streamable<Secret>);
static_assert(fmt::is_formattable<std::string>::value);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<std::string, Secret>);

struct Read {
  std::optional<Secret> secret;
  std::string problems;
};

// Reads the key `v` of a configuration file in `folder`.
Read read_in(const TempDir& folder, std::string_view text) {
  Problems problems;
  const auto root = load(folder.write("vedette.yaml", text), problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  Read read;
  read.secret = read_secret(*root->find("v"), problems);
  read.problems = problems.text();
  return read;
}

std::string told(const TempDir& folder, std::string_view place_and_message) {
  return (folder / "vedette.yaml").string() + std::string(place_and_message) + "\n";
}

TEST(ReadSecret, TakesALiteral) {
  EXPECT_EQ(read_in(TempDir(), "v: hunter2\n").secret, Secret("hunter2"));
}

TEST(ReadSecret, TakesAnEnvironmentVariable) {
  ::setenv("VEDETTE_TEST_SECRET", "from the environment", 1);
  const auto read = read_in(TempDir(), "v: {env: VEDETTE_TEST_SECRET}\n");
  ::unsetenv("VEDETTE_TEST_SECRET");
  EXPECT_EQ(read.secret, Secret("from the environment"));
}

TEST(ReadSecret, TakesAFileBesideTheConfigurationAndDropsItsLastLineEnd) {
  const TempDir folder;
  folder.write("keys/a", "from a file\n");
  folder.write("keys/b", "two\n\r\n");
  EXPECT_EQ(read_in(folder, "v: {file: keys/a}\n").secret, Secret("from a file"));
  EXPECT_EQ(read_in(folder, "v: {file: keys/b}\n").secret, Secret("two\n"));
  EXPECT_EQ(read_in(folder, "v: {file: " + (folder / "keys/a").string() + "}\n").secret,
            Secret("from a file"));
}

TEST(ReadSecret, AMissingVariableIsAProblem) {
  EXPECT_EQ(read_in(TempDir(), "v: hunter2").problems, "");
  const TempDir folder;
  EXPECT_EQ(read_in(folder, "v: {env: VEDETTE_TEST_UNSET}\n").problems,
            told(folder, ":1:10: the environment variable \"VEDETTE_TEST_UNSET\" is not set"));
}

TEST(ReadSecret, AnUnreadableFileIsAProblemWithItsPathAndTheReason) {
  const TempDir folder;
  const auto path = (folder / "none").string();
  EXPECT_EQ(read_in(folder, "v: {file: none}\n").problems,
            told(folder,
                 ":1:11: the secret file " + path + " cannot be read: No such file or directory"));
  EXPECT_EQ(read_in(folder, "v: {file: .}\n").problems,
            told(folder, ":1:11: the secret file " + (folder / ".").string() + " is a directory"));
  EXPECT_EQ(read_in(folder, "v: {file: /dev/zero}\n").problems,
            told(folder, ":1:11: the secret file /dev/zero is not a regular file"));
}

TEST(ReadSecret, AFileWithNoSecretInItIsAProblem) {
  const TempDir folder;
  folder.write("empty", "\n");
  folder.write("binary", std::string("a\0b", 3));
  folder.write("large", std::string((64 << 10) + 1, 'x'));
  EXPECT_EQ(read_in(folder, "v: {file: empty}\n").problems,
            told(folder, ":1:11: the secret file " + (folder / "empty").string() + " is empty"));
  EXPECT_EQ(read_in(folder, "v: {file: binary}\n").problems,
            told(folder,
                 ":1:11: the secret file " + (folder / "binary").string() + " holds binary data"));
  EXPECT_EQ(read_in(folder, "v: {file: large}\n").problems,
            told(folder, ":1:11: the secret file " + (folder / "large").string() +
                             " is larger than 65536 bytes"));
}

TEST(ReadSecret, ComesFromExactlyOnePlace) {
  const TempDir folder;
  EXPECT_EQ(read_in(folder, "v: {env: A, file: B}\n").problems,
            told(folder, ":1:4: a secret is either {env: NAME} or {file: PATH}"));
  EXPECT_EQ(read_in(folder, "v: {flie: B}\n").problems,
            told(folder, ":1:4: a secret is either {env: NAME} or {file: PATH}") +
                told(folder, ":1:5: a secret has no key \"flie\"; did you mean \"file\"?"));
  EXPECT_EQ(
      read_in(folder, "v: [a]\n").problems,
      told(folder, ":1:4: expected a secret: a text, {env: NAME} or {file: PATH}, found a list"));
}

}  // namespace
}  // namespace vedette::config

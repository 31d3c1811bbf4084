// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_roots.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RootSetsTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    return directory_.write(name, text);
  }
  std::expected<Roots, Failure> get(const std::string& file, OSSL_LIB_CTX* library = nullptr) {
    return sets_.get(file, library, now_);
  }
  std::string problem(const std::string& file) {
    const auto roots = get(file);
    return roots ? "none" : roots.error().message;
  }

  test::TempDir directory_;
  test::Authority root_ = test::Authority::root("Root");
  Steady::time_point now_{};
  RootSets sets_{""};
};

TEST_F(RootSetsTest, ReadsAFileOnceAndSharesIt) {
  const std::string file = write("ca.pem", root_.pem());
  const auto first = get(file);
  ASSERT_TRUE(first) << first.error().message;
  now_ += RootSets::recheck_after;
  const auto second = get(file);
  EXPECT_EQ(first->store, second->store);
  EXPECT_EQ(first->generation, second->generation);
  EXPECT_TRUE(first->memo_allowed);
}

TEST_F(RootSetsTest, HasAStorePerLibraryContextUnderOneGeneration) {
  const std::string file = write("ca.pem", root_.pem());
  const LibraryContextPtr library(OSSL_LIB_CTX_new());
  const auto one = get(file);
  const auto other = get(file, library.get());
  EXPECT_NE(one->store, other->store);
  EXPECT_EQ(one->generation, other->generation);
  EXPECT_EQ(get(file)->store, one->store);
  sets_.forget();  // before the context it was made in
}

TEST_F(RootSetsTest, AChangedFileIsReadAgainUnderANewGeneration) {
  const std::string file = write("ca.pem", root_.pem());
  const auto old_generation = get(file)->generation;
  write("ca.pem", root_.pem() + test::Authority::root("Another").pem());
  EXPECT_EQ(get(file)->generation, old_generation) << "too early to look";
  now_ += RootSets::recheck_after;
  EXPECT_GT(get(file)->generation, old_generation);
}

TEST_F(RootSetsTest, AFileOfTheSameSizeAndNameIsToldApart) {
  const std::string file = write("ca.pem", root_.pem());
  const auto old_generation = get(file)->generation;
  const std::string replacement = write("new.pem", root_.pem());
  std::filesystem::last_write_time(replacement, std::filesystem::last_write_time(file));
  std::filesystem::rename(replacement, file);
  now_ += RootSets::recheck_after;
  EXPECT_GT(get(file)->generation, old_generation);
}

TEST_F(RootSetsTest, SaysWhyAFileCannotBeUsed) {
  EXPECT_EQ(problem("/nowhere/ca.pem"), "the CA file /nowhere/ca.pem cannot be used: no such file");
  EXPECT_THAT(problem(directory_.path()), HasSubstr("cannot be used: not a regular file"));
  EXPECT_THAT(problem(write("junk.pem", "nothing")), HasSubstr("cannot be used: "));
  EXPECT_THAT(problem(write("empty.pem", "")), HasSubstr("cannot be used: "));
  EXPECT_THAT(problem(write("half.pem", root_.pem().substr(0, 200))),
              HasSubstr("cannot be used: "));
}

TEST_F(RootSetsTest, OldRootsAreNotUsedOnWhenTheFileIsGone) {
  const std::string file = write("ca.pem", root_.pem());
  ASSERT_TRUE(get(file));
  std::filesystem::remove(file);
  now_ += RootSets::recheck_after;
  EXPECT_THAT(problem(file), HasSubstr("no such file"));
  write("ca.pem", root_.pem());
  EXPECT_FALSE(get(file)) << "too early to look";
  now_ += RootSets::recheck_after;
  EXPECT_TRUE(get(file));
}

TEST_F(RootSetsTest, AnIntermediateInTheFileIsTrustedAndSwitchesTheMemoOff) {
  const auto roots = get(write("ca.pem", root_.intermediate("Issuing").pem()));
  ASSERT_TRUE(roots);
  EXPECT_FALSE(roots->memo_allowed);
  EXPECT_NE(
      X509_VERIFY_PARAM_get_flags(X509_STORE_get0_param(roots->store)) & X509_V_FLAG_PARTIAL_CHAIN,
      0U);
}

TEST_F(RootSetsTest, ForgettingReadsAnewWithANewGeneration) {
  const std::string file = write("ca.pem", root_.pem());
  const auto old_generation = get(file)->generation;
  sets_.forget();
  EXPECT_GT(get(file)->generation, old_generation);
}

TEST_F(RootSetsTest, TheDefaultStandsForChecksThatNameNone) {
  RootSets sets(write("ca.pem", root_.pem()));
  const auto unnamed = sets.get("", nullptr, now_);
  ASSERT_TRUE(unnamed);
  EXPECT_EQ(unnamed->store, sets.get(directory_ / "ca.pem", nullptr, now_)->store);
}

// One variable as the test wants it (empty: not set), and afterwards as it was.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Environment() { set(before_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  void set(const std::string& value) {
    value.empty() ? unsetenv(name_) : setenv(name_, value.c_str(), 1);
  }

  const char* name_;
  std::string before_;
};

TEST_F(RootSetsTest, SslCertFileGoesBeforeTheSystemsRoots) {
  const std::string file = write("ca.pem", root_.pem());
  const Environment environment("SSL_CERT_FILE", file);
  EXPECT_THAT(system_root_files(), ElementsAre(file));
  EXPECT_TRUE(get(""));
}

TEST_F(RootSetsTest, SslCertDirIsReadAsOpenSslDoes) {
  write("one/0123abcd.0", root_.pem());
  write("two/89abcdef.12", root_.pem());
  write("two/readme.txt", "not a certificate");
  const Environment no_file("SSL_CERT_FILE", "");
  const Environment environment(
      "SSL_CERT_DIR", (directory_ / "one").string() + ":" + (directory_ / "two").string());
  EXPECT_THAT(system_root_files(),
              ElementsAre(directory_ / "one/0123abcd.0", directory_ / "two/89abcdef.12"));
  EXPECT_TRUE(get(""));
}

TEST_F(RootSetsTest, NoRootsAtAllIsAFailureThatNamesTheRemedy) {
  const Environment no_file("SSL_CERT_FILE", "");
  const Environment environment("SSL_CERT_DIR", directory_ / "nothing");
  EXPECT_THAT(system_root_files(), IsEmpty());
  EXPECT_EQ(problem(""), "no trusted roots were found on this system: set ca_file");
}

}  // namespace
}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "agent/app/write_site.h"

#include <gmock/gmock.h>

#include "tests/support/temp_dir.h"

namespace vedette::app {
namespace {

namespace fs = std::filesystem;
using test::read_text_file;
using testing::HasSubstr;

class WriteSiteTest : public testing::Test {
 protected:
  SiteWritten write(const std::vector<page::File>& files, bool whole = true) {
    const auto written = write_site(out_, files, whole);
    EXPECT_TRUE(written) << written.error();
    return written.value_or(SiteWritten{});
  }
  bool there(const std::string& path) const { return fs::exists(out_ / path); }

  test::TempDir dir_;
  const fs::path out_ = dir_ / "www";
};

TEST_F(WriteSiteTest, MakesTheDirectoryAndItsFolders) {
  const auto written = write({{"a/b/index.html", "one"}, {"index.html", "two"}});
  EXPECT_EQ(written.changed, 2U);
  EXPECT_EQ(read_text_file(out_ / "a/b/index.html"), "one");
  EXPECT_EQ(read_text_file(out_ / "index.html"), "two");
}

TEST_F(WriteSiteTest, LeavesAloneWhatIsAsItShouldBe) {
  write({{"index.html", "same"}});
  const auto before = fs::last_write_time(out_ / "index.html");
  const auto written = write({{"index.html", "same"}});
  EXPECT_EQ(written.unchanged, 1U);
  EXPECT_EQ(written.changed, 0U);
  EXPECT_EQ(fs::last_write_time(out_ / "index.html"), before);
}

TEST_F(WriteSiteTest, RemovesWhatItWroteBeforeAndNothingElse) {
  write({{"incidents/old/index.html", "x"}, {"index.html", "x"}});
  test::TempDir elsewhere;
  dir_.write("www/theirs.html", "not ours");
  const auto written = write({{"index.html", "x"}});
  EXPECT_EQ(written.removed, 1U);
  EXPECT_FALSE(there("incidents/old"));
  EXPECT_TRUE(there("theirs.html"));
}

TEST_F(WriteSiteTest, APartialExportRemovesNothingAndForgetsNothing) {
  write({{"old.html", "x"}, {"index.html", "x"}});
  EXPECT_EQ(write({{"index.html", "y"}}, false).removed, 0U);
  EXPECT_TRUE(there("old.html"));
  EXPECT_EQ(write({{"index.html", "y"}}).removed, 1U);
  EXPECT_FALSE(there("old.html"));
}

TEST_F(WriteSiteTest, AnEditedListLeadsNowhereElse) {
  dir_.write("precious", "x");
  write({{"index.html", "x"}});
  dir_.write("www/.vedette-files", "../precious\n/etc/hostname\n\nindex.html\n");
  EXPECT_EQ(write({{"index.html", "x"}}).removed, 0U);
  EXPECT_TRUE(fs::exists(dir_ / "precious"));
}

TEST_F(WriteSiteTest, WhatCannotBeWrittenIsNamedAndLeavesNoTrace) {
  dir_.write("www/blocked", "a file where a folder should be");
  const auto failed = write_site(out_, {{"blocked/index.html", "x"}}, true);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error(), HasSubstr("blocked/index.html"));
}

}  // namespace
}  // namespace vedette::app

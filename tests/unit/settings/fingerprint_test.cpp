// SPDX-License-Identifier: Apache-2.0
// Which edits make a check another one, and which do not.
#include "agent/settings/fingerprint.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"
#include "tests/unit/settings/fake_types.h"

namespace vedette::settings {
namespace {

using test::TempDir;

constexpr auto check_text = "{name: a, component: shop, http: {url: x, headers: {k: v}}}";

class Fingerprint : public testing::Test {
 protected:
  // Of the one check in `checks`, with `more` sections beside it.
  std::string of(const std::string& check, const std::string& more = "") {
    const auto file = folder_.write(
        "vedette.yaml",
        "components: [{id: shop, name: Shop}, {id: pay, name: Payments}]\nchecks:\n - " + check +
            "\n" + more);
    config::Problems problems;
    const auto settings = load(file, fake_types(), problems);
    EXPECT_EQ(problems.text(), "");
    return settings ? settings->checks.at(0).fingerprint : "";
  }
  TempDir folder_;
};

TEST_F(Fingerprint, StaysWhereOnlyTheTextChanges) {
  const auto before = of(check_text);
  EXPECT_EQ(before.size(), 32U);
  EXPECT_EQ(of(check_text), before);
  EXPECT_EQ(of("{component: shop, name: a, http: {url: x, headers: {k: v}}}"), before);
  EXPECT_EQ(of("name: a # the front\n   component: shop\n   http:\n     url: x\n     headers:\n    "
               "   k: v"),
            before);
  EXPECT_EQ(of("{name: a, component: shop, every: 30s, http: {url: x, headers: {k: v}}}"), before)
      << "a default written down is no change";
  EXPECT_EQ(of(check_text, "agent: {region: eu}\nincidents: {resolve_after: 1h}\n"), before);
}

TEST_F(Fingerprint, ChangesWithEverythingThatDefinesTheCheck) {
  const auto before = of(check_text);
  for (const auto* changed :
       {"{name: b, component: shop, http: {url: x, headers: {k: v}}}",
        "{name: a, component: pay, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, every: 31s, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, timeout: 4s, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {failures: 1}, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {of: 4}, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {passes: 1}, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {confirm_after: 1s}, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {degraded: {passes: 1}}, http: {url: x, headers: {k: "
        "v}}}",
        "{name: a, component: shop, detect: {intermittent: none}, http: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, detect: {flapping: {start: 40%}}, http: {url: x, headers: {k: "
        "v}}}",
        "{name: a, component: shop, dns: {url: x, headers: {k: v}}}",
        "{name: a, component: shop, http: {url: y, headers: {k: v}}}",
        "{name: a, component: shop, http: {url: x, headers: {k: w}}}",
        "{name: a, component: shop, http: {url: x, headers: {l: v}}}",
        "{name: a, component: shop, http: {url: x, headers: [k, v]}}",
        "{name: a, component: shop, http: {url: x, headers: {k: \"v\"}}}",
        "{name: a, component: shop, http: {url: x, headers: {k: v}, more: }}"}) {
    EXPECT_NE(of(changed), before) << changed;
  }
  EXPECT_NE(of(check_text, "defaults: {every: 31s}\n"), before);
}

TEST_F(Fingerprint, TellsTextsApartThatReadTheSameInARow) {
  EXPECT_NE(of("{name: a, component: shop, http: {url: x, a: bc, d: e}}"),
            of("{name: a, component: shop, http: {url: x, a: b, cd: e}}"));
  EXPECT_NE(of("{name: a, component: shop, http: {url: x, l: [a, [b]]}}"),
            of("{name: a, component: shop, http: {url: x, l: [[a], b]}}"));
}

TEST_F(Fingerprint, ChangesWhenASecretIsRotated) {
  const std::string by_file = "{name: a, component: shop, http: {url: x, password: {file: pw}}}";
  folder_.write("pw", "one");
  const auto before = of(by_file);
  folder_.write("pw", "two");
  EXPECT_NE(of(by_file), before);
  folder_.write("pw", "one\n");
  EXPECT_EQ(of(by_file), before);

  const std::string by_env =
      "{name: a, component: shop, http: {url: x, password: {env: VEDETTE_TEST_PW}}}";
  ::setenv("VEDETTE_TEST_PW", "one", 1);
  const auto first = of(by_env);
  ::setenv("VEDETTE_TEST_PW", "two", 1);
  EXPECT_NE(of(by_env), first);
  ::unsetenv("VEDETTE_TEST_PW");
}

}  // namespace
}  // namespace vedette::settings

// SPDX-License-Identifier: Apache-2.0
// The pages, and the switches that break a whole part.
#include <chrono>

#include <gmock/gmock.h>

#include "tests/support/temp_dir.h"
#include "tests/unit/demo/demo_fixture.h"
#include "tests_config/paths.h"

namespace vedette::demo {
namespace {

using testing::HasSubstr;
using testing::Not;

class ShopTest : public DemoTest {
 protected:
  std::string page(const std::string& path) { return *ask("GET", path).body; }
};

TEST_F(ShopTest, SellsAtFirst) {
  EXPECT_THAT(page("/"), HasSubstr("Vedette Shop"));
  EXPECT_THAT(page("/login"), HasSubstr("Sign in"));
  EXPECT_THAT(page("/api/catalogue"), HasSubstr("\"items\":[{\"id\":\"field-glass\""));
  EXPECT_EQ(ask("GET", "/api/catalogue").content_type, "application/json");
  EXPECT_EQ(status("GET", "/nothing"), 404);
  EXPECT_EQ(error_of(ask("GET", "/v1/nothing")), "404 invalid_request_error url_unknown");
}

TEST_F(ShopTest, ASwitchBreaksItsPartAndNoOther) {
  const std::map<std::string, std::string> paths{{"storefront", "/"},
                                                 {"login", "/login"},
                                                 {"catalogue", "/api/catalogue"},
                                                 {"payments", "/v1/payment_intents"},
                                                 {"hotel", "/hotel/pms/reservations/CANARY-1"},
                                                 {"tickets", "/api/tickets/canary"}};
  for (const auto& [broken, unused] : paths) {
    turn(broken, "off");
    for (const auto& [name, path] : paths)
      EXPECT_EQ(status("GET", path), name == broken ? 503 : 200) << broken << " " << name;
    turn(broken, "on");
  }
}

TEST_F(ShopTest, SlowTakesItsTimeAndThenWorks) {
  turn("login", "slow");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(status("GET", "/login"), 200);
  EXPECT_GE(std::chrono::steady_clock::now() - began, slowness);
}

TEST_F(ShopTest, EverySwitchHasEveryPositionThatItsPageOffers) {
  for (const auto& shown : all_switches()) {
    EXPECT_EQ(shown.choices.front().mode, Mode::on) << shown.name;
    for (const auto& choice : shown.choices) {
      turn(std::string(shown.name), std::string(demo::text(choice.mode)));
      EXPECT_TRUE(choice.effect.ends_with('.')) << shown.name;
      EXPECT_THAT(page("/switches"), HasSubstr("/switches/" + std::string(shown.name) + "/" +
                                               std::string(demo::text(choice.mode)) +
                                               "\"><button aria-pressed=\"true\""));
    }
  }
}

TEST_F(ShopTest, EverySwitchStandsInTheDocument) {
  const auto document = test::read_text_file(VEDETTE_SOURCE_DIR "/docs/demo.md");
  for (const auto& shown : all_switches()) {
    EXPECT_THAT(document, HasSubstr("`" + std::string(shown.name) + "`"));
    for (const auto& choice : shown.choices)
      EXPECT_THAT(document, HasSubstr("`" + std::string(demo::text(choice.mode)) + "`"));
  }
}

TEST_F(ShopTest, WhateverIsBrokenTheSwitchesAndTheLedgerAnswer) {
  for (const auto& shown : all_switches()) {
    turn(std::string(shown.name), std::string(demo::text(shown.choices.back().mode)));
  }
  EXPECT_EQ(status("GET", "/switches"), 200);
  EXPECT_EQ(status("GET", "/ledger"), 200);
  EXPECT_EQ(status("GET", "/ledger.json"), 200);
}

TEST_F(ShopTest, AllIsHealedAtOnce) {
  turn("login", "off");
  turn("payments", "lost");
  EXPECT_THAT(page("/switches"), HasSubstr("2 parts are broken."));
  turn("all", "on");
  EXPECT_THAT(page("/switches"), HasSubstr("Everything works."));
  EXPECT_EQ(status("GET", "/login"), 200);
}

TEST_F(ShopTest, WhatIsNoSwitchOrNoPositionOfItIsRefused) {
  EXPECT_EQ(status("POST", "/switches/none/off"), 404);
  EXPECT_EQ(status("POST", "/switches/login/broken"), 404);
  EXPECT_EQ(status("POST", "/switches/login/lost"), 404);
  EXPECT_EQ(status("POST", "/switches/all/off"), 404);
}

TEST_F(ShopTest, ABrowserIsSentBackToTheSwitchItTurned) {
  const auto answer = ask("POST", "/switches/login/off", "", {{"Accept", "text/html,*/*"}});
  EXPECT_EQ(answer.status, 303);
  ASSERT_EQ(answer.headers.back().name, "Location");
  EXPECT_EQ(answer.headers.back().value, "/switches#login");
}

TEST_F(ShopTest, TheLedgerPageTellsWhatIsHeldAndEscapesWhatClientsSent) {
  EXPECT_THAT(page("/ledger"), HasSubstr("nothing"));
  authorised("amount=12345&currency=chf&card=amex&metadata[<b>]=<script>");
  EXPECT_THAT(page("/ledger"), HasSubstr("123.45 CHF"));
  EXPECT_THAT(page("/ledger"), HasSubstr("authorised"));
  EXPECT_THAT(page("/ledger"), Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace vedette::demo

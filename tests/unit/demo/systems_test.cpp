// SPDX-License-Identifier: Apache-2.0
// The hotel, the accounts and the tickets, whole and broken.
#include <gmock/gmock.h>

#include "tests/unit/demo/demo_fixture.h"

namespace vedette::demo {
namespace {

using testing::SizeIs;

class HotelTest : public DemoTest {
 protected:
  std::string seen(const std::string& system, const std::string& field) {
    return text(get("/hotel/" + system + "/reservations/CANARY-1"), field);
  }
  boost::json::array postings(const std::string& system) {
    return get("/hotel/" + system + "/reservations/CANARY-1").at("postings").as_array();
  }

  const std::string app = "/hotel/app/reservations/CANARY-1";
  const std::string pms = "/hotel/pms/reservations/CANARY-1";
};

TEST_F(HotelTest, AChangeInOneSystemIsReadBackFromTheOther) {
  EXPECT_EQ(refusal(app, "guest_name=Ada&room_type=suite&status=checked_in"), "200");
  EXPECT_EQ(seen("pms", "guest_name"), "Ada");
  EXPECT_EQ(seen("pms", "room_type"), "suite");
  EXPECT_EQ(seen("pms", "status"), "checked_in");
  EXPECT_EQ(refusal(pms, "guest_phone=1234"), "200");
  EXPECT_EQ(seen("app", "guest_phone"), "1234");
}

TEST_F(HotelTest, APaymentIsPostedAndVoided) {
  post(app + "/postings", "amount=100&text=Canary");
  ASSERT_THAT(postings("pms"), SizeIs(1));
  EXPECT_EQ(number(get("/ledger.json").at("left_behind"), "hotel_postings"), 1);
  const auto path = app + "/postings/" + text(postings("pms").front(), "id") + "/void";
  EXPECT_EQ(refusal(path), "200");
  EXPECT_TRUE(postings("pms").front().at("voided").as_bool());
  EXPECT_EQ(refusal(path), "409 posting_voided");
  EXPECT_EQ(number(get("/ledger.json").at("left_behind"), "hotel_postings"), 0);
}

TEST_F(HotelTest, WritesOfTheAppAreRefusedWhileThePmsStillReachesTheApp) {
  turn("hotel-writes", "refused");
  EXPECT_EQ(refusal(app, "guest_name=Ada"), "502 pms_write_rejected");
  EXPECT_EQ(refusal(app + "/postings", "amount=1&text=x"), "502 pms_write_rejected");
  EXPECT_EQ(seen("app", "guest_name"), "Canary Guest");
  EXPECT_EQ(refusal(pms, "guest_name=Grace"), "200");
  EXPECT_EQ(seen("app", "guest_name"), "Grace");
}

TEST_F(HotelTest, WritesOfTheAppAreSwallowedAndOnlyReadingBackTellsIt) {
  turn("hotel-writes", "ignored");
  EXPECT_EQ(refusal(app, "status=checked_in"), "200");
  EXPECT_EQ(seen("app", "status"), "checked_in");
  EXPECT_EQ(seen("pms", "status"), "reserved");
  turn("hotel-writes", "on");
  EXPECT_EQ(refusal(app, "guest_name=Ada"), "200");
  EXPECT_EQ(seen("pms", "status"), "checked_in");
}

TEST_F(HotelTest, StrangeWritesAreRefused) {
  EXPECT_EQ(refusal(app, "colour=red"), "400 field_invalid");
  EXPECT_EQ(refusal(app, "status=eaten"), "400 field_invalid");
  EXPECT_EQ(refusal(app, "guest_name=%ff"), "400 field_invalid");
  EXPECT_EQ(refusal(app + "/postings", "amount=1.5&text=x"), "400 posting_invalid");
  EXPECT_EQ(refusal(app + "/postings/none/void"), "404 posting_unknown");
  EXPECT_EQ(refusal("/hotel/app/reservations/none", "status=reserved"), "404 reservation_unknown");
  EXPECT_EQ(refusal("/hotel/spa/reservations/CANARY-1"), "404 reservation_unknown");
}

TEST_F(HotelTest, OnlyTheNewestPostingsAreKept) {
  for (std::size_t i = 0; i < Hotel::most_postings + 5; ++i)
    post(app + "/postings", "amount=1&text=x");
  EXPECT_THAT(postings("pms"), SizeIs(Hotel::most_postings));
}

class AccountsTest : public DemoTest {
 protected:
  std::string sign_in() { return text(post("/api/login", "user=canary&password=canary"), "token"); }
  web::Response as_user(const std::string& method, const std::string& path,
                        const std::string& body = {}) {
    return ask(method, path, body, {{"Authorization", "Bearer " + token}});
  }
  std::int64_t licences_left() { return number(json(as_user("GET", "/api/licences")), "left"); }

  std::string token = sign_in();
};

TEST_F(AccountsTest, AUserTakesALicenceAndGivesItBack) {
  const auto left = licences_left();
  EXPECT_EQ(left, 20);
  const auto added = as_user("POST", "/api/users", "name=Synthetic");
  EXPECT_EQ(added.status, 201);
  EXPECT_EQ(licences_left(), left - 1);
  const auto path = "/api/users/" + text(json(added), "id");
  EXPECT_EQ(text(json(as_user("GET", path)), "name"), "Synthetic");
  EXPECT_EQ(as_user("DELETE", path).status, 200);
  EXPECT_EQ(as_user("DELETE", path).status, 404);
  EXPECT_EQ(licences_left(), left);
}

TEST_F(AccountsTest, NobodyIsAddedWithoutALicence) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(as_user("POST", "/api/users", "name=x").status, 201);
  EXPECT_EQ(error_of(as_user("POST", "/api/users", "name=x")), "403 licence_limit_reached");
}

TEST_F(AccountsTest, LicencesCanBeExhaustedWhileTheRestWorks) {
  turn("licences", "exhausted");
  EXPECT_EQ(licences_left(), 0);
  EXPECT_EQ(error_of(as_user("POST", "/api/users", "name=x")), "403 licence_limit_reached");
  EXPECT_EQ(status("POST", "/api/login", "user=canary&password=canary"), 200);
}

TEST_F(AccountsTest, SigningInFailsNowAndThen) {
  turn("login", "flaky");
  int failed = 0;
  for (int i = 0; i < 400; ++i) {
    const auto answer = ask("POST", "/api/login", "user=canary&password=canary");
    if (answer.status != 200) ++failed;
  }
  EXPECT_GT(failed, 60);  // 100 is expected, with a deviation of 9
  EXPECT_LT(failed, 140);
}

TEST_F(AccountsTest, ABrowserIsSentToTheShopAndKnownByItsCookie) {
  const auto answer =
      ask("POST", "/api/login", "user=canary&password=canary", {{"Accept", "text/html,*/*"}});
  EXPECT_EQ(answer.status, 303);
  ASSERT_EQ(answer.headers.back().value, "/");
  const auto cookie = answer.headers.at(answer.headers.size() - 2).value;
  const auto pair = cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(ask("GET", "/api/licences", "", {{"Cookie", "other=1; " + pair}}).status, 200);
  EXPECT_EQ(ask("GET", "/api/licences", "", {{"Cookie", "session=no"}}).status, 401);
}

TEST_F(AccountsTest, OnlyThoseWhoSignedInMayLook) {
  EXPECT_EQ(refusal("/api/login", "user=canary&password=crow"), "401 credentials_wrong");
  EXPECT_EQ(error_of(ask("GET", "/api/licences")), "401 not_signed_in");
  EXPECT_EQ(error_of(ask("POST", "/api/users", "name=x", {{"Authorization", "Bearer no"}})),
            "401 not_signed_in");
}

class TicketsTest : public DemoTest {};

TEST_F(TicketsTest, ATicketStaysOpenUntilItIsClosed) {
  const auto opened = ask("POST", "/api/tickets", "subject=Help");
  EXPECT_EQ(opened.status, 201);
  const auto path = "/api/tickets/" + text(json(opened), "id");
  EXPECT_EQ(text(get(path), "status"), "open");
  EXPECT_EQ(text(post(path + "/close"), "status"), "closed");
  EXPECT_EQ(text(get(path), "closed_by"), "request");
  EXPECT_EQ(text(post(path + "/reopen"), "status"), "open");
}

TEST_F(TicketsTest, TheCanaryIsClosedByMistake) {
  EXPECT_EQ(text(get("/api/tickets/canary"), "status"), "open");
  turn("tickets", "closing");
  EXPECT_EQ(text(get("/api/tickets/canary"), "status"), "closed");
  turn("tickets", "on");
  EXPECT_EQ(text(get("/api/tickets/canary"), "closed_by"), "mail retrieval");
}

TEST_F(TicketsTest, OldTicketsAreForgottenButNeverTheCanary) {
  const auto first = text(post("/api/tickets", "subject=x"), "id");
  for (std::size_t i = 0; i < Tickets::kept; ++i) post("/api/tickets", "subject=x");
  EXPECT_EQ(status("GET", "/api/tickets/" + first), 404);
  EXPECT_EQ(status("GET", "/api/tickets/canary"), 200);
  EXPECT_EQ(number(get("/ledger.json").at("left_behind"), "tickets"),
            static_cast<std::int64_t>(Tickets::kept));
}

}  // namespace
}  // namespace vedette::demo

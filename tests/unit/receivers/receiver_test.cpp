// SPDX-License-Identifier: Apache-2.0
#include "agent/receivers/receiver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/net/digest.h"

namespace vedette::receivers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8} + std::chrono::hours{10}};

struct Read {
  std::vector<Receiver> receivers;
  std::string problems;
};

Read read(const std::string& text) {
  config::Problems problems;
  const auto node = config::parse(text, "test.yaml", problems);
  config::Section top(*node, "the configuration", problems);
  Read out;
  out.receivers = read_receivers(top, {"shop", "mail"});
  out.problems = problems.text();
  return out;
}

constexpr auto shared = R"(
change_receivers:
  - name: ci
    header: {name: X-Gitlab-Token, value: correct-horse-battery}
    components: [shop, mail, shop]
    when: {json: {$.object_attributes.status: success}}
    capture:
      branch: $.object_attributes.ref
      title: $.commit.message
      done: $.object_attributes.finished_at
    text: "Deploy of ${branch}: ${title}"
    at: "${done}"
)";

constexpr auto event = R"({"object_attributes": {"status": "success", "ref": "main",
  "finished_at": "2026-11-08T09:58:00Z"}, "commit": {"message": "Faster carts\n\nDetails"}})";

Answer call(std::string body, std::string token = "correct-horse-battery") {
  return {{{"x-gitlab-token", std::move(token)}}, std::move(body)};
}

Refusal refusal(const Receiver& receiver, const Answer& answer) {
  const auto received = receive(receiver, answer, now);
  EXPECT_FALSE(received);
  return received ? Refusal{} : received.error();
}

struct Shared : testing::Test {
  void SetUp() override { ASSERT_THAT(read(shared).problems, IsEmpty()); }
  const Receiver ci = read(shared).receivers.at(0);
};

TEST_F(Shared, ACallBecomesAChangeInOneLine) {
  const auto change = receive(ci, call(event), now);
  ASSERT_TRUE(change) << change.error().why;
  EXPECT_EQ(change->text, "Deploy of main: Faster carts");
  EXPECT_EQ(change->author, "ci");
  EXPECT_EQ(change->kind, incident::ChangeKind::recorded);
  EXPECT_EQ(change->at, now - std::chrono::minutes{2});
  EXPECT_EQ(change->recorded, now);
  EXPECT_FALSE(change->is_public);
  EXPECT_THAT(change->components, ElementsAre("mail", "shop"));
  EXPECT_EQ(change->id, incident::change_id(*change));
}

constexpr auto by_repository = R"(
change_receivers:
  - name: ci
    header: {name: X-Gitlab-Token, value: correct-horse-battery}
    components_by: {value: "${repository}", are: {carts: [shop], everything: [shop, mail]}}
    capture: {repository: $.project}
    text: "Deploy of ${repository}"
)";

TEST(ComponentsBy, TheCallSaysWhichAreConcerned) {
  const auto [receivers, problems] = read(by_repository);
  ASSERT_THAT(problems, IsEmpty());
  const auto of = [&](const std::string& body) {
    const auto change = receive(receivers.at(0), call(body), now);
    return change ? change->components : std::vector<std::string>{change.error().why};
  };
  EXPECT_THAT(of(R"({"project": "carts"})"), ElementsAre("shop"));
  EXPECT_THAT(of(R"({"project": "everything"})"), ElementsAre("mail", "shop"));
  EXPECT_THAT(of(R"({"project": "docs"})"), ElementsAre(R"(no component is named for "docs")"));
}

TEST(ComponentsBy, IsReadStrictly) {
  const auto with = [](const std::string& by) {
    return read(
               "change_receivers: [{name: ci, header: {name: a, value: correct-horse-battery}, "
               "text: x, " +
               by + "}]")
        .problems;
  };
  EXPECT_THAT(with("components: [shop], components_by: {value: x, are: {x: [shop]}}"),
              HasSubstr("one of `components` and `components_by`"));
  EXPECT_THAT(with("public: true"), HasSubstr("one of `components` and `components_by`"));
  EXPECT_THAT(with("components_by: {value: x, are: {x: [shp]}}"), HasSubstr("\"shop\"?"));
  EXPECT_THAT(with("components_by: {value: x, are: {x: []}}"), HasSubstr("names the components"));
  EXPECT_THAT(with("components_by: {value: x, are: {}}"), HasSubstr("for no value"));
  EXPECT_THAT(with("components_by: {value: x}"), HasSubstr("\"are\""));
  EXPECT_THAT(with("components_by: {value: '${repo}', are: {x: [shop]}}"),
              HasSubstr("there is no value \"repo\""));
}

TEST_F(Shared, WhoDoesNotKnowTheHeaderIsNotBelieved) {
  EXPECT_EQ(refusal(ci, call(event, "wrong-horse")).kind, Refusal::Kind::untrusted);
  EXPECT_EQ(refusal(ci, call(event, "")).kind, Refusal::Kind::untrusted);
  const auto without = refusal(ci, {{}, event});
  EXPECT_EQ(without.kind, Refusal::Kind::untrusted);
  EXPECT_EQ(without.why, "the header X-Gitlab-Token is missing or another");
}

TEST_F(Shared, WhatIsNotMeantIsNoChange) {
  const auto other = refusal(ci, call(R"({"object_attributes": {"status": "running"}})"));
  EXPECT_EQ(other.kind, Refusal::Kind::irrelevant);
  EXPECT_THAT(other.why, HasSubstr("running"));
}

TEST_F(Shared, WhatIsMissingIsNamed) {
  const auto missing = refusal(ci, call(R"({"object_attributes": {"status": "success"}})"));
  EXPECT_EQ(missing.kind, Refusal::Kind::unreadable);
  EXPECT_THAT(missing.why, HasSubstr("$.object_attributes.ref was missing"));
  const auto garbage = refusal(ci, call("<html>"));
  EXPECT_EQ(garbage.kind, Refusal::Kind::irrelevant);
}

TEST_F(Shared, AnInstantThatIsNoneOrInTheFutureIsRefused) {
  const auto with = [](const std::string& instant) {
    return call(R"({"object_attributes": {"status": "success", "ref": "main", "finished_at": ")" +
                instant + R"("}, "commit": {"message": "x"}})");
  };
  EXPECT_THAT(refusal(ci, with("yesterday")).why, HasSubstr("`at`"));
  EXPECT_THAT(refusal(ci, with("2026-11-08T11:00:00Z")).why, HasSubstr("future"));
}

TEST_F(Shared, ForeignTextIsOneShortLineWithoutControlCharacters) {
  const auto change = receive(
      ci,
      call(R"({"object_attributes": {"status": "success", "ref": "a\u001b[31m", "finished_at":
          "2026-11-08T09:58:00Z"}, "commit": {"message": ")" +
           std::string(5000, 'x') + R"("}})"),
      now);
  ASSERT_TRUE(change) << change.error().why;
  EXPECT_THAT(change->text, testing::StartsWith(R"(Deploy of a\x1b[31m: x)"));
  EXPECT_LE(change->text.size(), 300U);
}

TEST(Receiver, KnowsASignedCallAndTakesTheTimeOfItsArrival) {
  const auto github = read(R"(
change_receivers:
  - name: github
    signature: {scheme: github, secret: correct-horse-battery}
    components: [shop]
    text: Deployed
    public: true
)");
  ASSERT_THAT(github.problems, IsEmpty());
  const std::string body = R"({"action": "completed"})";
  std::string hex;
  for (const char c : net::hmac(net::Hash::sha256, "correct-horse-battery", body)) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  const Answer good{{{"X-Hub-Signature-256", "sha256=" + hex}}, body};
  const auto change = receive(github.receivers[0], good, now);
  ASSERT_TRUE(change) << change.error().why;
  EXPECT_EQ(change->at, now);
  EXPECT_TRUE(change->is_public);
  const Answer altered{good.headers, body + " "};
  EXPECT_EQ(refusal(github.receivers[0], altered).kind, Refusal::Kind::untrusted);
}

TEST(Receiver, EveryMistakeIsToldWithItsPlace) {
  const auto wrong = read(R"(
change_receivers:
  - name: a/b
    components: [shopp]
    header: {name: X, value: short}
    text: "${nothing}"
    colour: red
  - name: ci
    components: [shop]
    text: x
  - name: ci
    components: []
    signature: {scheme: github, secret: correct-horse-battery}
    header: {name: X, value: correct-horse-battery}
)")
                         .problems;
  EXPECT_THAT(wrong, HasSubstr("test.yaml:3:11: the name of a receiver stands in its URL"));
  EXPECT_THAT(wrong, HasSubstr("there is no component \"shopp\"; did you mean \"shop\"?"));
  EXPECT_THAT(wrong, HasSubstr("at least 16 characters"));
  EXPECT_THAT(wrong, HasSubstr("there is no value \"nothing\""));
  EXPECT_THAT(wrong, HasSubstr("colour"));
  EXPECT_THAT(wrong, HasSubstr("one of `signature` and `header`"));
  EXPECT_THAT(wrong, HasSubstr("a second receiver is called \"ci\""));
  EXPECT_THAT(wrong, HasSubstr("names the components that are concerned"));
  EXPECT_THAT(wrong, HasSubstr("\"text\""));
  EXPECT_THAT(read("change_receivers: 7").problems, HasSubstr("must be a list"));
}

}  // namespace
}  // namespace vedette::receivers

// SPDX-License-Identifier: Apache-2.0
#include "probes/sights/sight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::sights {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Read {
  std::vector<Sight> sights;
  std::string problems;
};

Read read(const std::string& list, std::string_view probe = "http") {
  config::Problems problems;
  const auto node = config::parse("watch: " + list, "test.yaml", problems);
  Read out;
  out.sights = read_sights(*node->find("watch"), probe, problems);
  out.problems = problems.text();
  return out;
}

Result passed() {
  Result result;
  result.outcome = Outcome::pass;
  return result;
}

Result answered(const std::string& body, bool cut = false) {
  Result result = passed();
  result.answer = std::make_shared<Answer>(
      Answer{{{"Server", "nginx/1.22"}, {"Via", "a"}, {"via", "b"}}, body, cut});
  return result;
}

std::string value(const std::string& list, const Result& result, std::string_view probe = "http") {
  const auto sights = read(list, probe).sights;
  const auto seen = see(sights, result);
  return seen.empty() ? "nothing" : seen.front().value;
}

TEST(Sights, AWordThatTheProbeDoesNotSeeIsAnErrorThatNamesThoseItSees) {
  EXPECT_THAT(read("[answer]").problems,
              HasSubstr("of a http check can be watched: certificate, remote_address, version, "
                        "body, {header: NAME}, {json: PATH}; found \"answer\""));
  EXPECT_THAT(read("[certificat]").problems, HasSubstr("did you mean \"certificate\"?"));
  EXPECT_THAT(read("[answer]", "dns").problems, IsEmpty());
  EXPECT_THAT(read("[{header: Server}]", "dns").problems, HasSubstr("only a http check"));
  EXPECT_THAT(read("[body]", "flow").problems, HasSubstr("a check of another type"));
}

TEST(Sights, ErrorsNameWhatIsWrong) {
  EXPECT_THAT(read("body").problems, HasSubstr("must be a list"));
  EXPECT_THAT(read("[body, body]").problems, HasSubstr("the body is watched twice"));
  EXPECT_THAT(read("[version, {header: Server}]").problems, IsEmpty());
  EXPECT_THAT(read("[{header: Set-Cookie}]").problems, HasSubstr("new in every answer"));
  EXPECT_THAT(read("[{header: date}]").problems, HasSubstr("date is new in every answer"));
  EXPECT_THAT(read("[{json: '$['}]").problems, HasSubstr("test.yaml:1:"));
  EXPECT_THAT(read("[{json: $." + std::string(300, 'a') + "}]").problems, HasSubstr("200 bytes"));
  EXPECT_THAT(read("[{json: \"$.a\\n\"}]").problems, HasSubstr("one line"));
  EXPECT_THAT(read("[{header: A, json: $.b}]").problems, HasSubstr("an item of its own"));
  EXPECT_THAT(read("[{heder: A}]").problems, HasSubstr("heder"));
}

TEST(Sights, SeesHeadersWithoutCaseAndAllOfOneName) {
  EXPECT_EQ(value("[{header: server}]", answered("")), "nginx/1.22");
  EXPECT_EQ(value("[version]", answered("")), "nginx/1.22");
  EXPECT_EQ(value("[{header: VIA}]", answered("")), "a, b");
  EXPECT_EQ(value("[{header: X-Version}]", answered("")), "(none)");
}

TEST(Sights, SeesValuesOfJsonAndNothingWhereThereIsNone) {
  EXPECT_EQ(value("[{json: $.version}]", answered(R"({"version": "2.1", "n": 1})")), "\"2.1\"");
  EXPECT_EQ(value("[{json: '$.a[*]'}]", answered(R"({"a": [1, 2.5]})")), "1, 2.5");
  EXPECT_EQ(value("[{json: $.b}]", answered(R"({"a": 1})")), "(none)");
  EXPECT_EQ(value("[{json: $.b}]", answered("<html>")), "nothing");
  EXPECT_EQ(value("[{json: $.b}]", answered(R"({"b": 1})", true)), "nothing") << "cut";
}

TEST(Sights, ABodyIsSeenByItsLengthAndDigest) {
  const auto one = value("[body]", answered("hello"));
  EXPECT_THAT(one, HasSubstr("5 bytes ["));
  EXPECT_EQ(one, value("[body]", answered("hello")));
  EXPECT_NE(one, value("[body]", answered("hellp")));
  EXPECT_THAT(value("[body]", answered("hello", true)), HasSubstr("more than 5 bytes"));
}

TEST(Sights, SeesFactsInOneOrderWhateverTheOrderInWhichTheyCame) {
  Result one = passed(), other = passed();
  one.facts = {{"answer", std::vector<std::string>{"192.0.2.1", "192.0.2.2"}}};
  other.facts = {{"answer", std::vector<std::string>{"192.0.2.2", "192.0.2.1"}}};
  EXPECT_EQ(value("[answer]", one, "dns"), "192.0.2.1, 192.0.2.2");
  EXPECT_EQ(value("[answer]", one, "dns"), value("[answer]", other, "dns"));
  one.facts = {{"serial", std::int64_t{2026112701}}};
  EXPECT_EQ(value("[soa_serial]", one, "dns"), "2026112701");
}

TEST(Sights, ACertificateIsSeenByItsDigestAlsoWhereTheRunFailed) {
  Result result = passed();
  result.outcome = Outcome::fail;
  result.facts = {{"certificate_issuer", std::string("Test CA")},
                  {"certificate_sha256", std::string("0123456789abcdef0123")},
                  {"certificate_not_after", std::string("2027-01-01T00:00:00Z")}};
  EXPECT_EQ(value("[certificate]", result),
            "sha256 0123456789abcdef, until 2027-01-01T00:00:00Z, issued by Test CA");
}

TEST(Sights, WhatAFailedOrUnknownRunSaysIsNotBelieved) {
  Result failed = answered("an error page");
  failed.outcome = Outcome::fail;
  EXPECT_EQ(value("[body]", failed), "nothing");
  Result blind = passed();
  blind.outcome = Outcome::unknown;
  blind.facts = {{"remote_address", std::string("192.0.2.1")}};
  EXPECT_EQ(value("[remote_address]", blind), "nothing");
}

TEST(Sights, TheBannerIsSeenWithoutWhatIsNewInEveryGreeting) {
  Result result = passed();
  result.facts = {{"banner", std::string("POP3 ready <1896.697170952@mail.example>")}};
  EXPECT_EQ(value("[version]", result, "pop3"), "POP3 ready");
}

TEST(Sights, LongValuesAreBoundedAndStillDiffer) {
  const std::string start(1000, 'x');
  const auto one = value("[{json: $}]", answered("\"" + start + "1\""));
  const auto other = value("[{json: $}]", answered("\"" + start + "2\""));
  EXPECT_LE(one.size(), longest_value);
  EXPECT_NE(one, other);
}

TEST(Sights, KnowsWhetherTheAnswerIsNeeded) {
  EXPECT_FALSE(need_answer(read("[certificate, remote_address]").sights));
  EXPECT_TRUE(need_answer(read("[certificate, body]").sights));
  EXPECT_THAT(read("[certificate, {json: $.a}]").sights, SizeIs(2));
}

}  // namespace
}  // namespace vedette::sights

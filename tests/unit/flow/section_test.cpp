// SPDX-License-Identifier: Apache-2.0
// A captured value never becomes syntax: it is encoded for where it stands.
#include "probes/flow/text/section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/http/settings.h"
#include "tests/unit/flow/samples.h"

namespace vedette::flow {
namespace {

using test::scope_of;
using testing::HasSubstr;

const Values values{{"gateway", {"https://pay.example.com:8443"}},
                    {"evil", {"a\"},\"admin\":true,{\"&x=1#?/../%00 b"}},
                    {"crlf", {"a\r\nX-Evil: 1"}},
                    {"amount", {"100", Value::Kind::number}},
                    {"flag", {"true", Value::Kind::boolean}},
                    {"none", {"", Value::Kind::null}},
                    {"digits", {"100", Value::Kind::text}},
                    {"id", {"pi_1"}}};

Section read(const std::string& yaml, std::string* told = nullptr) {
  config::Problems problems;
  const auto node = config::parse(yaml, "t.yaml", problems);
  auto section = Section::read(*node, "http", problems);
  if (told != nullptr) *told = problems.text();
  return section;
}

// The request that the http probe would send.
net::HttpRequest request_of(const std::string& yaml) {
  const auto filled = read(yaml).fill(scope_of(values));
  EXPECT_TRUE(filled) << (filled ? "" : filled.error());
  config::Problems problems;
  const auto settings = filled ? http::parse_settings(*filled, problems) : std::nullopt;
  EXPECT_TRUE(settings) << problems.text();
  return settings ? settings->request : net::HttpRequest{};
}

std::string fill_error(const std::string& yaml) {
  const auto filled = read(yaml).fill(scope_of(values));
  return filled ? "no error" : filled.error();
}

TEST(FilledSection, AValueInAUrlIsOnePartOfIt) {
  EXPECT_EQ(request_of(R"({url: "${gateway}/v1/intents/${evil}/cancel"})").url,
            "https://pay.example.com:8443/v1/intents/"
            "a%22%7D%2C%22admin%22%3Atrue%2C%7B%22%26x%3D1%23%3F%2F..%2F%2500%20b/cancel");
}

TEST(FilledSection, AValueInJsonIsOneText) {
  EXPECT_EQ(request_of(R"({url: "http://a/", json: {note: "${evil}"}})").body,
            R"({"note":"a\"},\"admin\":true,{\"&x=1#?/../%00 b"})");
}

TEST(FilledSection, AValueInAFormIsOneField) {
  EXPECT_EQ(request_of(R"({url: "http://a/", form: {note: "${evil}"}})").body,
            "note=a%22%7D%2C%22admin%22%3Atrue%2C%7B%22%26x%3D1%23%3F%2F..%2F%2500+b");
}

TEST(FilledSection, ALineBreakNeverGetsIntoAHeader) {
  EXPECT_EQ(fill_error(R"({url: "http://a/", headers: {X-Note: "${crlf}"}})"),
            "\"X-Note\": a value holds a line break or another control character");
}

TEST(FilledSection, ALineBreakIsFineWhereItIsEncoded) {
  EXPECT_EQ(request_of(R"({url: "http://a/", json: {note: "${crlf}"}})").body,
            R"({"note":"a\r\nX-Evil: 1"})");
}

TEST(FilledSection, AValueAloneKeepsItsTypeInJson) {
  EXPECT_EQ(request_of(R"({url: "http://a/", json: {a: "${amount}", b: "${text(amount)}", )"
                       R"(c: "${digits}", d: "${flag}", e: "${none}", f: "id-${amount}"}})")
                .body,
            R"({"a":100,"b":"100","c":"100","d":true,"e":null,"f":"id-100"})");
}

TEST(FilledSection, ARawBodyAsksHowAValueIsWritten) {
  std::string told;
  read(R"({url: "http://a/", body: "<id>${id}</id>"})", &told);
  EXPECT_THAT(told, HasSubstr("say how a value is to be written: ${json(x)}"));
  EXPECT_EQ(request_of(R"({url: "http://a/", body: "<id>${raw(id)}</id>"})").body, "<id>pi_1</id>");
}

TEST(FilledSection, AValueInAPatternMatchesItselfOnly) {
  const auto filled = read(R"({expect: {body: {matches: "^${evil}$"}}})").fill(scope_of(values));
  EXPECT_EQ(filled->entries[0].value.entries[0].value.entries[0].value.scalar,
            R"(^a\"\}\,\"admin\"\:true\,\{\"\&x\=1\#\?\/\.\.\/\%00\ b$)");
}

TEST(FilledSection, TwoDollarsStandForOne) {
  EXPECT_EQ(request_of(R"({url: "http://a/", json: {price: "$${id}"}})").body,
            R"({"price":"${id}"})");
}

TEST(FilledSection, MistakesAreToldWhereTheyStand) {
  std::string told;
  read("{url: \"${gateway\", headers: {A: \"${1 +}\"}, json: {\"${id}\": 1}}", &told);
  EXPECT_THAT(told, HasSubstr("t.yaml:1:7: \"${\" is not closed with \"}\""));
  EXPECT_THAT(told, HasSubstr("t.yaml:1:33: in \"${1 +}\", at 4: something is missing"));
  EXPECT_THAT(told, HasSubstr("t.yaml:1:51: a key cannot be filled in"));
}

TEST(FilledSection, KnowsWhetherThereIsAnythingToFillIn) {
  EXPECT_TRUE(read("{url: http://a/}").is_plain());
  EXPECT_FALSE(read("{url: \"http://a/${id}\"}").is_plain());
  EXPECT_TRUE(read("{url: \"http://a/${id}\"}").refers_to("id"));
}

}  // namespace
}  // namespace vedette::flow

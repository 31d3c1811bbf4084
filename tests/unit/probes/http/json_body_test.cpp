// SPDX-License-Identifier: Apache-2.0
#include "probes/http/json_body.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::http {
namespace {

std::string json_of(const std::string& yaml) {
  config::Problems problems;
  Mask mask;
  const auto node = config::parse(yaml, "t.yaml", problems);
  EXPECT_TRUE(node) << problems.text();
  return json_body(*node, mask, problems).value_or("problem: " + problems.text());
}

TEST(JsonBody, KeepsTheShapeOfTheTree) {
  EXPECT_EQ(json_of("a: [1, {b: c}, []]\nd: {}\ne:"), R"({"a":[1,{"b":"c"},[]],"d":{},"e":null})");
}

TEST(JsonBody, KnowsTypesByJsonsOwnNotation) {
  EXPECT_EQ(json_of("[0, -1, 1.5, 1e3, -0.5E-7, true, false, null]"),
            "[0,-1,1.5,1e3,-0.5E-7,true,false,null]");
  EXPECT_EQ(json_of("[01, +1, .5, 1., 0x1F, 1_000, 1e, -, True, yes, 1.2.3]"),
            R"(["01","+1",".5","1.","0x1F","1_000","1e","-","True","yes","1.2.3"])");
}

TEST(JsonBody, QuotedIsText) {
  EXPECT_EQ(json_of("['1', \"true\", 'null']"), R"(["1","true","null"])");
}

TEST(JsonBody, EscapesTextAndKeys) {
  EXPECT_EQ(json_of("'a\"b': \"c\\\\d\\ne\""), R"({"a\"b":"c\\d\ne"})");
}

TEST(JsonBody, PutsSecretsInAndMasksThem) {
  ::setenv("VEDETTE_TEST_JSON", "hush\"hush", 1);
  config::Problems problems;
  Mask mask;
  const auto node = config::parse("pin: {secret: {env: VEDETTE_TEST_JSON}}", "t.yaml", problems);
  EXPECT_EQ(json_body(*node, mask, problems), R"({"pin":"hush\"hush"})");
  EXPECT_EQ(mask.apply("hush\"hush"), "***");
}

TEST(JsonBody, AnUnreadableSecretIsAProblem) {
  EXPECT_EQ(json_of("{secret: {env: VEDETTE_TEST_NOT_SET}}"),
            "problem: t.yaml:1:16: the environment variable \"VEDETTE_TEST_NOT_SET\" is not set\n");
}

TEST(JsonBody, AMapThatOnlyLooksLikeASecretStaysAMap) {
  EXPECT_EQ(json_of("{secret: {env: a, more: b}}"), R"({"secret":{"env":"a","more":"b"}})");
  EXPECT_EQ(json_of("{env: prod}"), R"({"env":"prod"})");
}

}  // namespace
}  // namespace vedette::http

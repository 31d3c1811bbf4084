// SPDX-License-Identifier: Apache-2.0
// JSONPath as RFC 9535 describes it, section by section.
#include "probes/jsonpath/path.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "probes/jsonpath/json_text.h"

namespace vedette::jsonpath {
namespace {

constexpr auto shop = R"({
  "orders": [
    {"id": "a", "total": 10, "paid": true, "lines": [1, 2]},
    {"id": "b", "total": 7.5, "paid": false, "lines": []},
    {"id": "c", "total": 10.0, "note": null, "lines": [3]}
  ],
  "customer": {"name": "Zoë", "e mail": "z@shop.test", "it's": 1},
  "limit": 9
})";

std::string selected(const std::string& path, std::string_view document = shop) {
  const auto query = Path::parse(path);
  if (!query) return query.error();
  const auto value = boost::json::parse(boost::json::string_view(document.data(), document.size()));
  const auto found = query->select(value);
  if (!found) return found.error();
  std::string out;
  for (const auto* each : *found) {
    if (!out.empty()) out += ' ';
    append_json(out, *each);
  }
  return out;
}

bool is_refused(const std::string& path) {
  return !Path::parse(path);
}

TEST(JsonPath, NamesByDotAndInBrackets) {
  EXPECT_EQ(selected("$.limit"), "9");
  EXPECT_EQ(selected("$['limit']"), "9");
  EXPECT_EQ(selected("$.customer[\"e mail\"]"), "\"z@shop.test\"");
  EXPECT_EQ(selected("$.customer['it\\'s']"), "1");
  EXPECT_EQ(selected("$.customer.name"), "\"Zoë\"");
  EXPECT_EQ(selected("$['\\u006cimit']"), "9");
  EXPECT_EQ(selected("$[\"\\ud83d\\ude00\"]", "{\"😀\":1}"), "1");
  EXPECT_EQ(selected("$.über", "{\"über\":2}"), "2");
  EXPECT_EQ(selected("$.missing"), "");
  EXPECT_EQ(selected("$.limit.deeper"), "");
}

TEST(JsonPath, IndexesCountFromEitherEnd) {
  EXPECT_EQ(selected("$[0]", "[1,2,3]"), "1");
  EXPECT_EQ(selected("$[-1]", "[1,2,3]"), "3");
  EXPECT_EQ(selected("$[3]", "[1,2,3]"), "");
  EXPECT_EQ(selected("$[-4]", "[1,2,3]"), "");
  EXPECT_EQ(selected("$[0]", "{\"0\":1}"), "");
}

TEST(JsonPath, SlicesGoForwardsAndBackwards) {
  constexpr auto five = "[0,1,2,3,4]";
  EXPECT_EQ(selected("$[1:3]", five), "1 2");
  EXPECT_EQ(selected("$[3:]", five), "3 4");
  EXPECT_EQ(selected("$[::2]", five), "0 2 4");
  EXPECT_EQ(selected("$[::-1]", five), "4 3 2 1 0");
  EXPECT_EQ(selected("$[3:1:-1]", five), "3 2");
  EXPECT_EQ(selected("$[-2:]", five), "3 4");
  EXPECT_EQ(selected("$[:-2]", five), "0 1 2");
  EXPECT_EQ(selected("$[1:4:0]", five), "");
  EXPECT_EQ(selected("$[ 1 : 9007199254740991 : 3 ]", five), "1 4");
  EXPECT_EQ(selected("$[9007199254740991:-9007199254740991:-9007199254740991]", five), "4");
  EXPECT_EQ(selected("$[:]", "[]"), "");
}

TEST(JsonPath, WildcardsAndUnionsKeepOrderAndRepeat) {
  EXPECT_EQ(selected("$.orders[*].id"), "\"a\" \"b\" \"c\"");
  EXPECT_EQ(selected("$.orders[2,0,0].id"), "\"c\" \"a\" \"a\"");
  EXPECT_EQ(selected("$.*", "{\"b\":1,\"a\":2}"), "1 2");
  EXPECT_EQ(selected("$[*]", "7"), "");
}

TEST(JsonPath, DescendantsComeBehindTheirAncestors) {
  EXPECT_EQ(selected("$..id"), "\"a\" \"b\" \"c\"");
  EXPECT_EQ(selected("$..[0]", "[[1,[2]],3]"), "[1,[2]] 1 2");
  EXPECT_EQ(selected("$..*", "{\"a\":[1]}"), "[1] 1");
}

TEST(JsonPath, FiltersCompareAndAskForExistence) {
  EXPECT_EQ(selected("$.orders[?@.total > 8].id"), "\"a\" \"c\"");
  EXPECT_EQ(selected("$.orders[?@.total == 10].id"), "\"a\" \"c\"");
  EXPECT_EQ(selected("$.orders[?@.paid].id"), "\"a\" \"b\"");
  EXPECT_EQ(selected("$.orders[?!@.paid].id"), "\"c\"");
  EXPECT_EQ(selected("$.orders[?@.note == null].id"), "\"c\"");
  EXPECT_EQ(selected("$.orders[?@.total <= $.limit].id"), "\"b\"");
  EXPECT_EQ(selected("$.orders[?@.id == 'a' || @.id == \"c\" && @.paid].id"), "\"a\"");
  EXPECT_EQ(selected("$.orders[?(@.id == 'a' || @.id == 'c') && !(@.paid == true)].id"), "\"c\"");
  EXPECT_EQ(selected("$.orders[?@.lines[?@ > 1]].id"), "\"a\" \"c\"");
  EXPECT_EQ(selected("$[?@ > 1]", "{\"a\":1,\"b\":2}"), "2");
}

TEST(JsonPath, WhatIsMissingEqualsOnlyWhatIsMissing) {
  EXPECT_EQ(selected("$[?@.x == @.y]", "[{}, {\"x\":1}, {\"x\":1,\"y\":1}]"),
            "{} {\"x\":1,\"y\":1}");
  EXPECT_EQ(selected("$[?@.x <= @.y]", "[{}]"), "{}");
  EXPECT_EQ(selected("$[?@.x < @.y]", "[{}]"), "");
  EXPECT_EQ(selected("$[?@.x != null]", "[{}]"), "{}");
}

TEST(JsonPath, ComparesLikeWithLike) {
  EXPECT_EQ(selected("$[?@ == 1]", "[1, 1.0, \"1\", true]"), "1 1");
  EXPECT_EQ(selected("$[?@ < 'b']", "[\"a\", \"b\", 1, null]"), "\"a\"");
  EXPECT_EQ(selected("$[?@ >= true]", "[true, false, 1]"), "true");
  EXPECT_EQ(selected("$[?@ == $[0]]", "[{\"a\":1,\"b\":[2]}, {\"b\":[2],\"a\":1}, {\"a\":1}]"),
            "{\"a\":1,\"b\":[2]} {\"b\":[2],\"a\":1}");
  EXPECT_EQ(selected("$[?@ > -1e2]", "[-100, -99.5]"), "-99.5");
  EXPECT_EQ(selected("$[?@ == -0]", "[0]"), "0");
  EXPECT_EQ(selected("$[?@ > 9007199254740993]", "[9007199254740993, 18446744073709551615]"),
            "18446744073709551615");
}

TEST(JsonPath, FunctionsOfTheRfc) {
  EXPECT_EQ(selected("$.orders[?length(@.lines) == 2].id"), "\"a\"");
  EXPECT_EQ(selected("$[?length(@) == 3]", "[\"Zoë\", [1,2,3], 3]"), "\"Zoë\" [1,2,3]");
  EXPECT_EQ(selected("$[?count(@.*) > 1]", "[[1], [1,2]]"), "[1,2]");
  EXPECT_EQ(selected("$.orders[?value(@..lines[0]) == 3].id"), "\"c\"");
  EXPECT_EQ(selected("$[?match(@, 'a.c')]", "[\"abc\", \"xabc\", \"a\\nc\", 1]"), "\"abc\"");
  EXPECT_EQ(selected("$[?search(@, '[.b]')]", "[\"abc\", \"x.y\", \"z\"]"), "\"abc\" \"x.y\"");
  EXPECT_EQ(
      selected("$[?match(@.t, @.p)]", "[{\"t\":\"ab\",\"p\":\"a.\"}, {\"t\":\"b\",\"p\":\"(\"}]"),
      "{\"t\":\"ab\",\"p\":\"a.\"}");
  EXPECT_EQ(selected("$[?!search(@, '[')]", "[\"x\"]"), "\"x\"");
}

TEST(JsonPath, BlanksStandOnlyWhereTheyMay) {
  EXPECT_EQ(selected("$ .orders [ 0 , 1 ] .id"), "\"a\" \"b\"");
  EXPECT_EQ(selected("$.orders[? @.total==10 ].id"), "\"a\" \"c\"");
  for (const auto* path : {" $", "$ ", "$. limit", "$ .limit ", "$..\tid", "$[?length (@) == 1]"}) {
    EXPECT_TRUE(is_refused(path)) << path;
  }
}

TEST(JsonPath, WhatTheGrammarDoesNotKnowIsRefused) {
  for (const auto* path : {"",
                           "limit",
                           "$.",
                           "$..",
                           "$limit",
                           "$.1",
                           "$['a",
                           "$[",
                           "$[]",
                           "$[0",
                           "$[01]",
                           "$[-0]",
                           "$[1.0]",
                           "$[9007199254740992]",
                           "$[1:2:3:4]",
                           "$['\\x']",
                           "$['\\ud800']",
                           "$['\\udc00x']",
                           "$[\"\\'\"]",
                           "$['\n']",
                           "$[?]",
                           "$[?@.a = 1]",
                           "$[?@.a == 01]",
                           "$[?@.a == 1.]",
                           "$[?@.a == .5]",
                           "$[?1]",
                           "$[?'a']",
                           "$[?true]",
                           "$[?@.a ==]",
                           "$[?(@.a]",
                           "$[?@.a &&]",
                           "$[?!1]",
                           "$[?@.* == 1]",
                           "$[?@..a == 1]",
                           "$[?@[0,1] == 1]",
                           "$[?@.a == 1 == 1]",
                           "$[?(@.a) == 1]",
                           "$[*,]",
                           "$[,0]",
                           "$.a[?]",
                           "$$",
                           "$.a$"}) {
    EXPECT_TRUE(is_refused(path)) << path;
  }
}

TEST(JsonPath, FunctionsAreWellTypedOrRefused) {
  for (const auto* path :
       {"$[?length(@.*) == 1]", "$[?count(1) == 1]", "$[?count(@.a)]", "$[?length(@)]",
        "$[?match(@, 'a') == true]", "$[?match(@)]", "$[?match(@.*, 'a')]", "$[?value(@.a)]",
        "$[?size(@) == 1]", "$[?LENGTH(@) == 1]", "$[?length() == 1]", "$[?length(@, @) == 1]",
        "$[?length(match(@, 'a')) == 1]"}) {
    EXPECT_TRUE(is_refused(path)) << path;
  }
  EXPECT_EQ(selected("$[?length(value(@.a)) == 2]", "[{\"a\":\"xy\"}]"), "{\"a\":\"xy\"}");
}

TEST(JsonPath, AMistakeIsToldWithItsPlace) {
  EXPECT_EQ(selected("$.orders[?@.total > ]"),
            "the JSONPath \"$.orders[?@.total > ]\" is wrong at byte 21: expected a query, a "
            "function or a literal");
}

TEST(JsonPath, HostileQueriesAreRefused) {
  EXPECT_TRUE(is_refused("$" + std::string(Path::max_length, 'a')));
  std::string deep = "$[?" + std::string(100, '(') + "@.a" + std::string(100, ')') + "]";
  EXPECT_NE(selected(deep).find("nested too deep"), std::string::npos);
  std::string filters = "$";
  for (int i = 0; i < 100; ++i) filters += "[?@";
  EXPECT_TRUE(is_refused(filters));
}

TEST(JsonPath, WorkIsBounded) {
  std::string document = "[1";
  for (int i = 0; i < 3000; ++i) document += ",1";
  document += "]";
  EXPECT_EQ(selected("$[?count($[*]) == 0]", document),
            "the JSONPath asks for too much work on this document");
}

TEST(JsonPath, SingularPathsAreKnown) {
  EXPECT_TRUE(Path::parse("$.a[0]['b'][-1]")->is_singular());
  EXPECT_TRUE(Path::parse("$")->is_singular());
  for (const auto* path : {"$.*", "$..a", "$[0,1]", "$[0:1]", "$[?@.a]"}) {
    EXPECT_FALSE(Path::parse(path)->is_singular()) << path;
  }
}

}  // namespace
}  // namespace vedette::jsonpath

// SPDX-License-Identifier: Apache-2.0
#include "agent/brand/brand.h"

#include <gmock/gmock.h>

#include "agent/brand/fill.h"

namespace vedette::brand {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Fill, PutsTextsIntoTheirHoles) {
  EXPECT_EQ(fill("{what} affecting {who}", {{"who", "Mail"}, {"what", "Outage"}}),
            "Outage affecting Mail");
  EXPECT_EQ(fill("no holes", {{"who", "Mail"}}), "no holes");
  EXPECT_EQ(fill("", {}), "");
}

TEST(Fill, WhatIsFilledInIsNotFilledAgain) {
  EXPECT_EQ(fill("{a}{b}", {{"a", "{b}"}, {"b", "x"}}), "{b}x");
}

TEST(Fill, AHoleOfAnotherNameAndAnOpenBraceStayAsTheyAre) {
  EXPECT_EQ(fill("{other} {a} {", {{"a", "1"}}), "{other} 1 {");
  EXPECT_EQ(fill("} {a}", {{"a", "1"}}), "} 1");
}

TEST(Fill, KnowsTheHolesOfASentence) {
  EXPECT_THAT(holes_of("{b} {a} {b}"), ElementsAre("a", "b"));
  EXPECT_THAT(holes_of("none {"), ElementsAre());
}

TEST(Strings, EveryOneHasItsKeyAndSaysSomething) {
  EXPECT_EQ(string_keys().size() * sizeof(std::string), sizeof(Strings));
  const Strings strings;
  for (const auto& [key, member] : string_keys()) EXPECT_FALSE((strings.*member).empty()) << key;
  EXPECT_THAT(words_of(strings.months), SizeIs(12));
  EXPECT_THAT(words_of(strings.short_months), SizeIs(12));
}

TEST(Colours, AreReadAndWritten) {
  EXPECT_EQ(parse_colour("#3b5bdb"), (Colour{0x3b, 0x5b, 0xdb}));
  EXPECT_EQ(parse_colour("#F0a"), (Colour{0xff, 0x00, 0xaa}));
  EXPECT_EQ(text(Colour{0, 0x0a, 0xff}), "#000aff");
  for (const auto* wrong : {"", "#", "3b5bdb", "#3b5bd", "#3b5bdg", "#3b5bdb0", "red", "#-12345"}) {
    EXPECT_EQ(parse_colour(wrong), std::nullopt) << wrong;
  }
}

TEST(Colours, ContrastIsThatOfWcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.001);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.01);
  EXPECT_NEAR(contrast({9, 9, 9}, {9, 9, 9}), 1, 0.001);
}

TEST(Colours, AnyAccentBecomesReadableOnLightAndDark) {
  const Colour light{0xff, 0xff, 0xff}, dark{0x18, 0x1c, 0x23};
  for (const auto* accent : {"#ffff00", "#000000", "#ffffff", "#808080", "#3b5bdb", "#ff0000"}) {
    EXPECT_GE(contrast(readable_on(light, *parse_colour(accent)), light), 4.5) << accent;
    EXPECT_GE(contrast(readable_on(dark, *parse_colour(accent)), dark), 4.5) << accent;
  }
  EXPECT_EQ(readable_on(light, {0, 0, 128}), (Colour{0, 0, 128})) << "one that is stays as it is";
}

TEST(Zones, KnowTheirClockAndItsName) {
  const Instant winter = std::chrono::sys_days(std::chrono::year{2026} / 1 / 15);
  const Instant summer = std::chrono::sys_days(std::chrono::year{2026} / 7 / 15);
  const auto berlin = Zone::find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(berlin->local(winter).hour, 1);
  EXPECT_EQ(berlin->local(winter).zone, "CET");
  EXPECT_EQ(berlin->local(summer).hour, 2);
  EXPECT_EQ(berlin->local(summer).zone, "CEST");
  const auto denver = Zone::find("America/Denver");
  ASSERT_TRUE(denver);
  EXPECT_EQ(denver->local(winter).hour, 17);
  EXPECT_EQ(denver->local(winter).date, std::chrono::year{2026} / 1 / 14);
}

TEST(Zones, UtcNeedsNoTable) {
  EXPECT_EQ(Zone().local(Instant()).zone, "UTC");
  EXPECT_EQ(Zone::find("UTC")->name(), "UTC");
  EXPECT_FALSE(Zone::find("Mars/Olympus"));
  EXPECT_FALSE(Zone::find(""));
  EXPECT_FALSE(Zone::find("../../etc/passwd"));
}

}  // namespace
}  // namespace vedette::brand

// SPDX-License-Identifier: Apache-2.0
#include "agent/web/wire.h"

#include <gmock/gmock.h>

namespace vedette::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const Manner open_on{.head = false, .keep_alive = true, .chunked = true};

TEST(RenderHead, TellsLengthAndTypeOfTheBody) {
  const auto head = render_head(text_response(200, "hello"), open_on);
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 6\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(RenderHead, SaysWhenTheConnectionEnds) {
  EXPECT_THAT(render_head(text_response(200, ""), open_on), Not(HasSubstr("Connection")));
  EXPECT_THAT(
      render_head(text_response(200, ""), {.head = false, .keep_alive = false, .chunked = true}),
      HasSubstr("Connection: close\r\n"));
}

TEST(RenderHead, AnAnswerWithoutABodyHasNoHeadersOfOne) {
  auto response = text_response(304, "");
  EXPECT_THAT(render_head(response, open_on), Not(HasSubstr("Content-")));
}

TEST(RenderHead, AStreamHasNoLength) {
  auto response = text_response(200, "");
  response.stream = [](std::string&) { return false; };
  const auto head = render_head(response, open_on);
  EXPECT_THAT(head, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
}

TEST(RenderHead, AHeaderWithALineEndIsLeftOut) {
  auto response = text_response(200, "");
  response.headers = {{"X-A", "a\r\nX-Evil: 1"}, {"X-B\n", "b"}, {"X-C", "c"}};
  const auto head = render_head(response, open_on);
  EXPECT_THAT(head, Not(HasSubstr("X-Evil")));
  EXPECT_THAT(head, Not(HasSubstr("X-B")));
  EXPECT_THAT(head, HasSubstr("X-C: c\r\n"));
}

std::string framed(const std::string& piece, bool last) {
  const auto chunk = frame(piece.size(), last);
  return chunk.before + piece + std::string(chunk.after);
}

TEST(Frame, OnlyTheLastPieceEndsTheBody) {
  EXPECT_EQ(framed("0123456789abcdef!", false), "11\r\n0123456789abcdef!\r\n");
  EXPECT_EQ(framed("x", true), "1\r\nx\r\n0\r\n\r\n");
  EXPECT_EQ(framed("", false), "");
  EXPECT_EQ(framed("", true), "0\r\n\r\n");
}

}  // namespace
}  // namespace vedette::web

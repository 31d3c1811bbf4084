// SPDX-License-Identifier: Apache-2.0
#include "probes/net/answer_reader.h"

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

using namespace std::chrono_literals;

AnswerReader reader(std::size_t cap = 100) {
  return {cap, Deadline::in(1h)};
}
std::size_t much() {
  return std::size_t{1} << 40;
}

TEST(AnswerReaderTest, KeepsTheHeadersOfTheLastAnswer) {
  auto answer = reader();
  for (const char* line :
       {"HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n",
        "Content-Type:  text/html \r\n", "X-Empty:\r\n", "\r\n", "X-Trailer: 1\r\n"}) {
    EXPECT_TRUE(answer.header_line(line));
  }
  const Headers expected{{"Content-Type", "text/html"}, {"X-Empty", ""}};
  EXPECT_EQ(answer.take_headers(), expected);
}

TEST(AnswerReaderTest, FoldedLinesBelongToTheHeaderBefore) {
  auto answer = reader();
  for (const char* line : {"HTTP/1.1 200 OK\r\n", " lost\r\n", "A: one\r\n", "  two\r\n",
                           "\tthree\r\n", "no colon\r\n", "\r\n"}) {
    EXPECT_TRUE(answer.header_line(line));
  }
  const Headers expected{{"A", "one two three"}};
  EXPECT_EQ(answer.take_headers(), expected);
}

TEST(AnswerReaderTest, StopsAtTooManyHeadersOrBytes) {
  auto many = reader();
  many.header_line("HTTP/1.1 200 OK\r\n");
  std::size_t taken = 0;
  while (many.header_line("A: b\r\n")) {
    ASSERT_LT(++taken, 10'000U);
  }
  EXPECT_EQ(taken, AnswerReader::max_headers);
  EXPECT_EQ(many.stopped(), AnswerReader::Stop::headers);

  auto interim = reader();
  taken = 0;
  while (interim.header_line("HTTP/1.1 103 Early Hints\r\n") && interim.header_line("\r\n")) {
    ASSERT_LT(++taken, 100'000U);
  }
  EXPECT_EQ(interim.stopped(), AnswerReader::Stop::headers);
}

TEST(AnswerReaderTest, KeepsTheBodyUpToTheCapAndCountsTheRest) {
  auto answer = reader(5);
  EXPECT_TRUE(answer.body("abc", much));
  EXPECT_TRUE(answer.body("defgh", much));
  EXPECT_TRUE(answer.body("ij", much));
  EXPECT_EQ(answer.body_bytes(), 10U);
  EXPECT_EQ(answer.take_body(), "abcde");
}

TEST(AnswerReaderTest, CapOfZeroKeepsNothing) {
  auto answer = reader(0);
  EXPECT_TRUE(answer.body("abc", much));
  EXPECT_EQ(answer.body_bytes(), 3U);
  EXPECT_EQ(answer.take_body(), "");
}

TEST(AnswerReaderTest, BombIsWhatGrowsAHundredfoldAndIsBig) {
  const std::string piece(1 << 20, '\0');
  auto honest = reader();
  auto bomb = reader();
  bool stopped = false;
  for (std::size_t i = 1; i <= 64; ++i) {
    EXPECT_TRUE(honest.body(piece, [&] { return i * piece.size() / 50; }));
    stopped = !bomb.body(piece, [&] { return i * piece.size() / 150; });
    if (stopped) {
      break;
    }
  }
  EXPECT_TRUE(stopped);
  EXPECT_EQ(bomb.stopped(), AnswerReader::Stop::bomb);
  EXPECT_LE(bomb.body_bytes(), AnswerReader::bomb_bytes + piece.size());
}

TEST(AnswerReaderTest, StopsWhenTheDeadlineHasCome) {
  AnswerReader answer(100, Deadline{Steady::now() - 1ms});
  EXPECT_FALSE(answer.body("abc", much));
  EXPECT_EQ(answer.stopped(), AnswerReader::Stop::deadline);
}

}  // namespace
}  // namespace vedette::net

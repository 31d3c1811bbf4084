// SPDX-License-Identifier: Apache-2.0
#include "agent/web/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "agent/web/message.h"

namespace vedette::web {
namespace {

std::string unzipped(std::string zipped) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(100'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zipped.data());
  stream.avail_in = static_cast<uInt>(zipped.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Gzip, ComesBackAsItWent) {
  for (const auto& text : {std::string(), std::string("x"), std::string(50'000, 'a')}) {
    EXPECT_EQ(unzipped(gzip(text)), text);
  }
  EXPECT_LT(gzip(std::string(50'000, 'a')).size(), 200U);
}

TEST(Gzip, IsSentOnlyToThoseWhoTakeIt) {
  for (const auto* header : {"gzip", "deflate, gzip", "GZIP", "br;q=1.0, gzip;q=0.8, *;q=0.1"}) {
    EXPECT_TRUE(accepts_gzip(header)) << header;
  }
  for (const auto* header : {"", "identity", "br", "gzip;q=0", "gzip; q=0.0", "xgzip", "gzipx"}) {
    EXPECT_FALSE(accepts_gzip(header)) << header;
  }
}

class FittedTest : public testing::Test {
 protected:
  static Response page() {
    Response response;
    response.body = std::make_shared<const std::string>("plain");
    response.gzipped = std::make_shared<const std::string>("zipped");
    response.etag = "\"tag\"";
    return response;
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& one : response.headers) {
      if (one.name == name) return one.value;
    }
    return "";
  }
};

TEST_F(FittedTest, TheSmallerBodyHasATagOfItsOwn) {
  Request request;
  request.headers = {{"Accept-Encoding", "gzip"}};
  const auto zipped = fitted(request, page());
  EXPECT_EQ(*zipped.body, "zipped");
  EXPECT_EQ(zipped.etag, "\"tag-gzip\"");
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(zipped, "Vary"), "Accept-Encoding");
  request.headers.push_back({"If-None-Match", "\"tag-gzip\""});
  EXPECT_EQ(fitted(request, page()).status, 304);
}

TEST_F(FittedTest, OthersGetThePlainOneAndAreToldThatItVaries) {
  const auto plain = fitted({}, page());
  EXPECT_EQ(*plain.body, "plain");
  EXPECT_EQ(plain.etag, "\"tag\"");
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
}

}  // namespace
}  // namespace vedette::web

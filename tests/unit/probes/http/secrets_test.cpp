// SPDX-License-Identifier: Apache-2.0
// A server that echoes every secret in every shape must not get one of them into a result.
#include "probes/encoding.h"
#include "tests/unit/probes/http/fake_client.h"

namespace vedette::http {
namespace {

using test::all_texts;
using test::Asked;
using test::Check;
using test::page;

struct Case {
  const char* name;
  std::string yaml;
  std::vector<std::string> secrets;
};

std::vector<Case> cases() {
  const std::string secret = "S3cr3t/With \"odd\" <ch&rs>";
  const std::string quoted = "'S3cr3t/With \"odd\" <ch&rs>'";
  return {
      {"basic",
       "auth: {basic: {user: me, password: " + quoted + "}}",
       {secret, base64("me:" + secret)}},
      {"bearer", "auth: {bearer: " + quoted + "}", {secret}},
      {"oauth2",
       "auth: {oauth2: {token_url: 'https://login.test/', client_id: me, client_secret: " + quoted +
           "}}",
       {secret, "the-access-token/1"}},
      {"header", "headers: {X-Api-Key: " + quoted + "}", {secret}},
      {"cookie", "headers: {Cookie: 'sid=S3cr3t-cookie'}", {"S3cr3t-cookie"}},
      {"form", "form: {password: " + quoted + "}", {secret}},
      {"json", "json: {password: " + quoted + "}", {secret}},
  };
}

// The request as it went out, and the secrets in all their shapes.
std::string echo(const Asked& asked, const std::vector<std::string>& secrets) {
  std::string out;
  for (const auto& [name, value] : asked.request.headers) out += name + ": " + value + "\n";
  out += asked.request.body + "\n";
  for (const std::string& secret : secrets) {
    for (const std::string& shape : {secret, percent_encode(secret), form_encode(secret),
                                     json_escape(secret), html_escape(secret), base64(secret)}) {
      out += shape + "\n";
    }
  }
  return out;
}

void expect_no_secret(const Result& result, const std::vector<std::string>& secrets) {
  const std::string texts = all_texts(result);
  for (const std::string& secret : secrets) {
    for (const std::string& shape : {secret, percent_encode(secret), form_encode(secret),
                                     json_escape(secret), html_escape(secret), base64(secret)}) {
      EXPECT_EQ(texts.find(shape), std::string::npos) << shape << " in:\n" << texts;
    }
  }
  EXPECT_EQ(texts.find("S3cr3t"), std::string::npos) << texts;
}

net::HttpExchange echoing(const Asked& asked, const std::vector<std::string>& secrets,
                          std::size_t shift) {
  const std::string echoed = echo(asked, secrets);
  net::HttpExchange exchange = page(500, std::string(shift, '.') + echoed);
  for (const std::string& secret : secrets) {
    exchange.headers.emplace_back("X-Echo", std::string(shift % 97, '.') + secret);
    exchange.headers.emplace_back("Set-Cookie", secret);
  }
  exchange.final_url = "http://shop.test/?back=" + percent_encode(secrets.front());
  return exchange;
}

TEST(HttpSecrets, AreInNoTextOfAFailingRun) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    Check check("url: http://shop.test/\n" + one.yaml +
                "\nexpect: {body: {contains: x-x}, headers: {X-Echo: y}, final_url: z}");
    // The echo wanders through every cut that excerpts and transcripts make.
    for (std::size_t shift = 0; shift < 1300; shift += 7) {
      check.client.answer = [&](const Asked& asked) {
        if (asked.request.url != "https://login.test/") return echoing(asked, one.secrets, shift);
        return page(200, R"({"access_token":"the-access-token/1"})");
      };
      const Result result = check.run();
      EXPECT_EQ(result.outcome, Outcome::fail);
      expect_no_secret(result, one.secrets);
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(HttpSecrets, AreInNoTextOfAPassingRun) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    Check check("url: http://shop.test/\n" + one.yaml +
                "\nexpect: {status: 500, headers: "
                "{X-Echo: {present: true}}, final_url: {contains: back}}");
    check.client.answer = [&](const Asked& asked) {
      if (asked.request.url != "https://login.test/") return echoing(asked, one.secrets, 0);
      return page(200, R"({"access_token":"the-access-token/1"})");
    };
    const Result result = check.run();
    EXPECT_EQ(result.outcome, Outcome::pass) << result.message;
    expect_no_secret(result, one.secrets);
  }
}

TEST(HttpSecrets, AreInNoTextWhenTheNetworkOrTheTokenServerEchoesThem) {
  for (Case one : cases()) {
    SCOPED_TRACE(one.name);
    one.secrets.resize(1);  // a token that was never received cannot be known
    Check check("url: http://shop.test/\n" + one.yaml);
    check.client.answer = [&](const Asked& asked) {
      return test::broken(Reason::protocol_error, "bad line: " + echo(asked, one.secrets));
    };
    expect_no_secret(check.run(), one.secrets);
    check.client.answer = [&](const Asked&) {
      return page(400, R"({"error":"invalid_client","error_description":")" +
                           json_escape(one.secrets.front()) + "\"}");
    };
    expect_no_secret(check.run(), one.secrets);
  }
}

TEST(HttpSecrets, CredentialHeadersAreHiddenEvenWhenNobodyDeclaredThem) {
  Check check("url: http://shop.test/\nexpect: {status: 204}");
  check.client.answer = [](const Asked&) {
    net::HttpExchange exchange = page();
    exchange.headers.emplace_back("set-cookie", "session=of-the-server");
    return exchange;
  };
  const Result result = check.run();
  EXPECT_NE(result.transcript.text().find("< set-cookie: ***"), std::string::npos);
  EXPECT_EQ(all_texts(result).find("of-the-server"), std::string::npos);
}

}  // namespace
}  // namespace vedette::http

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

// All that a run can say of URLs, of which `secrets` stands in some.
void expect_hidden(net::HttpExchange answer, const std::vector<std::string>& secrets,
                   const std::string& expect) {
  Check check("url: http://shop.test/\nexpect: {" + expect + "}");
  check.client.answer = [&](const Asked&) { return answer; };
  const std::string texts = all_texts(check.run());
  EXPECT_NE(texts.find("***"), std::string::npos) << texts;
  for (const std::string& secret : secrets) {
    EXPECT_EQ(texts.find(secret), std::string::npos) << secret << " in:\n" << texts;
  }
}

net::HttpExchange redirect(const std::string& location) {
  net::HttpExchange exchange = page(302, "<a href='" + location + "'>moved</a>");
  exchange.headers.emplace_back("location", location);
  return exchange;
}

TEST(HttpSecrets, OfTheServerInAnUnfollowedLocationAreHidden) {
  const std::string secret = "SERVERSECRET123";
  for (const std::string& location :
       {"/x?access_token=" + secret, "/x?a=b&access_token=" + secret + "&c=d",
        "/x#id_token=" + secret, "?key=" + secret, "/x?X-Amz-Signature=" + secret,
        "https://" + secret + "@shop.test/x", "https://user:" + secret + "@shop.test/x?y=@z",
        "//user:a@" + secret + "@shop.test", "/?token=" + std::string(600, 'a') + secret}) {
    SCOPED_TRACE(location);
    expect_hidden(redirect(location), {secret}, "status: 200, headers: {Location: /elsewhere}");
    expect_hidden(redirect(location), {secret},
                  "status: 200, headers: {location: {contains: no such}}, body: {equals: no}");
  }
}

TEST(HttpSecrets, OfTheServerInTheFinalUrlAreHiddenButExpectationsSeeThem) {
  Check check(
      "url: http://shop.test/\nexpect: {final_url: {matches: \"token=SERVERSECRET[0-9]+$\"}"
      ", body: {contains: never there}}");
  check.client.answer = [](const Asked&) {
    net::HttpExchange exchange = page(200, "Hello, SERVERSECRET123!");
    exchange.final_url = "http://shop.test/x?access_token=SERVERSECRET123";
    exchange.redirects = 1;
    return exchange;
  };
  const Result result = check.run();
  ASSERT_EQ(result.evidence.size(), 3U);
  EXPECT_EQ(result.evidence[2].expectation.substr(0, 9), "final_url");
  EXPECT_TRUE(result.evidence[2].ok);
  EXPECT_EQ(result.facts[2].name, "final_url");
  EXPECT_EQ(std::get<std::string>(result.facts[2].value), "http://shop.test/x?access_token=***");
  EXPECT_NE(result.transcript.text().find("to http://shop.test/x?access_token=***\n"),
            std::string::npos);
  EXPECT_NE(result.message.find("\"Hello, ***!\""), std::string::npos) << result.message;
  EXPECT_EQ(all_texts(result).find("SERVERSECRET123"), std::string::npos);
}

TEST(HttpSecrets, OfTheServerAreHiddenInMessagesOfTheNetworkToo) {
  net::HttpExchange answer = redirect("http://user:SERVERSECRET1@x.test/?token=SERVERSECRET2");
  answer.failure = net::Failure{Reason::too_many_redirects,
                                "no end at http://user:SERVERSECRET1@x.test/?token=SERVERSECRET2"};
  expect_hidden(std::move(answer), {"SERVERSECRET1", "SERVERSECRET2"}, "status: 200");
}

TEST(HttpSecrets, OfTheServerAreHiddenHoweverManyThereAre) {
  std::string location = "/?a=b";
  std::vector<std::string> secrets;
  for (int i = 1000; i < 1060; ++i) {
    secrets.push_back("SECRET" + std::to_string(i));
    location += "&token=" + secrets.back();
  }
  net::HttpExchange answer = redirect(location);
  answer.body.clear();
  answer.final_url = "http://shop.test" + location;
  expect_hidden(std::move(answer), secrets, "final_url: http://shop.test/");
}

TEST(HttpSecrets, ParametersWithHarmlessNamesAreShown) {
  Check check("url: http://shop.test/\nexpect: {status: 200}");
  check.client.answer = [](const Asked&) { return redirect("/x?keyword=summer&page=twelve"); };
  EXPECT_NE(check.run().transcript.text().find("< location: /x?keyword=summer&page=twelve\n"),
            std::string::npos);
}

}  // namespace
}  // namespace vedette::http

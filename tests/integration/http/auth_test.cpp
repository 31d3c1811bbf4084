// SPDX-License-Identifier: Apache-2.0
// Who the probe says it is: passwords, tokens, OAuth2, client certificates; none of which is ever
// told.
#include <atomic>

#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class HttpAuthTest : public HttpSiteTest {
 protected:
  // Everything that a result tells to anybody.
  static std::string all_text(const Result& result) {
    std::string text = result.message + result.transcript.text();
    for (const Observation& each : result.evidence) {
      text += each.expectation + each.saw;
    }
    for (const Fact& each : result.facts) {
      text += fact(result, each.name);
    }
    for (const std::string& each : result.infos) {
      text += each;
    }
    return text;
  }
};

TEST_F(HttpAuthTest, BasicIsAccepted) {
  EXPECT_THAT(run(site().url("plain", "/basic"),
                  "auth: {basic: {user: user, password: password}}\nexpect: {status: 200}"),
              Passes());
}

TEST_F(HttpAuthTest, BasicIsRefused) {
  const Result result =
      run(site().url("plain", "/basic"),
          "auth: {basic: {user: user, password: not-this-one}}\nexpect: {status: 200}");
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message, HasSubstr("401"));
  EXPECT_THAT(all_text(result), Not(HasSubstr("not-this-one")));
}

TEST_F(HttpAuthTest, BearerIsAccepted) {
  EXPECT_THAT(run(site().url("plain", "/bearer"),
                  "auth: {bearer: token-of-the-shop}\nexpect: {body: {contains: welcome}}"),
              Passes());
}

TEST_F(HttpAuthTest, SecretsThatTheServerEchoesAreMasked) {
  const Result result = run(site().url("plain", "/echo"),
                            "auth: {bearer: token-of-the-shop}\nexpect: {body: {equals: nothing}}");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(all_text(result), Not(HasSubstr("token-of-the-shop")));
}

TEST_F(HttpAuthTest, SecretsComeFromFiles) {
  const TempDir dir;
  const auto file = dir.write("token", "token-of-the-shop\n");
  EXPECT_THAT(
      run(site().url("plain", "/bearer"),
          fmt::format("auth: {{bearer: {{file: {}}}}}\nexpect: {{status: 200}}", file.string())),
      Passes());
}

TEST_F(HttpAuthTest, AClientCertificateIsAccepted) {
  const TlsFiles& tls = site().tls();
  EXPECT_THAT(
      run(site().url("client_cert"),
          fmt::format(
              "tls: {{cert_file: {}, key_file: {}}}\nexpect: {{status: 200, body: {{contains: "
              "CN=probe}}}}",
              tls.chain("client").string(), tls.key("client").string())),
      Passes());
}

TEST_F(HttpAuthTest, AClientCertificateIsMissed) {
  const Result result = run(site().url("client_cert"), "expect: {status: 200}");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(result.message, HasSubstr("status was 400"));
}

TEST_F(HttpAuthTest, AClientCertificateOfAStrangerIsRefused) {
  const TlsFiles& tls = site().tls();
  EXPECT_THAT(
      run(site().url("client_cert"),
          fmt::format("tls: {{cert_file: {}, key_file: {}}}\nexpect: {{status: 200}}",
                      tls.chain("stranger_client").string(), tls.key("stranger_client").string())),
      FailsWith(Reason::expectation_failed));
}

TEST_F(HttpAuthTest, AServerThatEndsTheHandshakeWithoutAClientCertificateIsAReason) {
  const ScriptedServer server(
      Script()
          .handshake(site().tls().identity("good"), read_text_file(site().tls().client_root()))
          .stall());
  const Result result = run(server.https(), {}, 5s);
  EXPECT_EQ(result.outcome, Outcome::fail) << summary(result);
  EXPECT_THAT(result, FailsWith(Reason::tls_handshake));
}

// A token server and an API in one. Tokens are token-number-1, token-number-2 ...; only the newest
// is good.
class HttpOAuth2Test : public HttpProbeTest {
 protected:
  std::string section() const {
    return fmt::format(
        "url: \"{}\"\nauth: {{oauth2: {{token_url: \"{}\", client_id: probe, client_secret: "
        "very-secret, scope: "
        "\"read pay\"}}}}\nexpect: {{status: 200}}\n",
        server.url("/api"), server.url("/token"));
  }

  std::string answer(const std::string& request) {
    if (request_line(request).starts_with("POST /token ")) {
      return give_token(request);
    }
    const std::string wanted = fmt::format("Bearer token-number-{}", issued.load());
    return header_value(request, "Authorization") == wanted && !revoked.exchange(false)
               ? http_answer("200 OK", "welcome")
               : http_answer("401 Unauthorized", "who are you?");
  }

  std::string give_token(const std::string& request) {
    if (!message_body(request).starts_with("grant_type=client_credentials") || refuse) {
      return http_answer("400 Bad Request", R"({"error":"invalid_client"})");
    }
    return http_answer(
        "200 OK",
        fmt::format(R"({{"access_token":"token-number-{}","token_type":"Bearer","expires_in":{}}})",
                    ++issued, expires_in.load()),
        "Content-Type: application/json\r\n");
  }

  std::atomic<int> issued = 0;
  std::atomic<int> expires_in = 3600;
  std::atomic<bool> revoked = false;
  std::atomic<bool> refuse = false;
  ScriptedServer server{
      http_script([this](const std::string& request) { return answer(request); })};
};

TEST_F(HttpOAuth2Test, FetchesATokenAndKeepsIt) {
  const HttpCheck check(section());
  EXPECT_THAT(run(check), Passes());
  EXPECT_THAT(run(check), Passes());
  EXPECT_EQ(issued, 1);
  ASSERT_THAT(server.requests(), SizeIs(3));
  EXPECT_THAT(message_body(server.requests().front()),
              testing::AnyOf(HasSubstr("scope=read+pay"), HasSubstr("scope=read%20pay")));
}

TEST_F(HttpOAuth2Test, FetchesANewOneWhenItExpires) {
  expires_in = 0;
  const HttpCheck check(section());
  EXPECT_THAT(run(check), Passes());
  EXPECT_THAT(run(check), Passes());
  EXPECT_EQ(issued, 2);
}

TEST_F(HttpOAuth2Test, FetchesANewOneWhenItIsRefused) {
  const HttpCheck check(section());
  EXPECT_THAT(run(check), Passes());
  revoked = true;
  EXPECT_THAT(run(check), Passes());
  EXPECT_EQ(issued, 2);
}

TEST_F(HttpOAuth2Test, GivesUpWhenNoTokenIsGiven) {
  refuse = true;
  const Result result = run(HttpCheck(section()));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_THAT(result.message,
              testing::AllOf(HasSubstr("invalid_client"), Not(HasSubstr("very-secret"))));
}

TEST_F(HttpOAuth2Test, GivesUpWhenFreshTokensAreRefusedToo) {
  const ScriptedServer api(
      http_script([](const std::string&) { return http_answer("401 Unauthorized", "no"); }));
  const Result result =
      run(HttpCheck(fmt::format("url: \"{}\"\nauth: {{oauth2: {{token_url: \"{}\", client_id: "
                                "probe, client_secret: very-secret}}}}\n",
                                api.url(), server.url("/token"))));
  EXPECT_THAT(result, FailsWith(Reason::auth_failed));
  EXPECT_LE(issued, 2);
}

TEST_F(HttpOAuth2Test, ATokenServerThatStallsEndsWithTheRun) {
  const ScriptedServer token_server(Script().read_request().stall());
  const Result result =
      run(HttpCheck(fmt::format("url: \"{}\"\nauth: {{oauth2: {{token_url: \"{}\", client_id: "
                                "probe, client_secret: very-secret}}}}\n",
                                server.url("/api"), token_server.url("/token"))),
          300ms);
  EXPECT_EQ(result.outcome, Outcome::fail) << summary(result);
  EXPECT_THAT(result.message, HasSubstr("token"));
}

}  // namespace
}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Redirects: followed or not, how far, with what, and where it ended up.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"

namespace vedette::test {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class HttpRedirectTest : public HttpSiteTest {
 protected:
  std::string landed() { return site().url("plain", "/landed"); }
};

TEST_F(HttpRedirectTest, AreFollowedToTheEnd) {
  for (const int status : {301, 302, 303, 307, 308}) {
    const Result result =
        run(site().url("plain", fmt::format("/redirect/{}", status)),
            fmt::format("expect: {{status: 200, final_url: \"{}\", redirects: 1}}", landed()));
    EXPECT_THAT(result, Passes()) << status;
    EXPECT_EQ(gauge(result, "probe_http_redirects"), 1);
  }
}

TEST_F(HttpRedirectTest, BecomeGetOrStayAsTheyAre) {
  const auto landed_with = [&](int status) {
    return run(site().url("plain", fmt::format("/redirect/{}", status)),
               "method: POST\nbody: something\nexpect: {body: {equals: \"GET landed\\n\"}}");
  };
  EXPECT_THAT(landed_with(302), Passes());
  EXPECT_THAT(landed_with(303), Passes());
  EXPECT_THAT(landed_with(307), FailsWith(Reason::expectation_failed));
  EXPECT_THAT(landed_with(308).message, HasSubstr("POST landed"));
}

TEST_F(HttpRedirectTest, CanBeTakenAsTheAnswer) {
  EXPECT_THAT(run(site().url("plain", "/redirect/302"),
                  "redirects: 0\nexpect: {status: 302, headers: {Location: {contains: /landed}}}"),
              Passes());
}

TEST_F(HttpRedirectTest, AreLimited) {
  EXPECT_THAT(run(site().url("plain", "/chain/3"), "redirects: 4\nexpect: {redirects: 4}"),
              FailsWith(Reason::expectation_failed));
  EXPECT_THAT(
      run(site().url("plain", "/chain/3"), "redirects: 3\nexpect: {status: 200, redirects: 3}"),
      Passes());
  EXPECT_THAT(run(site().url("plain", "/chain/3"), "redirects: 2"),
              FailsWith(Reason::too_many_redirects));
}

TEST_F(HttpRedirectTest, InALoopEnd) {
  const Result result = run(site().url("plain", "/loop"));
  EXPECT_THAT(result, FailsWith(Reason::too_many_redirects));
  EXPECT_EQ(gauge(result, "probe_http_status_code"), 302);
}

TEST_F(HttpRedirectTest, LeadToOtherHostsWithTheirNamesResolvedToo) {
  EXPECT_THAT(
      run(site().url("plain", "/elsewhere"),
          "resolve: {other.test: 127.0.0.1}\nexpect: {body: {contains: \"host=other.test:\"}}"),
      Passes());
}

TEST_F(HttpRedirectTest, DoNotCarryCredentialsToOtherHosts) {
  const std::string more =
      "auth: {basic: {user: user, password: password}}\nheaders: {X-Probe: \"7\", Cookie: a=b}\n"
      "resolve: {other.test: 127.0.0.1}\n";
  EXPECT_THAT(
      run(site().url("plain", "/elsewhere"),
          more +
              "expect: {body: {contains: [\"authorization=\\n\", \"cookie=\\n\", \"x-probe=7\"]}}"),
      Passes());
  EXPECT_THAT(run(site().url("plain", "/echo"),
                  more + "expect: {body: {contains: [\"authorization=Basic\", \"cookie=a=b\"]}}"),
              Passes());
}

TEST_F(HttpRedirectTest, KeepCookies) {
  EXPECT_THAT(
      run(site().url("plain", "/cookie/set"), "expect: {status: 200, body: {contains: welcome}}"),
      Passes());
}

TEST_F(HttpRedirectTest, DropCookiesWhenToldTo) {
  EXPECT_THAT(run(site().url("plain", "/cookie/set"), "cookies: false\nexpect: {status: 403}"),
              Passes());
}

TEST_F(HttpRedirectTest, CookiesDoNotOutliveTheRun) {
  const HttpCheck set(
      fmt::format("url: \"{}\"\nexpect: {{status: 200}}", site().url("plain", "/cookie/set")));
  EXPECT_THAT(run(set), Passes());
  EXPECT_THAT(run(site().url("plain", "/cookie/check"), "expect: {status: 403}"), Passes());
}

TEST_F(HttpRedirectTest, ToNowhereFailPlainly) {
  const ScriptedServer server(http_script([](const std::string&) {
    return http_answer("302 Found", "", "Location: gopher://old.test/\r\n");
  }));
  EXPECT_THAT(run(server.url()), FailsWith(Reason::protocol_error));
}

TEST_F(HttpRedirectTest, WithFreshTokensDoNotShowThem) {
  const ScriptedServer server(http_script([](const std::string& request) {
    if (request.starts_with("GET /x?access_token=SERVERSECRET123 "))
      return http_answer("200 OK", "in");
    return http_answer("302 Found", "", "Location: /x?access_token=SERVERSECRET123\r\n");
  }));
  const Result followed =
      run(server.url(), "expect: {status: 200, final_url: {contains: SECRET123}, redirects: 0}");
  EXPECT_THAT(followed, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(followed.message, HasSubstr("number of redirects was 1"));
  EXPECT_THAT(fact(followed, "final_url"), EndsWith("/x?access_token=***"));
  EXPECT_THAT(followed.transcript.text(), Not(HasSubstr("SERVERSECRET123")));

  const Result stayed = run(server.url(), "redirects: 0\nexpect: {headers: {Location: /y}}");
  EXPECT_THAT(stayed, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(stayed.transcript.text(), HasSubstr("Location: /x?access_token=***\n"));
  EXPECT_THAT(testing::PrintToString(stayed), Not(HasSubstr("SERVERSECRET123")));
}

}  // namespace
}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Certificates: what is refused and why, and the facts that are kept all the same.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Trouble {
  std::string port;
  Reason reason;
};
void PrintTo(const Trouble& trouble, std::ostream* out) {
  *out << trouble.port;
}

class HttpTlsTest : public HttpSiteTest {};

class HttpCertificateTroubleTest : public HttpTlsTest,
                                   public testing::WithParamInterface<Trouble> {};

INSTANTIATE_TEST_SUITE_P(Site, HttpCertificateTroubleTest,
                         testing::Values(Trouble{"expired", Reason::tls_expired},
                                         Trouble{"not_yet_valid", Reason::tls_not_yet_valid},
                                         Trouble{"wrong_host", Reason::tls_wrong_host},
                                         Trouble{"self_signed", Reason::tls_self_signed},
                                         Trouble{"unknown_issuer", Reason::tls_unknown_issuer}),
                         [](const auto& row) { return row.param.port; });

TEST_P(HttpCertificateTroubleTest, IsTheReasonAndTheFactsAreKept) {
  const Trouble trouble = GetParam();
  const Result result =
      run(site().url(trouble.port, "/", "shop.test"), "resolve: {shop.test: 127.0.0.1}");
  EXPECT_THAT(result, FailsWith(trouble.reason));
  EXPECT_THAT(fact(result, "certificate_subject"),
              HasSubstr(trouble.port == "wrong_host" ? "other.test" : "shop.test"));
  EXPECT_NE(fact(result, "certificate_issuer"), "");
  EXPECT_NE(fact(result, "certificate_not_after"), "");
  EXPECT_EQ(fact(result, "certificate_sha256").size(), 64U);
  EXPECT_GT(gauge(result, "probe_ssl_earliest_cert_expiry"), 0);
  EXPECT_THAT(result.infos, testing::Contains(HasSubstr(fact(result, "certificate_sha256"))));
  EXPECT_NE(fact(result, "tls_verification_error"), "");
}

TEST_P(HttpCertificateTroubleTest, IsToldButDoesNotFailWhenNotVerified) {
  const Result result =
      run(site().url(GetParam().port), "tls: {verify: false}\nexpect: {status: 200}");
  EXPECT_THAT(result, Passes());
  EXPECT_NE(fact(result, "certificate_subject"), "");
  EXPECT_NE(fact(result, "tls_verification_error"), "");
}

TEST_P(HttpCertificateTroubleTest, StaysTheReasonWhenTheSameChainIsSeenAgain) {
  const HttpCheck check(fmt::format("url: \"{}\"", site().url(GetParam().port)));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(run(check), FailsWith(GetParam().reason));
  }
}

TEST_F(HttpTlsTest, AGoodCertificatePassesAndIsDescribed) {
  const Result result =
      run(site().url("tls"), "expect: {status: 200, certificate_expires_in: {greater_than: 14d}}");
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(fact(result, "certificate_names"), HasSubstr("shop.test"));
  EXPECT_EQ(fact(result, "tls_version"), "TLS 1.3");
  EXPECT_THAT(fact(result, "tls_cipher"), HasSubstr("TLS_AES"));
}

TEST_F(HttpTlsTest, TheChainThatWasShownIsDescribed) {
  const Result result = run(site().url("tls"));
  EXPECT_THAT(fact(result, "certificate_chain"),
              testing::AllOf(HasSubstr("CN=shop.test"), HasSubstr("Vedette Test Intermediate")));
}

TEST_F(HttpTlsTest, ACertificateThatWillExpireSoonCanDegrade) {
  CertificateOptions soon = TlsFiles::shop();
  soon.not_after = std::chrono::hours(24 * 5);
  site().tls().add("soon", soon);
  const ScriptedServer server(https_script(site().tls().identity("soon"), [](const std::string&) {
    return http_answer("200 OK", "fine");
  }));
  const Result result =
      run(server.https(), "expect_degraded: {certificate_expires_in: {greater_than: 14d}}");
  EXPECT_EQ(result.outcome, Outcome::degraded) << summary(result);
  EXPECT_THAT(result.message, HasSubstr("certificate"));
}

TEST_F(HttpTlsTest, ACertificateThatExpiresWhileItIsWatchedFailsThen) {
  CertificateOptions short_lived = TlsFiles::shop();
  short_lived.not_after = 2s;
  site().tls().add("short_lived", short_lived);
  const ScriptedServer server(
      https_script(site().tls().identity("short_lived"),
                   [](const std::string&) { return http_answer("200 OK", "fine"); }));
  const HttpCheck check(fmt::format("url: \"{}\"", server.https()));
  EXPECT_THAT(run(check), Passes());
  Result last;
  EXPECT_TRUE(wait_for([&] { return (last = run(check)).outcome != Outcome::pass; }, 20s, 50ms));
  EXPECT_THAT(last, FailsWith(Reason::tls_expired));
}

TEST_F(HttpTlsTest, WithoutOurRootTheIssuerIsUnknown) {
  toolbox_settings().ca_file.clear();
  EXPECT_THAT(run(site().url("tls")), FailsWith(Reason::tls_unknown_issuer));
}

TEST_F(HttpTlsTest, AChecksOwnRootIsEnough) {
  toolbox_settings().ca_file.clear();
  EXPECT_THAT(
      run(site().url("tls"), fmt::format("tls: {{ca_file: {}}}", site().tls().root().string())),
      Passes());
}

TEST_F(HttpTlsTest, AChecksOwnRootIsTheOnlyOne) {
  EXPECT_THAT(run(site().url("tls"),
                  fmt::format("tls: {{ca_file: {}}}", site().tls().client_root().string())),
              FailsWith(Reason::tls_unknown_issuer));
}

TEST_F(HttpTlsTest, ARootIsFoundInALargeBundle) {
  const TempDir dir;
  const auto bundle =
      dir.write("bundle.pem", bundle_with(read_text_file(site().tls().root()), 145));
  EXPECT_THAT(run(site().url("tls"), fmt::format("tls: {{ca_file: {}}}", bundle.string())),
              Passes());
}

// Each row: the switches that make TLS cheap must not change what is found.
class HttpTlsSwitchTest : public HttpTlsTest, public testing::WithParamInterface<const char*> {};

INSTANTIATE_TEST_SUITE_P(Switches, HttpTlsSwitchTest,
                         testing::Values("verify_memo: false", "fast: false",
                                         "verify_memo: false, fast: false"));

TEST_P(HttpTlsSwitchTest, FindTheSame) {
  const auto with_switch = [&](const char* port) {
    const HttpCheck check(fmt::format("url: \"{}\"\ntls: {{{}}}", site().url(port), GetParam()));
    run(check);
    return run(check);
  };
  EXPECT_THAT(with_switch("tls"), Passes());
  EXPECT_THAT(with_switch("h2"), Passes());
  EXPECT_THAT(with_switch("expired"), FailsWith(Reason::tls_expired));
  EXPECT_THAT(with_switch("not_yet_valid"), FailsWith(Reason::tls_not_yet_valid));
  EXPECT_THAT(with_switch("wrong_host"), FailsWith(Reason::tls_wrong_host));
  EXPECT_THAT(with_switch("self_signed"), FailsWith(Reason::tls_self_signed));
  EXPECT_THAT(with_switch("unknown_issuer"), FailsWith(Reason::tls_unknown_issuer));
}

}  // namespace
}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Every key of the `http` section, and every complaint about it.
#include "probes/http/settings.h"

#include <cstdlib>

#include "tests/support/temp_dir.h"
#include "tests/unit/probes/http/fake_client.h"

namespace vedette::http {
namespace {

using test::header;
using test::settings_of;

std::string problems_of(const std::string& yaml) {
  config::Problems problems;
  const auto settings = test::read(yaml, problems);
  EXPECT_EQ(settings.has_value(), problems.empty());
  std::string text = problems.text();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(HttpSettings, DefaultsAreThoseOfTheDocumentation) {
  const Settings settings = settings_of("url: http://shop.test/");
  EXPECT_EQ(settings.request.method, "GET");
  EXPECT_EQ(settings.request.url, "http://shop.test/");
  EXPECT_FALSE(settings.request.has_body);
  EXPECT_EQ(header(settings.request, "User-Agent"), "vedette");
  ASSERT_EQ(settings.options.size(), 1u);
  const net::HttpOptions& options = settings.options.front();
  EXPECT_EQ(options.version, net::HttpVersion::negotiate);
  EXPECT_EQ(options.family, net::IpFamily::any);
  EXPECT_EQ(options.max_redirects, 10);
  EXPECT_TRUE(options.fail_on_too_many_redirects);
  EXPECT_TRUE(options.compression);
  EXPECT_TRUE(options.cookies);
  EXPECT_FALSE(options.reuse_connection);
  EXPECT_EQ(options.body_cap, 1u << 20);
  EXPECT_TRUE(options.resolve.empty());
  EXPECT_TRUE(options.proxy.empty());
  EXPECT_EQ(options.tls, net::TlsSettings{});
  EXPECT_EQ(settings.expect.size(), 1u);  // 2xx
  EXPECT_TRUE(settings.expect_degraded.empty());
  EXPECT_FALSE(settings.has_auth);
  EXPECT_FALSE(settings.oauth2);
  EXPECT_TRUE(settings.mask.empty());
}

TEST(HttpSettings, ReadsTheConnectionsKeys) {
  const Settings settings = settings_of(R"(
url: https://shop.test/
version: 2
ip: 6
redirects: 3
compression: false
cookies: false
reuse_connection: true
body_cap: 2MiB
proxy: http://proxy.test:3128
resolve: {Shop.test: 192.0.2.7, "api.test:8443": "2001:db8::1"}
tls: {server_name: inner.test, verify: false, verify_memo: false, fast: false}
)");
  const net::HttpOptions& options = settings.options.front();
  EXPECT_EQ(options.version, net::HttpVersion::http2);
  EXPECT_EQ(options.family, net::IpFamily::v6);
  EXPECT_EQ(options.max_redirects, 3);
  EXPECT_FALSE(options.compression);
  EXPECT_FALSE(options.cookies);
  EXPECT_TRUE(options.reuse_connection);
  EXPECT_EQ(options.body_cap, 2u << 20);
  EXPECT_EQ(options.proxy, "http://proxy.test:3128");
  EXPECT_EQ(options.resolve, (std::map<std::string, std::string>{
                                 {"shop.test", "192.0.2.7"}, {"api.test:8443", "2001:db8::1"}}));
  EXPECT_EQ(options.tls.server_name, "inner.test");
  EXPECT_FALSE(options.tls.verify);
  EXPECT_FALSE(options.tls.verify_memo);
  EXPECT_FALSE(options.tls.fast);
}

TEST(HttpSettings, ReadsVersionsAndFamilies) {
  const auto version = [](const std::string& text) {
    return settings_of("url: http://a.test/\nversion: " + text).options.front().version;
  };
  EXPECT_EQ(version("1.1"), net::HttpVersion::http1);
  EXPECT_EQ(version("any"), net::HttpVersion::negotiate);
  EXPECT_EQ(settings_of("url: http://a.test/\nip: 4").options.front().family, net::IpFamily::v4);
  const Settings each = settings_of("url: http://a.test/\nip: each\nbody_cap: 10");
  ASSERT_EQ(each.options.size(), 2u);
  EXPECT_EQ(each.options[0].family, net::IpFamily::v4);
  EXPECT_EQ(each.options[1].family, net::IpFamily::v6);
  EXPECT_EQ(each.options[1].body_cap, 10u);
  EXPECT_EQ(settings_of("url: http://a.test/\nredirects: none").options.front().max_redirects, 0);
}

TEST(HttpSettings, ReadsMethodAndHeaders) {
  const Settings settings = settings_of(R"(
url: http://shop.test/
method: PROPFIND
headers: {Depth: 1, Accept: [text/html, text/plain], User-Agent: me}
)");
  EXPECT_EQ(settings.request.method, "PROPFIND");
  EXPECT_EQ(settings.request.headers, (net::Headers{{"Depth", "1"},
                                                    {"Accept", "text/html"},
                                                    {"Accept", "text/plain"},
                                                    {"User-Agent", "me"}}));
}

TEST(HttpSettings, ABodyMakesThePostAndItsType) {
  const Settings raw = settings_of("url: http://a.test/\nbody: ping");
  EXPECT_EQ(raw.request.method, "POST");
  EXPECT_EQ(raw.request.body, "ping");
  EXPECT_TRUE(raw.request.has_body);
  EXPECT_EQ(header(raw.request, "Content-Type"), "text/plain; charset=utf-8");

  const Settings form =
      settings_of("url: http://a.test/\nform: {amount: 100, note: a b&c, tag: [x, y]}");
  EXPECT_EQ(form.request.body, "amount=100&note=a+b%26c&tag=x&tag=y");
  EXPECT_EQ(header(form.request, "Content-Type"), "application/x-www-form-urlencoded");

  const Settings json = settings_of("url: http://a.test/\nmethod: PUT\njson: {a: [1, \"1\"]}");
  EXPECT_EQ(json.request.method, "PUT");
  EXPECT_EQ(json.request.body, R"({"a":[1,"1"]})");
  EXPECT_EQ(header(json.request, "Content-Type"), "application/json");

  const Settings own =
      settings_of("url: http://a.test/\nbody: <x/>\nheaders: {content-type: text/xml}");
  EXPECT_EQ(header(own.request, "content-type"), "text/xml");
  EXPECT_EQ(header(own.request, "Content-Type"), "");
}

TEST(HttpSettings, AnEmptyBodyIsABody) {
  const Settings settings = settings_of("url: http://a.test/\nbody: ''");
  EXPECT_TRUE(settings.request.has_body);
  EXPECT_EQ(settings.request.method, "POST");
}

TEST(HttpSettings, ReadsBasicAndBearer) {
  const Settings basic =
      settings_of("url: http://a.test/\nauth: {basic: {user: Aladdin, password: open sesame}}");
  EXPECT_TRUE(basic.has_auth);
  // The example of RFC 7617, section 2.
  EXPECT_EQ(header(basic.request, "Authorization"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(basic.mask.apply("Aladdin: open sesame QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            "Aladdin: *** ***");
  const Settings bearer = settings_of("url: http://a.test/\nauth: {bearer: t0ken-value}");
  EXPECT_EQ(header(bearer.request, "Authorization"), "Bearer t0ken-value");
  EXPECT_EQ(bearer.mask.apply("t0ken-value"), "***");
}

TEST(HttpSettings, ReadsOAuth2) {
  const Settings settings = settings_of(R"(
url: http://a.test/
proxy: http://proxy.test:3128
tls: {server_name: inner.test, verify: false}
auth:
  oauth2:
    token_url: https://login.test/token
    client_id: probe one
    client_secret: s/cret value
    scope: read write
    audience: https://api.test
    parameters: {resource: shop}
)");
  ASSERT_TRUE(settings.oauth2);
  const net::HttpRequest& request = settings.oauth2->request;
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://login.test/token");
  EXPECT_EQ(request.body,
            "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fapi.test"
            "&resource=shop");
  // base64("probe+one:s%2Fcret+value"): RFC 6749, section 2.3.1
  EXPECT_EQ(header(request, "Authorization"), "Basic cHJvYmUrb25lOnMlMkZjcmV0K3ZhbHVl");
  EXPECT_EQ(settings.oauth2->options.proxy, "http://proxy.test:3128");
  EXPECT_FALSE(settings.oauth2->options.tls.verify);
  EXPECT_EQ(settings.oauth2->options.tls.server_name, "");
  EXPECT_EQ(settings.oauth2->options.max_redirects, 0);
  EXPECT_EQ(header(settings.request, "Authorization"), "");
}

TEST(HttpSettings, SendsTheClientInTheBodyOnRequest) {
  const Settings settings = settings_of(R"(
url: http://a.test/
auth: {oauth2: {token_url: "https://login.test/token", client_id: me, client_secret: secret1,
                client_authentication: body}}
)");
  EXPECT_EQ(settings.oauth2->request.body,
            "grant_type=client_credentials&client_id=me&client_secret=secret1");
  EXPECT_EQ(header(settings.oauth2->request, "Authorization"), "");
}

TEST(HttpSettings, TakesSecretsFromEnvironmentAndFiles) {
  const vedette::test::TempDir folder;
  folder.write("key", "from-a-file\n");
  ::setenv("VEDETTE_TEST_HTTP_KEY", "from-the-environment", 1);
  const Settings settings = settings_of(
      "url: http://a.test/\nheaders: {X-Key: {env: VEDETTE_TEST_HTTP_KEY}}\n"
      "form: {card: {file: " +
      (folder.path() / "key").string() + "}}");
  EXPECT_EQ(header(settings.request, "X-Key"), "from-the-environment");
  EXPECT_EQ(settings.request.body, "card=from-a-file");
  EXPECT_EQ(settings.mask.apply("from-the-environment from-a-file"), "*** ***");
}

TEST(HttpSettings, MasksWhatItsNameTellsToBeSecretAndNothingElse) {
  ::setenv("VEDETTE_TEST_PIN", "pin-1234", 1);
  const Settings settings = settings_of(R"(
url: https://a.test/?api_key=k3y-in-url&page=seven
headers: {Authorization: Bearer literal-token, Cookie: sid=c00kie-value, X-Plain: plain-text}
json: {login: {user: somebody, password: pass-word-1}, pin: {secret: {env: VEDETTE_TEST_PIN}}}
)");
  EXPECT_EQ(settings.mask.apply("k3y-in-url seven literal-token c00kie-value plain-text somebody "
                                "pass-word-1 pin-1234"),
            "*** seven *** *** plain-text somebody *** ***");
}

TEST(HttpSettings, HeadersWithSecretsStayWithTheFirstOrigin) {
  ::setenv("VEDETTE_TEST_HTTP_KEY", "from-the-environment", 1);
  const Settings settings = settings_of(
      "url: http://a.test/\nip: each\n"
      "headers: {X-Key: {env: VEDETTE_TEST_HTTP_KEY}, X-Api-Key: literal, Accept: text/html}");
  for (const net::HttpOptions& options : settings.options) {
    EXPECT_EQ(options.private_headers, (std::vector<std::string>{"X-Key", "X-Api-Key"}));
  }
}

TEST(HttpSettings, FindsFilesBesideTheConfiguration) {
  const vedette::test::TempDir folder;
  for (const char* name : {"ca.pem", "client.pem", "client.key"}) {
    folder.write(name, "pem");
  }
  folder.write("checks.yaml",
               "url: https://a.test/\n"
               "tls: {ca_file: ca.pem, cert_file: client.pem, key_file: client.key}");
  config::Problems problems;
  const auto node = config::load(folder.path() / "checks.yaml", problems);
  ASSERT_TRUE(node);
  const auto settings = parse_settings(*node, problems);
  ASSERT_TRUE(settings) << problems.text();
  const net::TlsSettings& tls = settings->options.front().tls;
  EXPECT_EQ(tls.ca_file, (folder.path() / "ca.pem").string());
  EXPECT_EQ(tls.cert_file, (folder.path() / "client.pem").string());
  EXPECT_EQ(tls.key_file, (folder.path() / "client.key").string());
}

TEST(HttpSettings, AnExplicitStatusReplacesTheDefaultOne) {
  EXPECT_EQ(settings_of("url: http://a.test/\nexpect: {status: 404}").expect.size(), 1u);
  EXPECT_EQ(settings_of("url: http://a.test/\nexpect: {body: x}").expect.size(), 2u);
  const Settings degraded =
      settings_of("url: http://a.test/\nexpect_degraded: {total: {less_than: 1s}}");
  EXPECT_EQ(degraded.expect.size(), 1u);
  EXPECT_EQ(degraded.expect_degraded.size(), 1u);
}

struct Mistake {
  const char* yaml;
  const char* problem;
};

class HttpMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(HttpMistakes, AreToldWithTheirPlace) {
  EXPECT_EQ(problems_of(std::string("url: http://a.test/\n") + GetParam().yaml),
            GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpMistakes,
    testing::Values(
        Mistake{"method: GET /",
                "t.yaml:2:9: \"GET /\" is no method; write GET, POST, PUT or "
                "another word without spaces"},
        Mistake{"headers: {'a b': x}", "t.yaml:2:11: \"a b\" is no header name"},
        Mistake{"headers: {X: \"a\\r\\nY: b\"}",
                "t.yaml:2:14: the value of X holds a control character, such as a line break"},
        Mistake{"headers: {content-length: 3}", "t.yaml:2:11: content-length is set by itself"},
        Mistake{"headers: {Transfer-Encoding: chunked}",
                "t.yaml:2:11: Transfer-Encoding is set by itself"},
        Mistake{"headers: x", "t.yaml:2:10: headers must be a map of keys, found the text \"x\""},
        Mistake{"form: x", "t.yaml:2:7: form must be a map of keys, found the text \"x\""},
        Mistake{"body: x\nform: {a: b}",
                "t.yaml:1:1: give only one of \"body\", \"form\" and \"json\""},
        Mistake{"redirects: some",
                "t.yaml:2:12: \"redirects\" must be none or a number up to 50, found the text "
                "\"some\""},
        Mistake{"redirects: 51",
                "t.yaml:2:12: \"redirects\" must be none or a number up to 50, found the text "
                "\"51\""},
        Mistake{"version: 3",
                "t.yaml:2:10: \"version\" must be one of any, 1.1, 2, found the text "
                "\"3\""},
        Mistake{"ip: 5", "t.yaml:2:5: \"ip\" must be one of any, 4, 6, each, found the text \"5\""},
        Mistake{"body_cap: 65MiB",
                "t.yaml:2:11: \"body_cap\" must be from 0 to 67108864 bytes, "
                "found 68157440"},
        Mistake{"compression: 1", "t.yaml:2:14: expected true or false, found the text \"1\""},
        Mistake{"resolve: {a.test: here}", "t.yaml:2:19: \"here\" is no IP address"},
        Mistake{"proxy: https://p.test:1",
                "t.yaml:2:8: \"proxy\" must be a URL like "
                "http://host:port"},
        Mistake{"proxy: p.test",
                "t.yaml:2:8: \"proxy\" must be a URL like https://host/path, "
                "found \"p.test\""},
        Mistake{"auth: {}",
                "t.yaml:2:7: \"auth\" needs exactly one of \"basic\", \"bearer\" and "
                "\"oauth2\""},
        Mistake{"auth: {bearer: t0ken, basic: {user: a, password: secret}}",
                "t.yaml:2:7: \"auth\" needs exactly one of \"basic\", \"bearer\" and \"oauth2\""},
        Mistake{"auth: {bearer: t0ken}\nheaders: {authorization: x}",
                "t.yaml:2:7: \"auth\" and a header Authorization exclude each other"},
        Mistake{"auth: {basic: {user: 'a:b', password: secret}}",
                "t.yaml:2:15: \"user\" must not hold a colon"},
        Mistake{"auth: {basic: {user: a}}", "t.yaml:2:15: basic needs the key \"password\""},
        Mistake{"auth: {bearer: ''}", "t.yaml:2:16: \"bearer\" must not be empty"},
        Mistake{"auth: {bearer: {env: VEDETTE_TEST_NOT_SET}}",
                "t.yaml:2:22: the environment variable \"VEDETTE_TEST_NOT_SET\" is not set"},
        Mistake{"auth: {bearer: \"a\\nb\"}",
                "t.yaml:2:16: the secret holds a line break, which cannot be sent in a header"},
        Mistake{"auth: {oauth2: {client_id: a, client_secret: b, token_url: 'ftp://x'}}",
                "t.yaml:2:60: \"token_url\" must be a URL like https://host/path, found "
                "\"ftp://x\""},
        Mistake{"tls: {ca_file: /not/there.pem}",
                "t.yaml:2:16: the file \"/not/there.pem\" cannot be read"},
        Mistake{"expect: {status: x}",
                "t.yaml:2:18: \"x\" is no status; write 200, a list [200, 204], a range 200-299 or "
                "a class 2xx"}));

TEST(HttpSettings, NeedsAUrl) {
  EXPECT_EQ(problems_of("method: GET"), "t.yaml:1:1: http needs the key \"url\"");
  EXPECT_EQ(problems_of("url: ''"),
            "t.yaml:1:6: \"url\" must be a URL like https://host/path, found \"\"");
}

TEST(HttpSettings, RefusesUrlsThatCannotBeAskedFor) {
  for (const char* url : {"shop.test", "ftp://shop.test/", "http://", "http:///path",
                          "http:/shop.test/", "http://shop.test:99999/", "http://shop.test/a b",
                          "//shop.test/", "http://shop.test:port/"}) {
    EXPECT_TRUE(problems_of(std::string("url: '") + url + "'")
                    .starts_with("t.yaml:1:6: \"url\" must be a URL like"))
        << url;
  }
}

TEST(HttpSettings, RefusesAPasswordInAUrlWithoutRepeatingIt) {
  const std::string text = problems_of("url: https://me:hunter2@shop.test/");
  EXPECT_EQ(text,
            "t.yaml:1:6: \"url\" must not hold a user or password; use \"auth: {basic: "
            "{user, password}}\"");
  EXPECT_EQ(problems_of("url: https://shop.test/@me"), "");
}

TEST(HttpSettings, UnknownKeysGetAHint) {
  const std::string text = problems_of("url: http://a.test/\nheader: {A: b}");
  EXPECT_TRUE(text.starts_with("t.yaml:2:1: http has no key \"header\"")) << text;
  EXPECT_NE(text.find("\"headers\""), std::string::npos) << text;
  EXPECT_TRUE(problems_of("url: http://a.test/\ntls: {verfy: true}")
                  .starts_with("t.yaml:2:7: tls has no key \"verfy\""));
}

TEST(HttpSettings, AKeyWithoutACertificateIsAProblem) {
  const vedette::test::TempDir folder;
  folder.write("key.pem", "pem");
  const std::string path = (folder.path() / "key.pem").string();
  EXPECT_EQ(problems_of("url: https://a.test/\ntls: {key_file: " + path + "}"),
            "t.yaml:2:6: \"key_file\" needs \"cert_file\"");
  EXPECT_EQ(settings_of("url: https://a.test/\ntls: {cert_file: " + path + "}")
                .options.front()
                .tls.key_file,
            path);
}

TEST(HttpSettings, TellsEveryMistakeInOneGo) {
  const std::string text =
      problems_of("url: nowhere\nip: 7\nauth: {}\nexpect: {total: 3}\nunknown: 1");
  for (const char* place : {"t.yaml:1:", "t.yaml:2:", "t.yaml:3:", "t.yaml:4:", "t.yaml:5:"}) {
    EXPECT_NE(text.find(place), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace vedette::http

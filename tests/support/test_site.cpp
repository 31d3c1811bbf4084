// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_site.h"

#include <array>

#include <fmt/format.h>

namespace vedette::test {
namespace {

constexpr std::string_view locations = R"(
root .;
location = / { return 200 "hello\n"; }
location = /echo {
  return 200 "method=$request_method
uri=$request_uri
protocol=$server_protocol
host=$http_host
authorization=$http_authorization
agent=$http_user_agent
cookie=$http_cookie
x-probe=$http_x_probe
content-type=$content_type
content-length=$content_length
accept-encoding=$http_accept_encoding
server-name=$ssl_server_name
";
}
location = /json {
  default_type application/json;
  add_header X-Answer 42;
  return 200 '{"licences":{"left":3},"status":"ok"}';
}
location = /landed { return 200 "$request_method landed\n"; }
location = /redirect/301 { return 301 /landed; }
location = /redirect/302 { return 302 /landed; }
location = /redirect/303 { return 303 /landed; }
location = /redirect/307 { return 307 /landed; }
location = /redirect/308 { return 308 /landed; }
location = /loop { return 302 /loop; }
location = /chain/1 { return 302 /landed; }
location = /chain/2 { return 302 /chain/1; }
location = /chain/3 { return 302 /chain/2; }
location = /elsewhere { return 302 http://other.test:$server_port/echo; }
location = /basic {
  auth_basic "the shop";
  auth_basic_user_file users;
  try_files /hello.txt =404;
}
location = /bearer {
  if ($http_authorization != "Bearer token-of-the-shop") { return 401; }
  return 200 "welcome\n";
}
location = /gzip {
  gzip on;
  gzip_http_version 1.0;
  gzip_types text/plain;
  try_files /page.txt =404;
}
location = /big { try_files /big.txt =404; }
location = /status/204 { return 204; }
location = /status/404 { return 404; }
location = /status/429 { return 429; }
location = /status/500 { return 500; }
location = /status/502 { return 502; }
location = /status/503 { return 503; }
location = /cookie/set {
  add_header Set-Cookie "session=of-the-shop; Path=/";
  return 302 /cookie/check;
}
location = /cookie/check {
  if ($cookie_session = "of-the-shop") { return 200 "welcome\n"; }
  return 403;
}
)";

constexpr std::string_view plain_servers = R"(
absolute_redirect off;
ssl_protocols TLSv1.2 TLSv1.3;
server { listen @plain@; include locations.conf; }
server { listen @h2c@ http2; include locations.conf; }
server {
  listen @tls12@ ssl;
  ssl_protocols TLSv1.2;
  ssl_certificate tls/good.pem;
  ssl_certificate_key tls/good.key;
  include locations.conf;
}
server {
  listen @client_cert@ ssl;
  ssl_certificate tls/good.pem;
  ssl_certificate_key tls/good.key;
  ssl_client_certificate tls/client_root.pem;
  ssl_verify_client on;
  location / { return 200 "$ssl_client_s_dn\n"; }
}
)";

constexpr std::string_view v6_server = "server { listen @v6_plain@; include locations.conf; }\n";

struct TlsPort {
  std::string_view port;
  std::string_view identity;
};

constexpr auto tls_ports = std::to_array<TlsPort>({
    {"tls", "good"},
    {"h2", "good"},
    {"v6_tls", "good"},
    {"expired", "expired"},
    {"not_yet_valid", "not_yet_valid"},
    {"wrong_host", "wrong_host"},
    {"self_signed", "self_signed"},
    {"unknown_issuer", "unknown_issuer"},
    {"p384", "p384"},
    {"p521", "p521"},
    {"ed25519", "ed25519"},
});

bool speaks_tls(std::string_view port) {
  return port != "plain" && port != "h2c" && port != "v6_plain";
}

std::string servers() {
  const bool v6 = has_ipv6_loopback();
  std::string text(plain_servers);
  text += v6 ? v6_server : "";
  for (const TlsPort& each : tls_ports) {
    if (each.port.starts_with("v6_") && !v6) {
      continue;
    }
    text += fmt::format(
        "server {{ listen @{0}@ ssl{1}; ssl_certificate tls/{2}.pem; ssl_certificate_key "
        "tls/{2}.key; include locations.conf; }}\n",
        each.port, each.port == "h2" ? " http2" : "", each.identity);
  }
  return text;
}

void add_key_kind(const TlsFiles& tls, const std::string& name, KeyKind kind) {
  CertificateOptions options = TlsFiles::shop();
  options.key = kind;
  tls.add(name, options);
}

std::string page() {
  std::string text;
  while (text.size() < TestSite::page_body) {
    text += "Everything on this page can be bought. ";
  }
  text.resize(TestSite::page_body);
  return text;
}

const TempDir& fill(const TempDir& directory, const TlsFiles& tls) {
  add_key_kind(tls, "p384", KeyKind::p384);
  add_key_kind(tls, "p521", KeyKind::p521);
  add_key_kind(tls, "ed25519", KeyKind::ed25519);
  directory.write("locations.conf", locations);
  directory.write("users", "user:{PLAIN}password\n");
  directory.write("hello.txt", "hello\n");
  directory.write("page.txt", page());
  directory.write("big.txt", std::string(TestSite::big_body, 'x'));
  return directory;
}

}  // namespace

TestSite::TestSite() : tls_(directory_ / "tls"), nginx_(fill(directory_, tls_).path(), servers()) {}

std::string TestSite::url(std::string_view port, std::string_view path,
                          std::string_view host) const {
  const std::string where =
      host.empty() ? nginx_.authority(port) : fmt::format("{}:{}", host, nginx_.port(port));
  return fmt::format("{}://{}{}", speaks_tls(port) ? "https" : "http", where, path);
}

TestSite& test_site() {
  static TestSite site;
  return site;
}

}  // namespace vedette::test

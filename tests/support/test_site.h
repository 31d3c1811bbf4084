// SPDX-License-Identifier: Apache-2.0
// A shop on nginx with one place for everything that a check meets: schemes, certificates,
// redirects, bodies.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/nginx.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

// Ports: plain, h2c, tls, h2, tls12, expired, not_yet_valid, wrong_host, self_signed,
// unknown_issuer, client_cert, p384, p521, ed25519; v6_plain and v6_tls when the machine has an
// IPv6 loopback. All but client_cert serve:
//   /            hello            /echo        what was asked, one NAME=VALUE per line
//   /json        {"licences":{"left":3},"status":"ok"}
//   /redirect/N  N to /landed for 301 302 303 307 308; /loop to itself; /chain/1../chain/3 by that
//   many hops /elsewhere   302 to http://other.test:PORT/echo /basic       user:password    /bearer
//   the token "token-of-the-shop" /gzip        100 KB of text, compressed when asked for      /big
//   3 MiB /status/N    204 404 429 500 502 503 /cookie/set  sets a cookie and redirects to
//   /cookie/check, which wants it
class TestSite {
 public:
  TestSite();

  Nginx& nginx() { return nginx_; }
  const TlsFiles& tls() const { return tls_; }
  // "http://127.0.0.1:1234/echo"; https where the port speaks TLS. `host` replaces the address.
  std::string url(std::string_view port, std::string_view path = "/",
                  std::string_view host = {}) const;

  static constexpr std::size_t big_body = 3 << 20;
  static constexpr std::size_t page_body = 100 << 10;

 private:
  TempDir directory_;
  TlsFiles tls_;
  Nginx nginx_;
};

// One for the whole test program, started when first asked for.
TestSite& test_site();

}  // namespace vedette::test

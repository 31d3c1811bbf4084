// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http/http_fixture.h"

#include <fmt/format.h>

namespace vedette::test {

Result HttpProbeTest::run(const std::string& url, const std::string& more, Duration timeout) {
  return run(HttpCheck(fmt::format("url: \"{}\"\n{}\n", url, more)), timeout);
}

void HttpSiteTest::SetUp() {
  if (!has_nginx()) {
    GTEST_SKIP() << "this machine has no nginx";
  }
  toolbox_settings().ca_file = site().tls().root();
}

double gauge(const Result& result, std::string_view name, std::string_view value) {
  return gauge_of("http", result, name, value);
}

}  // namespace vedette::test

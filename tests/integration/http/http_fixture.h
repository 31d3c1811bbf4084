// SPDX-License-Identifier: Apache-2.0
// Runs an `http` section as an engineer writes it, against the test site or a scripted server.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/probe/probe_fixture.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"

namespace vedette::test {

class HttpCheck : public ProbeCheck {
 public:
  explicit HttpCheck(const std::string& yaml) : ProbeCheck("http", yaml) {}
};

// The private root of the test site stands for the system's roots.
class HttpProbeTest : public ProbeTest {
 protected:
  using ProbeTest::run;
  // One run of the section "url: URL" and `more`. Asserts that it ends in time, whatever it finds.
  Result run(const std::string& url, const std::string& more = {}, Duration timeout = 10s);

  static bool has_nginx() { return Nginx::installed(); }
};

// Tests that need nginx are skipped on a machine without it, and say so.
class HttpSiteTest : public HttpProbeTest {
 protected:
  void SetUp() override;
  TestSite& site() { return test_site(); }
};

double gauge(const Result& result, std::string_view name, std::string_view value = {});

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Sessions with the real mail servers, on a loop of the test's own.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/mail/imap_session.h"
#include "probes/mail/smtp_session.h"
#include "probes/net/toolbox.h"
#include "tests/support/mail_site.h"
#include "tests/support/run_coroutine.h"

namespace vedette::test {

using namespace std::chrono_literals;

class MailSessionTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!MailSite::installed()) GTEST_SKIP() << "needs Postfix, Dovecot 2.3 and root";
    site().dovecot.clear();
    settings_.ca_file = site().tls.root();
    net_ = std::make_unique<net::Toolbox>(loop_, settings_);
  }

  static MailSite& site() { return mail_site(); }
  static mail::Server server(std::uint16_t port, mail::Encryption encryption) {
    mail::Server out;
    out.endpoint.host = "localhost";
    out.endpoint.port = port;
    out.encryption = encryption;
    out.client_name = "probe.shop.test";
    return out;
  }
  static mail::Credentials credentials(const std::string& user) {
    return {DovecotServer::address_of(user), DovecotServer::password_of(user)};
  }

  net::Toolbox& net() { return *net_; }
  template <class T>
  T run(Awaitable<T> task) {
    return run_coroutine(loop_, std::move(task));
  }
  static Deadline soon() { return Deadline::in(10s); }

  // Fails the test with the failure's words when there is one.
  template <class T>
  T must(Awaitable<net::Expected<T>> task) {
    auto result = run(std::move(task));
    if (!result) {
      ADD_FAILURE() << text(result.error().reason) << ": " << result.error().message;
      if constexpr (!std::is_void_v<T>) return T();
    }
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }

 private:
  net::ToolboxSettings settings_;
  boost::asio::io_context loop_{1};
  std::unique_ptr<net::Toolbox> net_;  // after the loop it lives on
};

}  // namespace vedette::test

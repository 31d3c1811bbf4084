// SPDX-License-Identifier: Apache-2.0
// Certificates, Dovecot and Postfix of one test program, started when first asked for.
#pragma once

#include "tests/support/dovecot.h"
#include "tests/support/postfix.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

class MailSite {
 public:
  explicit MailSite(const DovecotOptions& options = {})
      : tls(directory_ / "tls"), dovecot(tls, options), postfix(tls, dovecot) {}

  // False when the machine lacks one of the servers, or we are not root; a test should say so with
  // GTEST_SKIP.
  static bool installed() { return PostfixServer::installed() && DovecotServer::installed(); }

 private:
  TempDir directory_;

 public:
  TlsFiles tls;
  DovecotServer dovecot;
  PostfixServer postfix;
};

inline MailSite& mail_site() {
  static MailSite site;
  return site;
}

}  // namespace vedette::test

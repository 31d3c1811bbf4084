// SPDX-License-Identifier: Apache-2.0
// Debian's Postfix as an ordinary child process on loopback ports, delivering to a DovecotServer
// over LMTP and asking it about passwords. Needs root, as Postfix does.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/dovecot.h"

namespace vedette::test {

struct PostfixOptions {
  std::string identity = "good";  // of TlsFiles: the certificate that is shown at first
  // What is said at RCPT to local parts at shop.test, as access(5) takes it. Beside or instead of
  // those below: {"alice", "PREPEND Authentication-Results: mail.shop.test; spf=pass"}.
  std::map<std::string, std::string> recipients{};
  // Other addresses of mailboxes: {"twice", "alice@shop.test, alice+INBOX@shop.test"}.
  std::map<std::string, std::string> aliases{};
  std::string extra{};  // more lines for main.cf, after all others
};

// Takes mail for the mailboxes of Dovecot; alice+Junk@shop.test goes into the folder Junk.
//
// To make it misbehave:
//   refusing             mail to refused@shop.test: 550 5.1.1
//   greylisting          mail to greylisted@shop.test: 451 4.7.1
//   full                 mail to crowded@shop.test: 452 4.2.2 at once; or Dovecot's set_quota():
//                        taken, and then never delivered
//   slow                 mail to slow@shop.test is answered after 2 s
//   slow delivery        Dovecot's pause() and resume(), or stop() and start() (tried each second)
//   silent, stopped      pause() and resume(), stop() and start()
//   expired certificate  show("expired"), or any other identity of TlsFiles
//   open relay           port open_relay()
class PostfixServer {
 public:
  // `tls` and `mailboxes` must outlive the server. Returns once it serves; throws
  // std::runtime_error with Postfix' own words if it does not.
  PostfixServer(const TlsFiles& tls, const DovecotServer& mailboxes,
                const PostfixOptions& options = {});

  std::uint16_t smtp() const { return server_.port("smtp"); }  // STARTTLS offered, no AUTH
  std::uint16_t submission() const {
    return server_.port("submission");
  }                                                              // STARTTLS demanded, then AUTH
  std::uint16_t smtps() const { return server_.port("smtps"); }  // TLS at once, AUTH
  std::uint16_t plain() const { return server_.port("plain"); }  // no TLS at all, AUTH
  std::uint16_t open_relay() const { return server_.port("open_relay"); }  // takes mail for anybody

  void show(const std::string& identity);  // restarts
  void pause() { server_.pause(); }
  void resume() { server_.resume(); }
  // At once: in good order it would take a second, and half a minute with a client that stays.
  void stop() { server_.stop(); }
  void start();
  std::string log() const { return read_text_file(directory_ / "postfix.log"); }

  // False when the machine has no Postfix or we are not root; such a test should say so with
  // GTEST_SKIP.
  static bool installed();

 private:
  void write_main(const DovecotServer& mailboxes, const std::string& extra);
  void write_services();
  void write_maps(const PostfixOptions& options);
  void write_identity(const std::string& identity);
  void make_queue();

  TempDir directory_;
  const TlsFiles& tls_;
  PortServer server_{"smtp", "submission", "smtps", "plain", "open_relay"};
};

}  // namespace vedette::test

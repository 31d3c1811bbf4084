// SPDX-License-Identifier: Apache-2.0
// Debian's Dovecot (2.3) as an ordinary child process: IMAP, POP3 and LMTP on loopback ports, mail
// in a directory of its own. As root it runs as "nobody", else as whoever runs the tests.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/port_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

struct DovecotOptions {
  std::string identity = "good";  // of TlsFiles: the certificate that is shown at first
  std::string extra{};            // more lines for dovecot.conf, after all others
  // Passwords are kept as SCRAM-SHA-256 makes them, so that their salt stays the same. (Of one that
  // is kept as it is, each sign-in gets a salt of its own.) Nothing but PLAIN, LOGIN and
  // SCRAM-SHA-256 works then.
  bool salted = false;
};

// Mailboxes of alice, bob, carol and dave, all at shop.test, each with INBOX and Junk. Mechanisms
// PLAIN, LOGIN, CRAM-MD5, SCRAM-SHA-1 and SCRAM-SHA-256; none without TLS, unless `extra` says
// "disable_plaintext_auth = no". Quota, UIDPLUS, IDLE, ESEARCH and CONDSTORE are there.
//
// To make it misbehave:
//   full                 set_quota("alice", "messages=1"): the next mail is refused (LMTP 552)
//   slow, silent         pause(): connections are taken by the kernel, nothing is answered
//   refusing, stopped    stop(): connections are refused; start() brings the same ports back
//   expired certificate  show("expired"), or any other identity of TlsFiles
//   wrong password       anything but password_of(user); the refusal comes after no delay
// What the server lost, found or never had: deliver() and a second client.
class DovecotServer {
 public:
  // `tls` must outlive the server. Returns once it serves; throws std::runtime_error with Dovecot's
  // own words if it does not.
  explicit DovecotServer(const TlsFiles& tls, const DovecotOptions& options = {});

  std::uint16_t imap() const { return server_.port("imap"); }  // STARTTLS
  std::uint16_t imaps() const { return server_.port("imaps"); }
  std::uint16_t pop3() const { return server_.port("pop3"); }  // STLS
  std::uint16_t pop3s() const { return server_.port("pop3s"); }
  std::uint16_t lmtp() const { return server_.port("lmtp"); }
  // Where Postfix asks about passwords.
  std::filesystem::path auth_socket() const { return directory_ / "run" / "auth-client"; }

  static std::string address_of(std::string_view user) { return std::string(user) + "@shop.test"; }
  static std::string password_of(std::string_view user) { return "secret-of-" + std::string(user); }

  // Puts a message (headers, empty line, text; lines may end in \n) into a folder, unseen. It is
  // there when this returns, for a client that asks.
  void deliver(std::string_view user, std::string_view message, std::string_view folder = "INBOX");
  // Throws all mailboxes away, with their folders and UIDs. Nobody should be signed in.
  void clear();
  // As quota_rule takes it: "messages=3", "storage=10M"; empty: no limit but 100 MB.
  // Takes up to a second.
  void set_quota(const std::string& user, const std::string& rule);
  // The messages in a folder as files, without asking the server.
  std::size_t messages(std::string_view user, std::string_view folder = "INBOX") const;
  void show(const std::string& identity);  // restarts
  void pause() { server_.pause(); }
  void resume() { server_.resume(); }
  // At once: in good order it would take a second, and half a minute with a client that stays.
  void stop() { server_.stop(); }
  void start();
  std::string log() const { return read_text_file(directory_ / "dovecot.log"); }

  // False when the machine has no Dovecot 2.3; such a test should say so with GTEST_SKIP. (The
  // configuration of 2.4 is another one.)
  static bool installed();

 private:
  std::filesystem::path folder_path(std::string_view user, std::string_view folder) const;
  void write_configuration(const std::string& extra);
  void write_users();
  void make_passwords(bool salted);
  void write_identity(const std::string& identity);

  TempDir directory_;
  const TlsFiles& tls_;
  PortServer server_{"imap", "imaps", "pop3", "pop3s", "lmtp"};
  std::map<std::string, std::string, std::less<>> quotas_;
  std::map<std::string, std::string, std::less<>> passwords_;  // as the server keeps them
  std::size_t delivered_ = 0;
};

}  // namespace vedette::test

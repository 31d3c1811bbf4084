// SPDX-License-Identifier: Apache-2.0
// The mail servers that other tests stand on: that they serve, deliver and misbehave as told.
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/port_answers.h"
#include "tests/support/postfix.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

namespace asio = boost::asio;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// One line out, the last line of the answer in.
class Chat {
 public:
  explicit Chat(std::uint16_t port) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    greeting = read_line();
  }
  std::string say(const std::string& line) {
    asio::write(socket_, asio::buffer(line + "\r\n"));
    return answer();
  }

  std::string greeting;

 private:
  std::string read_line() {
    const auto size = asio::read_until(socket_, asio::dynamic_buffer(bytes_), "\r\n");
    std::string line = bytes_.substr(0, size - 2);
    bytes_.erase(0, size);
    return line;
  }
  std::string answer() {
    std::string line = read_line();
    while (line.starts_with("* ") || (line.size() > 3 && line[3] == '-')) line = read_line();
    return line;
  }

  asio::io_context loop_;
  asio::ip::tcp::socket socket_{loop_};
  std::string bytes_;
};

class MailServersTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostfixServer::installed() || !DovecotServer::installed()) {
      GTEST_SKIP() << "needs Postfix, Dovecot 2.3 and root";
    }
  }

  TempDir directory_;
  TlsFiles tls_{directory_ / "tls"};
};

std::string rcpt(Chat& chat, std::string_view address) {
  return chat.say("RCPT TO:<" + std::string(address) + ">");
}

void send(std::uint16_t port, const std::string& address) {
  Chat chat(port);
  chat.say("EHLO tests");
  chat.say("MAIL FROM:<somebody@else.test>");
  EXPECT_THAT(rcpt(chat, address), StartsWith("250"));
  EXPECT_THAT(chat.say("DATA"), StartsWith("354"));
  EXPECT_THAT(chat.say("Subject: a test\r\n\r\nHello.\r\n."), StartsWith("250 2.0.0"));
  chat.say("QUIT");
}

TEST_F(MailServersTest, MailGoesThroughPostfixIntoTheFoldersOfDovecot) {
  DovecotServer dovecot(tls_);
  const PostfixServer postfix(tls_, dovecot);
  send(postfix.smtp(), "alice@shop.test");
  send(postfix.smtp(), "alice+Junk@shop.test");
  EXPECT_TRUE(wait_for([&] {
    return dovecot.messages("alice") == 1 && dovecot.messages("alice", "Junk") == 1;
  })) << postfix.log()
      << dovecot.log();

  dovecot.set_quota("alice", "messages=1");
  send(postfix.smtp(), "alice@shop.test");
  EXPECT_TRUE(wait_for([&] { return postfix.log().find("Quota exceeded") != std::string::npos; }))
      << postfix.log();
  EXPECT_EQ(dovecot.messages("alice"), 1u);
}

TEST_F(MailServersTest, PostfixRefusesAsItIsTold) {
  const DovecotServer dovecot(tls_);
  PostfixServer postfix(tls_, dovecot);
  {
    Chat chat(postfix.smtp());
    chat.say("EHLO tests");
    chat.say("MAIL FROM:<somebody@else.test>");
    EXPECT_THAT(rcpt(chat, "refused@shop.test"), StartsWith("550 5.1.1"));
    EXPECT_THAT(rcpt(chat, "greylisted@shop.test"), StartsWith("451 4.7.1"));
    EXPECT_THAT(rcpt(chat, "crowded@shop.test"), StartsWith("452 4.2.2"));
    EXPECT_THAT(rcpt(chat, "nobody@shop.test"), StartsWith("550 5.1.1"));
    EXPECT_THAT(rcpt(chat, "stranger@else.test"), StartsWith("554 5.7.1"));
    EXPECT_THAT(rcpt(chat, "slow@shop.test"), StartsWith("250"));
  }
  Chat open(postfix.open_relay());
  open.say("EHLO tests");
  open.say("MAIL FROM:<somebody@else.test>");
  EXPECT_THAT(rcpt(open, "stranger@else.test"), StartsWith("250"));

  Chat submission(postfix.submission());
  submission.say("EHLO tests");
  EXPECT_THAT(submission.say("MAIL FROM:<alice@shop.test>"), StartsWith("530 5.7.0"));

  postfix.stop();
  EXPECT_FALSE(port_answers(postfix.smtp()));
  postfix.show("expired");
  EXPECT_THAT(Chat(postfix.smtp()).greeting, StartsWith("220 mail.shop.test"));
}

TEST_F(MailServersTest, DovecotServesWhatWasDeliveredToItsFolder) {
  DovecotServer dovecot(tls_, {.extra = "disable_plaintext_auth = no"});
  dovecot.deliver("bob", "Subject: one\n\nHello.\n");
  Chat chat(dovecot.imap());
  EXPECT_THAT(chat.say("a LOGIN bob@shop.test secret-of-bob"), HasSubstr("a OK"));
  EXPECT_THAT(chat.say("b SELECT INBOX"), StartsWith("b OK [READ-WRITE]"));
  EXPECT_THAT(chat.say("c STORE 1 FLAGS (\\Deleted)"), StartsWith("c OK"));
  EXPECT_THAT(chat.say("d EXPUNGE"), StartsWith("d OK"));
  EXPECT_EQ(dovecot.messages("bob"), 0u);
  EXPECT_THAT(Chat(dovecot.pop3()).greeting, StartsWith("+OK"));
  dovecot.show("expired");
  EXPECT_THAT(Chat(dovecot.imap()).say("a LOGIN bob@shop.test wrong"),
              EndsWith("Authentication failed."));
}

}  // namespace
}  // namespace vedette::test

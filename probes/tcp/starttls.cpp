// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/starttls.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"

namespace vedette::tcp {
namespace {

using namespace std::string_view_literals;

constexpr std::array names{"smtp"sv, "imap"sv, "pop3"sv, "ftp"sv, "ldap"sv, "postgres"sv, "xmpp"sv};

// What is waited for, and what is said once it has come; the last answer is the go-ahead.
struct Exchange {
  std::string_view answer;  // the beginning of the line that agrees
  std::string_view say;
};
constexpr std::array smtp_talk{Exchange{"220", "EHLO vedette.invalid\r\n"},
                               Exchange{"250", "STARTTLS\r\n"}, Exchange{"220", ""}};
constexpr std::array imap_talk{Exchange{"* ", "v1 STARTTLS\r\n"}, Exchange{"v1 OK", ""}};
constexpr std::array pop3_talk{Exchange{"+OK", "STLS\r\n"}, Exchange{"+OK", ""}};
constexpr std::array ftp_talk{Exchange{"220", "AUTH TLS\r\n"}, Exchange{"234", ""}};

std::span<const Exchange> talk_of(StartTlsProtocol protocol) {
  switch (protocol) {
    case StartTlsProtocol::smtp:
      return smtp_talk;
    case StartTlsProtocol::imap:
      return imap_talk;
    case StartTlsProtocol::pop3:
      return pop3_talk;
    case StartTlsProtocol::ftp:
      return ftp_talk;
    default:
      return {};
  }
}

// A line that is only part of an answer: "250-SIZE", or what IMAP tells without being asked.
bool goes_on(StartTlsProtocol protocol, std::string_view line, int step) {
  switch (protocol) {
    case StartTlsProtocol::smtp:
      return line.size() > 3 && line[3] == '-';
    case StartTlsProtocol::ftp: {
      const bool has_code = line.size() >= 3 && std::ranges::all_of(line.substr(0, 3), [](char c) {
                              return c >= '0' && c <= '9';
                            });
      return !has_code || (line.size() > 3 && line[3] != ' ');
    }
    case StartTlsProtocol::imap:
      return step > 0 && line.starts_with("* ");
    default:
      return false;
  }
}

StartTls::Turn refuse(std::string_view said) {
  return {.state = StartTls::State::refused,
          .trouble = fmt::format("starttls: the server did not agree to TLS: \"{}\"",
                                 printable(shorten(said, 200)))};
}

// LDAPMessage {messageID 1, ExtendedRequest {requestName 1.3.6.1.4.1.1466.20037}}
constexpr std::string_view ldap_request =
    "\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
    "1.3.6.1.4.1.1466.20037"sv;
// Length 8, code 80877103.
constexpr std::string_view postgres_request = "\0\0\0\x08\x04\xd2\x16\x2f"sv;

// One element of BER with a definite length: what stands in it, and the whole of it.
struct Element {
  unsigned char tag = 0;
  std::string_view content;
  std::size_t size = 0;
};

// Nothing when there is less than one whole element. `broken` when there never will be one.
std::optional<Element> element(std::string_view bytes, bool& broken) {
  if (bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[1]);
  std::size_t head = 2;
  std::size_t length = first;
  if (first >= 0x80) {
    const std::size_t count = first & 0x7fU;
    broken = count == 0 || count > 4;
    if (broken || bytes.size() < 2 + count) return std::nullopt;
    length = 0;
    for (const char byte : bytes.substr(2, count)) {
      length = length << 8U | static_cast<unsigned char>(byte);
    }
    head += count;
  }
  broken = length > StartTls::max_bytes;
  if (broken || bytes.size() < head + length) return std::nullopt;
  return Element{static_cast<unsigned char>(bytes[0]), bytes.substr(head, length), head + length};
}

// resultCode of the ExtendedResponse; nothing when the message is something else.
std::optional<int> ldap_result(std::string_view message) {
  bool broken = false;
  const auto id = element(message, broken);
  if (!id) return std::nullopt;
  const auto response = element(message.substr(id->size), broken);
  if (!response || response->tag != 0x78) return std::nullopt;
  const auto code = element(response->content, broken);
  if (!code || code->tag != 0x0a || code->content.size() != 1) return std::nullopt;
  return static_cast<unsigned char>(code->content[0]);
}

}  // namespace

std::optional<StartTlsProtocol> parse_starttls(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<StartTlsProtocol>(found - names.begin());
}

std::span<const std::string_view> starttls_names() {
  return names;
}

StartTls::StartTls(StartTlsProtocol protocol, std::string host)
    : protocol_(protocol), host_(std::move(host)) {}

std::string StartTls::opening() const {
  switch (protocol_) {
    case StartTlsProtocol::postgres:
      return std::string(postgres_request);
    case StartTlsProtocol::ldap:
      return std::string(ldap_request);
    case StartTlsProtocol::xmpp:
      return fmt::format(
          "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
          "xmlns:stream='http://etherx.jabber.org/streams' to='{}' version='1.0'>",
          html_escape(host_));
    default:
      return {};
  }
}

StartTls::Turn StartTls::feed(std::string_view bytes) {
  total_ += bytes.size();
  heard_ += bytes;
  if (total_ > max_bytes) return refuse("it talks without end");
  switch (protocol_) {
    case StartTlsProtocol::postgres:
      return postgres();
    case StartTlsProtocol::ldap:
      return ldap();
    case StartTlsProtocol::xmpp:
      return xmpp();
    default:
      return by_lines();
  }
}

StartTls::Turn StartTls::ready(std::size_t consumed) {
  if (consumed == heard_.size()) return {.state = State::ready};
  return {.state = State::refused,
          .trouble = "starttls: the server sent more behind its go-ahead for TLS"};
}

StartTls::Turn StartTls::by_lines() {
  Turn turn;
  for (;;) {
    const std::size_t end = heard_.find('\n');
    if (end == std::string::npos) return turn;
    const std::string line = heard_.substr(0, end);
    heard_.erase(0, end + 1);
    // Nobody can answer what was not asked yet.
    if (!turn.send.empty() && !goes_on(protocol_, line, step_)) return refuse(line);
    Turn next = by_line(line);
    if (next.state == State::ready) return ready(0);
    turn.send += next.send;
    if (next.state == State::refused) return next;
  }
}

StartTls::Turn StartTls::by_line(std::string_view line) {
  if (goes_on(protocol_, line, step_)) return {};
  const auto talk = talk_of(protocol_);
  const Exchange& now = talk[static_cast<std::size_t>(step_)];
  if (!lower_case(line).starts_with(lower_case(now.answer))) return refuse(line);
  ++step_;
  if (static_cast<std::size_t>(step_) == talk.size()) return {.state = State::ready};
  return {.send = std::string(now.say)};
}

StartTls::Turn StartTls::postgres() {
  if (heard_.empty()) return {};
  if (heard_[0] == 'S') return ready(1);
  return heard_[0] == 'N' ? refuse("N: it was set up without TLS") : refuse(heard_);
}

StartTls::Turn StartTls::ldap() {
  bool broken = false;
  const auto message = element(heard_, broken);
  if (broken) return refuse("an answer that is not LDAP");
  if (!message) return {};
  const auto result = message->tag == 0x30 ? ldap_result(message->content) : std::nullopt;
  if (!result) return refuse("an answer that is not LDAP");
  return *result == 0 ? ready(message->size) : refuse(fmt::format("result code {}", *result));
}

// The stream's features come first; only then may be asked. What stands between the elements does
// not matter.
StartTls::Turn StartTls::xmpp() {
  if (step_ == 0) {
    const std::size_t end = heard_.find("</stream:features>");
    if (heard_.find("<stream:error") != std::string::npos) return refuse(heard_);
    if (end == std::string::npos) return {};
    if (heard_.find("urn:ietf:params:xml:ns:xmpp-tls") > end)
      return refuse("no TLS in its features");
    heard_.clear();
    step_ = 1;
    return {.send = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"};
  }
  const std::size_t proceed = heard_.find("<proceed");
  if (proceed == std::string::npos) {
    return heard_.find("<failure") == std::string::npos ? Turn{} : refuse(heard_);
  }
  const std::size_t end = heard_.find('>', proceed);
  return end == std::string::npos ? Turn{} : ready(end + 1);
}

}  // namespace vedette::tcp

// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/canary.h"

#include <fmt/chrono.h>

namespace vedette::mailbox {

std::string compose_canary(const round_trip::Token& token) {
  return fmt::format(
      "From: Vedette <vedette@localhost>\r\n"
      "Subject: Monitoring: please leave this message unread\r\n"
      "Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\n"
      "Message-ID: <{}@vedette.invalid>\r\n"
      "Auto-Submitted: auto-generated\r\n"
      "{}: {}\r\n"
      "{}: {}\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=us-ascii\r\n"
      "\r\n"
      "This message was put here by the monitor that watches over this mailbox.\r\n"
      "It raises an alarm when the message is opened, marked or deleted, because\r\n"
      "then somebody or something retrieves mail from here that should not.\r\n"
      "If you have opened it by mistake, mark it as unread.\r\n",
      fmt::gmtime(token.sent.time_since_epoch().count()), token.text(), round_trip::owner_header,
      token.owner, canary_header, token.text());
}

std::optional<CanarySeen> read_canary(const message::Headers& headers, std::string_view owner) {
  if (message::count(headers, canary_header) != 1 ||
      message::count(headers, round_trip::owner_header) != 1) {
    return std::nullopt;
  }
  const auto token =
      round_trip::parse_token(message::collapse(*message::find(headers, canary_header)));
  const auto named = message::collapse(*message::find(headers, round_trip::owner_header));
  if (!token || token->owner != named) return std::nullopt;
  CanarySeen out;
  out.token = token->text();
  out.is_ours = token->owner == owner;
  return out;
}

}  // namespace vedette::mailbox

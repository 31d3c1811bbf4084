// SPDX-License-Identifier: Apache-2.0
// The words of outcomes and reasons, as machines and as the public read them.
#include "probes/outcome.h"

namespace vedette {
namespace {

constexpr std::array<std::string_view, 4> outcome_texts{"pass", "degraded", "fail", "unknown"};

struct Words {
  Reason reason;  // repeated, so that the compiler can check the order of the table
  std::string_view text;
  std::string_view plain;
};

constexpr std::array<Words, reason_count> reason_words{{
    {Reason::dns_nxdomain, "dns_nxdomain", "the name does not exist"},
    {Reason::dns_no_data, "dns_no_data", "the name has no entry of the kind asked for"},
    {Reason::dns_servfail, "dns_servfail", "the name service failed"},
    {Reason::dns_refused, "dns_refused", "the name service refused to answer"},
    {Reason::dns_timeout, "dns_timeout", "the name service did not answer in time"},
    {Reason::dns_malformed, "dns_malformed", "the name service gave an unreadable answer"},
    {Reason::dns_truncated, "dns_truncated", "the name service gave only a part of its answer"},
    {Reason::dns_wrong_id, "dns_wrong_id",
     "the name service gave an answer that does not belong to the request"},
    {Reason::dns_wrong_question, "dns_wrong_question",
     "the name service answered another question"},
    {Reason::dns_wrong_source, "dns_wrong_source",
     "the answer did not come from the name server that was asked"},
    {Reason::dns_not_authoritative, "dns_not_authoritative",
     "a name server does not answer for the names it is named for"},
    {Reason::dns_not_authenticated, "dns_not_authenticated",
     "the name service did not vouch for its answer"},
    {Reason::dns_bogus, "dns_bogus", "the signatures of the name could not be verified"},
    {Reason::dns_disagreement, "dns_disagreement", "the name servers gave different answers"},
    {Reason::connect_refused, "connect_refused", "the server refused the connection"},
    {Reason::connect_timeout, "connect_timeout",
     "the server did not accept the connection in time"},
    {Reason::connect_unreachable, "connect_unreachable", "the server could not be reached"},
    {Reason::connect_reset, "connect_reset", "the server broke off the connection"},
    {Reason::tls_expired, "tls_expired", "the security certificate has expired"},
    {Reason::tls_not_yet_valid, "tls_not_yet_valid", "the security certificate is not valid yet"},
    {Reason::tls_wrong_host, "tls_wrong_host", "the security certificate belongs to another name"},
    {Reason::tls_unknown_issuer, "tls_unknown_issuer",
     "the security certificate comes from an unknown issuer"},
    {Reason::tls_self_signed, "tls_self_signed", "the security certificate is self-signed"},
    {Reason::tls_handshake, "tls_handshake", "no secure connection could be agreed on"},
    {Reason::tls_timeout, "tls_timeout", "the secure connection was not set up in time"},
    {Reason::protocol_error, "protocol_error", "the server gave an unreadable answer"},
    {Reason::auth_failed, "auth_failed", "the server did not accept the sign-in"},
    {Reason::timeout, "timeout", "the server did not answer in time"},
    {Reason::body_too_large, "body_too_large", "the answer was too large"},
    {Reason::too_many_redirects, "too_many_redirects", "the server redirected too many times"},
    {Reason::expectation_failed, "expectation_failed", "the answer was not as expected"},
    {Reason::mail_refused, "mail_refused", "the server refused the mail"},
    {Reason::mail_deferred, "mail_deferred", "the server did not take the mail for now"},
    {Reason::mail_not_delivered, "mail_not_delivered", "mail did not arrive"},
    {Reason::mail_in_junk, "mail_in_junk", "mail arrived among the junk"},
    {Reason::mail_altered, "mail_altered", "mail was altered on its way"},
    {Reason::mail_duplicated, "mail_duplicated", "mail arrived more than once"},
    {Reason::mail_late, "mail_late", "mail arrived late"},
    {Reason::mailbox_shrunk, "mailbox_shrunk", "messages are missing from the mailbox"},
    {Reason::mailbox_deletion_marks, "mailbox_deletion_marks",
     "messages in the mailbox are marked for deletion"},
    {Reason::mailbox_read_by_others, "mailbox_read_by_others",
     "messages in the mailbox were retrieved unexpectedly"},
    {Reason::mailbox_rebuilt, "mailbox_rebuilt", "the mailbox was made anew"},
    {Reason::mailbox_stopped_growing, "mailbox_stopped_growing",
     "no new mail arrives in the mailbox"},
    {Reason::mailbox_full, "mailbox_full", "the mailbox is nearly full"},
    {Reason::step_failed, "step_failed", "a step of the transaction did not work"},
    {Reason::webhook_missing, "webhook_missing", "the expected notification did not arrive"},
    {Reason::webhook_rejected, "webhook_rejected",
     "a notification arrived that could not be trusted"},
    {Reason::cleanup_failed, "cleanup_failed", "a test transaction could not be undone"},
    {Reason::limit_reached, "limit_reached", "our monitor reached a limit that was set for it"},
    {Reason::slower_than_usual, "slower_than_usual", "it was slower than usual"},
    {Reason::agent_blind, "agent_blind", "our monitor lost its own connection"},
    {Reason::agent_late, "agent_late", "our monitor was too busy to look"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < reason_words.size(); ++i) {
    if (static_cast<std::size_t>(reason_words[i].reason) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the words must stand in the order of the enum");

}  // namespace

std::string_view text(Outcome outcome) {
  return outcome_texts[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> parse_outcome(std::string_view text) {
  for (std::size_t i = 0; i < outcome_texts.size(); ++i) {
    if (outcome_texts[i] == text) return static_cast<Outcome>(i);
  }
  return std::nullopt;
}

std::string_view text(Reason reason) {
  return reason_words[static_cast<std::size_t>(reason)].text;
}

std::optional<Reason> parse_reason(std::string_view text) {
  for (const Words& words : reason_words) {
    if (words.text == text) return words.reason;
  }
  return std::nullopt;
}

std::string_view plain_words(Reason reason) {
  return reason_words[static_cast<std::size_t>(reason)].plain;
}

}  // namespace vedette

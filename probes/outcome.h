// SPDX-License-Identifier: Apache-2.0
// What one run of a check found, in one word, and the closed list of reasons for anything but a
// pass.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vedette {

// `unknown` means "could not see": it counts neither for nor against the component.
enum class Outcome : std::uint8_t { pass, degraded, fail, unknown };

std::string_view text(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

// The stable text of each reason is the same in log, metric label, store, timeline and page.
// Extend the list; never rename or reuse a word.
enum class Reason : std::uint8_t {
  dns_nxdomain,
  dns_no_data,
  dns_servfail,
  dns_refused,
  dns_timeout,
  dns_malformed,
  dns_truncated,
  dns_wrong_id,
  dns_wrong_question,
  dns_wrong_source,
  dns_not_authoritative,
  dns_not_authenticated,
  dns_bogus,
  dns_disagreement,
  connect_refused,
  connect_timeout,
  connect_unreachable,
  connect_reset,
  tls_expired,
  tls_not_yet_valid,
  tls_wrong_host,
  tls_unknown_issuer,
  tls_self_signed,
  tls_handshake,
  tls_timeout,
  protocol_error,
  auth_failed,
  timeout,
  body_too_large,
  too_many_redirects,
  expectation_failed,
  mail_refused,
  mail_deferred,
  mail_not_delivered,
  mail_in_junk,
  mail_altered,
  mail_duplicated,
  mail_late,
  mailbox_shrunk,
  mailbox_deletion_marks,
  mailbox_read_by_others,
  mailbox_rebuilt,
  mailbox_stopped_growing,
  mailbox_full,
  step_failed,
  webhook_missing,
  webhook_rejected,
  cleanup_failed,
  limit_reached,
  slower_than_usual,
  agent_blind,
  agent_late,
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::agent_late) + 1;

std::string_view text(Reason reason);
std::optional<Reason> parse_reason(std::string_view text);

// The reason as the public reads it: "the server refused the connection". No host names, no jargon.
std::string_view plain_words(Reason reason);

}  // namespace vedette

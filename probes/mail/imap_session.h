// SPDX-License-Identifier: Apache-2.0
// A session with an IMAP server (RFC 9051, RFC 3501), from its greeting to LOGOUT.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/mail/imap_command.h"
#include "probes/mail/imap_data.h"
#include "probes/mail/imap_response.h"
#include "probes/mail/session.h"

namespace vedette::mail {

// What a server may say in answer to one command. More than that is a protocol_error.
struct ImapLimits {
  std::size_t response = 1 << 20;  // bytes of one response, its literals included
  std::size_t all = 4 << 20;       // bytes of all
  std::size_t responses = 10'000;  // their number
};

struct ImapMailbox {
  std::string name;  // UTF-8
  std::uint32_t messages = 0;
  std::uint32_t recent = 0;
  std::optional<std::uint32_t> uidnext;
  std::optional<std::uint32_t> uidvalidity;
  std::vector<std::string> permanent_flags;  // "\*": any keyword may be stored, too
  bool read_only = false;
};

// No command enters a phase but sign_in(): say enter("command") or what fits before.
// Refusals (NO, BAD) are failures with expectation_failed and the server's words; refused() tells
// them from failures of the network, after which the session is over. The session goes on after a
// refusal.
class ImapSession : public Session {
 public:
  ImapSession(net::Toolbox& net, const Server& server, const Mask& mask,
              const ImapLimits& limits = {})
      : Session(net, server, mask), limits_(limits) {}

  // Phase "auth". Takes AUTHENTICATE, or LOGIN where the server offers no mechanism that we know.
  // auth_failed as for SMTP. Nothing to do when the server signed us in by itself (PREAUTH).
  Awaitable<Expected<void>> sign_in(const Credentials& credentials, Deadline deadline);

  Awaitable<Expected<ImapMailbox>> select(std::string mailbox, Deadline deadline);
  Awaitable<Expected<ImapMailbox>> examine(std::string mailbox, Deadline deadline);  // read-only
  // MESSAGES, UNSEEN, UIDNEXT and UIDVALIDITY of a mailbox that is not selected.
  Awaitable<Expected<ImapMailboxStatus>> status(std::string mailbox, Deadline deadline);
  // Mailboxes that match: "*" is any name, "%" one level.
  Awaitable<Expected<std::vector<ImapMailboxName>>> list(std::string pattern, Deadline deadline);
  // `flags` as they are written: "\\Seen". The lines of the message end in CRLF. Nothing: the
  // server does not tell (no UIDPLUS).
  Awaitable<Expected<std::optional<ImapAppended>>> append(std::string mailbox, std::string flags,
                                                          std::string message, Deadline deadline);
  // `criteria` as they are written, texts by quoted(): `HEADER Subject "x" UNSEEN`.
  Awaitable<Expected<Uids>> search(std::string criteria, Deadline deadline);
  // `items` as they are written: "(FLAGS BODY.PEEK[HEADER])". Only messages whose UID was asked
  // for.
  Awaitable<Expected<std::vector<ImapMessage>>> fetch(Uids uids, std::string items,
                                                      Deadline deadline);
  // `change`: "+FLAGS" or "-FLAGS"; `flags`: "\\Deleted".
  Awaitable<Expected<void>> store(Uids uids, std::string change, std::string flags,
                                  Deadline deadline);
  // Marks the messages \Deleted and removes them, and no others: by UID EXPUNGE, and on a server
  // without UIDPLUS by EXPUNGE only if nothing else is marked. False: something else is, so they
  // were left marked.
  Awaitable<Expected<bool>> remove(Uids uids, Deadline deadline);
  // Waits until the selected mailbox changes or `until` has come; true: it has changed. On a server
  // without IDLE (RFC 2177) it asks by NOOP each second. `deadline` is of the command around it.
  Awaitable<Expected<bool>> wait_for_change(Deadline until, Deadline deadline);
  // Quotas that hold for the mailbox; none on a server without QUOTA.
  Awaitable<Expected<std::vector<ImapQuota>>> quota(std::string mailbox, Deadline deadline);
  Awaitable<Expected<void>> logout(Deadline deadline);

  // Any other command: the untagged responses up to its OK.
  Awaitable<Expected<std::vector<ImapResponse>>> run(ImapCommand command, Deadline deadline);

  // The last command was refused by the server, and its session goes on.
  bool refused() const { return refused_; }
  // The tagged response heard last; its code tells more of a refusal ("OVERQUOTA", "TRYCREATE").
  const ImapResponse& last_response() const { return last_; }

 private:
  struct Told {
    std::vector<ImapResponse> responses;  // untagged, without those that said what we can do
    std::size_t bytes = 0;
  };

  Awaitable<Expected<void>> hear_greeting(Deadline deadline) override;
  Awaitable<Expected<void>> ask_capabilities(Deadline deadline) override;
  Awaitable<Expected<void>> ask_for_tls(Deadline deadline) override;
  std::string_view starttls() const override { return "STARTTLS"; }

  net::Failure broken(std::string_view what) const;
  Expected<void> accepted(std::string_view command);
  // The first line by `begun`, the rest by `deadline`.
  Awaitable<Expected<ImapResponse>> hear(Deadline begun, Deadline deadline);
  // Gathers untagged responses up to the one with the tag, or to "+".
  Awaitable<Expected<ImapResponse>> hear_end(Told& told, Deadline deadline);
  Awaitable<Expected<ImapResponse>> send(ImapCommand command, Told& told, Deadline deadline);
  Expected<void> keep(ImapResponse response, Told& told) const;

  Awaitable<Expected<void>> authenticate(Mechanism mechanism, Credentials credentials,
                                         bool initial_response, Deadline deadline);
  Awaitable<Expected<void>> log_in(Credentials credentials, Deadline deadline);
  Awaitable<Expected<ImapMailbox>> open_mailbox(std::string command, std::string mailbox,
                                                Deadline deadline);
  Awaitable<Expected<bool>> idle(Deadline until, Deadline deadline);
  Awaitable<Expected<bool>> poll(Deadline until, Deadline deadline);

  ImapLimits limits_;
  unsigned commands_ = 0;
  std::string tag_;  // of the command that runs or ran last
  bool preauthenticated_ = false;
  bool hides_challenges_ = false;
  bool leaving_ = false;
  bool refused_ = false;
  ImapResponse last_;
};

}  // namespace vedette::mail

// SPDX-License-Identifier: Apache-2.0
// One command for an IMAP server, in the pieces in which it is sent: a literal waits for the
// server's go-ahead. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/mail/imap_data.h"

namespace vedette::mail {

class ImapCommand {
 public:
  // Words are written as they are: "UID FETCH".
  explicit ImapCommand(std::string_view words)
      : name_(words), pieces_{std::string(words)}, shown_(words) {}

  ImapCommand& raw(std::string_view words);
  // A text of any kind: in quotes where it can be, else as a literal.
  ImapCommand& text(std::string_view value);
  // The name of a mailbox, as UTF-8.
  ImapCommand& mailbox(std::string_view name);
  // A word that is written as it is, but is not in the record.
  ImapCommand& hidden_word(std::string_view word);
  // A text that is not in the record.
  ImapCommand& secret(std::string_view value);
  // Bytes of any kind, as a literal; the record has their number only.
  ImapCommand& literal(std::string_view bytes);
  ImapCommand& uids(const Uids& uids);

  // All but the last end in "{N}", for which the server says "+".
  const std::vector<std::string>& pieces() const { return pieces_; }
  const std::string& shown() const { return shown_; }
  const std::string& name() const { return name_; }

 private:
  void write(std::string_view value);
  void write_literal(std::string_view bytes);

  std::string name_;
  std::vector<std::string> pieces_;
  std::string shown_;
};

}  // namespace vedette::mail

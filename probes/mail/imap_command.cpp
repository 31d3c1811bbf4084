// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_command.h"

#include <fmt/format.h>

#include "probes/mail/dialogue.h"
#include "probes/mail/imap_text.h"
#include "probes/mail/modified_utf7.h"

namespace vedette::mail {

void ImapCommand::write_literal(std::string_view bytes) {
  pieces_.back() += fmt::format("{{{}}}", bytes.size());
  pieces_.emplace_back(bytes);
}

void ImapCommand::write(std::string_view value) {
  pieces_.back() += ' ';
  if (can_be_quoted(value)) {
    pieces_.back() += quoted(value);
  } else {
    write_literal(value);
  }
}

ImapCommand& ImapCommand::raw(std::string_view words) {
  pieces_.back() += ' ';
  pieces_.back() += words;
  shown_ += fmt::format(" {}", words);
  return *this;
}

ImapCommand& ImapCommand::text(std::string_view value) {
  write(value);
  shown_ += " " + quoted(value);
  return *this;
}

ImapCommand& ImapCommand::mailbox(std::string_view name) {
  return text(encode_modified_utf7(name).value_or(std::string(name)));
}

ImapCommand& ImapCommand::hidden_word(std::string_view word) {
  pieces_.back() += ' ';
  pieces_.back() += word;
  shown_ += fmt::format(" {}", hidden);
  return *this;
}

ImapCommand& ImapCommand::secret(std::string_view value) {
  write(value);
  shown_ += fmt::format(" {}", hidden);
  return *this;
}

ImapCommand& ImapCommand::literal(std::string_view bytes) {
  pieces_.back() += ' ';
  write_literal(bytes);
  shown_ += fmt::format(" ({} bytes)", bytes.size());
  return *this;
}

ImapCommand& ImapCommand::uids(const Uids& uids) {
  return raw(sequence_set(uids));
}

}  // namespace vedette::mail

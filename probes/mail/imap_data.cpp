// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_data.h"

#include <algorithm>

#include "probes/ascii.h"
#include "probes/mail/imap_scanner.h"
#include "probes/mail/imap_text.h"
#include "probes/mail/modified_utf7.h"
#include "probes/mail/upper_case.h"
#include "probes/mail/words.h"

namespace vedette::mail {
namespace {

constexpr std::size_t max_flags = 200;
constexpr std::size_t max_parts = 50;
constexpr std::size_t max_resources = 20;

// Names that are no modified UTF-7 stay as they are.
std::string mailbox_name(const std::string& wire) {
  return decode_modified_utf7(wire).value_or(wire);
}

std::vector<std::string> take_flags(ImapScanner& scanner) {
  std::vector<std::string> out;
  scanner.expect('(');
  for (scanner.skip_spaces(); scanner.ok() && !scanner.take(')'); scanner.skip_spaces()) {
    const std::string_view flag = scanner.atom();
    if (out.size() < max_flags) out.emplace_back(flag);
  }
  return out;
}

void take_status_item(ImapScanner& scanner, ImapMailboxStatus& out) {
  const std::string item = upper_case(scanner.atom());
  scanner.expect(' ');
  if (item == "MESSAGES")
    out.messages = scanner.number32();
  else if (item == "RECENT")
    out.recent = scanner.number32();
  else if (item == "UNSEEN")
    out.unseen = scanner.number32();
  else if (item == "UIDNEXT")
    out.uidnext = scanner.number32();
  else if (item == "UIDVALIDITY")
    out.uidvalidity = scanner.number32();
  else if (item == "SIZE")
    out.size = scanner.number();
  else if (item == "DELETED")
    out.deleted = scanner.number32();
  else
    scanner.skip_value();
}

void take_fetch_item(ImapScanner& scanner, ImapMessage& out) {
  const std::string item = upper_case(scanner.atom());
  scanner.expect(' ');
  if (item == "UID")
    out.uid = scanner.number32();
  else if (item == "FLAGS")
    out.flags = take_flags(scanner);
  else if (item == "RFC822.SIZE")
    out.size = scanner.number();
  else if (item == "INTERNALDATE")
    out.internal_date = scanner.astring();
  else if (item.starts_with("BODY[") || item.starts_with("RFC822")) {
    auto bytes = scanner.nstring();
    if (bytes && out.parts.size() < max_parts) out.parts.emplace_back(item, *std::move(bytes));
  } else {
    scanner.skip_value();
  }
}

void take_search_item(ImapScanner& scanner, ImapSearchResult& out) {
  const std::string item = upper_case(scanner.atom());
  scanner.skip_spaces();
  if (item == "ALL")
    out.all = parse_sequence_set(scanner.atom());
  else if (item == "COUNT")
    out.count = scanner.number32();
  else if (item == "MIN")
    out.min = scanner.number32();
  else if (item == "MAX")
    out.max = scanner.number32();
  else
    scanner.skip_value();
}

template <class T>
std::optional<T> if_ok(const ImapScanner& scanner, T&& value) {
  if (!scanner.ok()) return std::nullopt;
  return std::forward<T>(value);
}

}  // namespace

Capabilities parse_imap_capabilities(std::string_view rest) {
  Capabilities out;
  Words words(rest);
  for (auto word = words.next(); !word.empty(); word = words.next()) out.add(word);
  return out;
}

std::optional<std::vector<std::string>> parse_flags(std::string_view rest) {
  ImapScanner scanner(rest);
  auto flags = take_flags(scanner);
  return if_ok(scanner, std::move(flags));
}

std::optional<ImapMailboxStatus> parse_status(std::string_view rest) {
  ImapScanner scanner(rest);
  ImapMailboxStatus out;
  out.mailbox = mailbox_name(scanner.astring());
  scanner.expect(' ');
  scanner.expect('(');
  for (scanner.skip_spaces(); scanner.ok() && !scanner.take(')'); scanner.skip_spaces()) {
    take_status_item(scanner, out);
  }
  return if_ok(scanner, std::move(out));
}

std::optional<ImapMailboxName> parse_list(std::string_view rest) {
  ImapScanner scanner(rest);
  ImapMailboxName out;
  out.attributes = take_flags(scanner);
  scanner.expect(' ');
  out.delimiter = scanner.nstring().value_or("");
  scanner.expect(' ');
  out.name = mailbox_name(scanner.astring());
  return if_ok(scanner, std::move(out));
}

std::optional<Uids> parse_search(std::string_view rest) {
  ImapScanner scanner(rest);
  Uids out;
  for (scanner.skip_spaces(); !scanner.done(); scanner.skip_spaces()) {
    if (scanner.rest().starts_with('(')) {  // (MODSEQ 917162500)
      scanner.skip_value();
    } else {
      out.push_back(scanner.number32());
    }
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return if_ok(scanner, std::move(out));
}

std::optional<ImapSearchResult> parse_esearch(std::string_view rest) {
  ImapScanner scanner(rest);
  ImapSearchResult out;
  scanner.skip_spaces();
  if (scanner.rest().starts_with('(')) scanner.skip_value();  // (TAG "a5")
  for (scanner.skip_spaces(); !scanner.done(); scanner.skip_spaces()) {
    const std::string_view word = scanner.rest().substr(0, scanner.rest().find(' '));
    if (same_without_case(word, "UID")) {
      scanner.atom();
    } else {
      take_search_item(scanner, out);
    }
  }
  return if_ok(scanner, std::move(out));
}

bool ImapMessage::has_flag(std::string_view flag) const {
  return flags && std::ranges::any_of(*flags, [&](const std::string& each) {
           return same_without_case(each, flag);
         });
}

const std::string* ImapMessage::part(std::string_view section) const {
  const std::string name = "BODY[" + upper_case(section) + "]";
  for (const auto& [each, bytes] : parts) {
    if (each == name || each.starts_with(name + "<")) return &bytes;  // "<0>": a part of the part
  }
  return nullptr;
}

std::optional<ImapMessage> parse_fetch(std::uint32_t number, std::string_view rest) {
  ImapScanner scanner(rest);
  ImapMessage out;
  out.number = number;
  scanner.expect('(');
  for (scanner.skip_spaces(); scanner.ok() && !scanner.take(')'); scanner.skip_spaces()) {
    take_fetch_item(scanner, out);
  }
  return if_ok(scanner, std::move(out));
}

std::optional<ImapQuota> parse_quota(std::string_view rest) {
  ImapScanner scanner(rest);
  ImapQuota out;
  out.root = scanner.astring();
  scanner.expect(' ');
  scanner.expect('(');
  for (scanner.skip_spaces(); scanner.ok() && !scanner.take(')'); scanner.skip_spaces()) {
    ImapQuota::Resource resource;
    resource.name = upper_case(scanner.atom());
    scanner.expect(' ');
    resource.used = scanner.number();
    scanner.expect(' ');
    resource.limit = scanner.number();
    if (out.resources.size() < max_resources) out.resources.push_back(std::move(resource));
  }
  return if_ok(scanner, std::move(out));
}

std::optional<ImapAppended> parse_append_uid(std::string_view code_values) {
  ImapScanner scanner(code_values);
  ImapAppended out;
  out.uidvalidity = scanner.number32();
  scanner.expect(' ');
  out.uid = scanner.number32();
  return if_ok(scanner, std::move(out));
}

}  // namespace vedette::mail

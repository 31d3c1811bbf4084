// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/memory.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "probes/mail/imap_text.h"
#include "probes/mail/words.h"

namespace vedette::mailbox {
namespace {

constexpr std::string_view version = "mailbox 1";
constexpr std::size_t longest_word = 100;

std::int64_t ms(Instant instant) {
  return instant.time_since_epoch().count();
}

// One line of memory, word by word; once something makes no sense, it stays so.
class Line {
 public:
  explicit Line(std::string_view text) : words_(text), key(words_.next()) {}

  template <class Number>
  Line& take(Number& out) {
    const std::string_view word = words_.next();
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
    ok_ = ok_ && error == std::errc() && end == word.data() + word.size();
    return *this;
  }
  Line& take(Instant& out) {
    std::int64_t count = 0;
    take(count);
    out = Instant(Duration(count));
    return *this;
  }
  Line& take(std::string& out) {
    out = words_.next();
    ok_ = ok_ && !out.empty() && out.size() <= longest_word;
    return *this;
  }
  std::string_view next() { return words_.next(); }
  bool done() { return ok_ && words_.next().empty(); }

 private:
  mail::Words words_;
  bool ok_ = true;

 public:
  const std::string_view key;
};

void add(std::string& text, std::string_view key, const Event& event) {
  fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {}\n", key, ms(event.since),
                 ms(event.last), event.before, event.marked_before, event.amount);
}

void take(Line& line, std::optional<Event>& out) {
  Event event;
  line.take(event.since).take(event.last).take(event.before).take(event.marked_before);
  line.take(event.amount);
  out = event;
}

void take(Line& line, std::optional<Rebuilt>& out) {
  Rebuilt rebuilt;
  line.take(rebuilt.since).take(rebuilt.uidvalidity).take(rebuilt.messages);
  out = rebuilt;
}

void take(Line& line, std::optional<Canary>& out) {
  Canary canary;
  std::int64_t wrong = 0;
  line.take(canary.token).take(canary.uid).take(wrong);
  if (wrong != 0) canary.wrong = Instant(Duration(wrong));
  out = std::move(canary);
}

bool take(std::string_view text, Memory& out) {
  Line line(text);
  if (line.key == "about") {
    line.take(out.about);
  } else if (line.key == "seen") {
    line.take(out.uidvalidity).take(out.uidnext).take(out.messages).take(out.unseen);
    line.take(out.marked).take(out.grown);
  } else if (line.key == "own") {
    auto own = mail::parse_sequence_set(line.next());
    if (!own || own->size() > max_own) return false;
    out.own = std::move(*own);
  } else if (line.key == "canary") {
    take(line, out.canary);
  } else if (line.key == "lost") {
    take(line, out.lost);
  } else if (line.key == "read") {
    take(line, out.read);
  } else if (line.key == "rebuilt") {
    take(line, out.rebuilt);
  } else {
    return false;
  }
  return line.done();
}

}  // namespace

std::string write(const Memory& memory) {
  std::string text;
  const auto add_line = [&]<class... Values>(fmt::format_string<Values...> format,
                                             Values&&... values) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Values>(values)...);
    text += '\n';
  };
  add_line("{}", version);
  add_line("about {}", memory.about);
  add_line("seen {} {} {} {} {} {}", memory.uidvalidity, memory.uidnext, memory.messages,
           memory.unseen, memory.marked, ms(memory.grown));
  if (!memory.own.empty()) add_line("own {}", mail::sequence_set(memory.own));
  if (memory.canary) {
    const Canary& canary = *memory.canary;
    add_line("canary {} {} {}", canary.token, canary.uid, canary.wrong ? ms(*canary.wrong) : 0);
  }
  if (memory.lost) add(text, "lost", *memory.lost);
  if (memory.read) add(text, "read", *memory.read);
  if (memory.rebuilt) {
    add_line("rebuilt {} {} {}", ms(memory.rebuilt->since), memory.rebuilt->uidvalidity,
             memory.rebuilt->messages);
  }
  return text;
}

std::optional<Memory> read(std::string_view text, std::string_view about) {
  mail::Words lines(text, "\n");
  if (lines.next() != version) return std::nullopt;
  Memory out;
  for (auto line = lines.next(); !line.empty(); line = lines.next()) {
    if (!take(line, out)) return std::nullopt;
  }
  if (out.about != about) return std::nullopt;
  return out;
}

}  // namespace vedette::mailbox

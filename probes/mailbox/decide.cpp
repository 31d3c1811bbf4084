// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/decide.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/duration.h"

namespace vedette::mailbox {
namespace {

// What explains others comes first: a rebuilt mailbox is also an empty one.
constexpr std::array order{Reason::mailbox_rebuilt,        Reason::mailbox_shrunk,
                           Reason::mailbox_deletion_marks, Reason::mailbox_read_by_others,
                           Reason::mailbox_full,           Reason::mailbox_stopped_growing};

std::string count(std::int64_t number) {
  return fmt::format("{} message{}", number, number == 1 ? "" : "s");
}

std::string_view were(std::int64_t number) {
  return number == 1 ? "was" : "were";
}

// Also when the clock was put back since: then it is as if it had just happened.
bool is_over(Instant last, Duration lasts, Instant now) {
  return now - last >= lasts;
}

class Judgement {
 public:
  Judgement(const Limits& limits, const Memory& memory, const Seen& seen, Instant now)
      : limits_(limits),
        memory_(memory),
        seen_(seen),
        now_(now),
        first_(memory.uidnext == 0),
        comparable_(is_comparable(memory, seen)) {
    out_.next = memory;
  }

  Decision judge() {
    set_back_what_lies_ahead();
    judge_rebuilt();
    judge_floor();
    judge_lost();
    judge_read();
    judge_canary();
    judge_growth();
    judge_quota();
    remember();
    return std::move(out_);
  }

 private:
  void add(std::string expectation, std::string saw, std::optional<Reason> reason = {}) {
    out_.findings.push_back({reason, {std::move(expectation), std::move(saw), !reason}});
  }
  std::string since(Instant instant) const { return "noticed at " + format_instant(instant); }

  // The clock was put back.
  void set_back_what_lies_ahead() {
    Memory& next = out_.next;
    const auto set_back = [this](Instant& instant) { instant = std::min(instant, now_); };
    set_back(next.grown);
    if (next.rebuilt) set_back(next.rebuilt->since);
    if (next.canary && next.canary->wrong) set_back(*next.canary->wrong);
    for (auto* event : {&next.lost, &next.read}) {
      if (!*event) continue;
      set_back((*event)->since);
      set_back((*event)->last);
    }
  }

  void judge_rebuilt() {
    std::optional<Rebuilt>& rebuilt = out_.next.rebuilt;
    back_ = rebuilt && memory_.uidvalidity != seen_.uidvalidity &&
            rebuilt->uidvalidity == seen_.uidvalidity;
    if (back_ || (rebuilt && is_over(rebuilt->since, limits_.alarm_for, now_))) rebuilt.reset();
    if (!first_ && !comparable_ && !back_) {
      if (!rebuilt) rebuilt = Rebuilt{{}, memory_.uidvalidity, memory_.messages};
      rebuilt->since = now_;
    }
    if (!rebuilt) return add("the same mailbox", first_ ? "seen for the first time" : "it is");
    add("the same mailbox",
        fmt::format("the mailbox was made anew ({}): UIDVALIDITY {} before, {} now; {} before, {} "
                    "now",
                    since(rebuilt->since), rebuilt->uidvalidity, seen_.uidvalidity,
                    count(rebuilt->messages), seen_.messages()),
        Reason::mailbox_rebuilt);
  }

  void judge_floor() {
    if (!limits_.at_least) return;
    const bool ok = seen_.messages() >= *limits_.at_least;
    add(fmt::format("at_least: {}", *limits_.at_least),
        fmt::format("{} {} in the mailbox, at least {} expected", count(seen_.messages()),
                    seen_.messages() == 1 ? "is" : "are", *limits_.at_least),
        ok ? std::nullopt : std::optional(Reason::mailbox_shrunk));
  }

  // Of the messages of the last run, those that are no longer there or are marked; negative: so
  // many are back.
  std::int64_t gone() const {
    const std::int64_t before = memory_.messages;
    if (first_) return 0;
    if (comparable_) return before - seen_.old.messages;
    const std::int64_t fewer = before - seen_.messages();
    return back_ ? fewer : std::max<std::int64_t>(fewer, 0);
  }

  void follow(std::optional<Event>& event, std::int64_t amount, std::int64_t at_most) const {
    if (event) {
      event->amount += amount;
      if (amount > 0) event->last = now_;
    } else if (amount > at_most) {
      event = Event{now_, now_, memory_.messages, memory_.marked, amount};
    }
    if (event && (event->amount <= at_most || is_over(event->last, limits_.alarm_for, now_)))
      event.reset();
  }

  void judge_lost() {
    std::optional<Event>& lost = out_.next.lost;
    // Who marks a message as it arrives is at the mailbox, too.
    const std::int64_t amount = gone() + (first_ ? 0 : seen_.arrived.marked);
    follow(lost, amount, limits_.lost_at_most);
    const auto expectation = fmt::format("lost_at_most: {}", limits_.lost_at_most);
    if (!lost) {
      return add(expectation,
                 first_
                     ? fmt::format("{}, nothing to compare with yet", count(seen_.messages()))
                     : fmt::format("{} before, {} now", count(memory_.messages), seen_.messages()));
    }
    const std::int64_t marked = std::clamp<std::int64_t>(
        std::int64_t{seen_.marked()} - lost->marked_before, 0, lost->amount);
    const bool only_marked = lost->amount - marked <= limits_.lost_at_most;
    add(expectation, lost_words(*lost, marked),
        only_marked ? Reason::mailbox_deletion_marks : Reason::mailbox_shrunk);
  }

  std::string lost_words(const Event& lost, std::int64_t marked) const {
    const std::int64_t gone = lost.amount - marked;
    std::string what;
    if (gone > 0) what = fmt::format("{} {} removed", count(gone), were(gone));
    if (marked > 0) {
      what += fmt::format("{}{} {} marked for deletion", what.empty() ? "" : ", ", count(marked),
                          were(marked));
    }
    return fmt::format("{} by somebody else ({}): {} before, {} now", what, since(lost.since),
                       count(lost.before), seen_.messages());
  }

  // At least so many were read: of those that are gone it is not known whether they were.
  std::int64_t read() const {
    if (first_ || !comparable_) return 0;
    std::int64_t read = std::int64_t{memory_.unseen} - seen_.old.unseen;
    if (read > 0) read = std::max<std::int64_t>(read - std::max<std::int64_t>(gone(), 0), 0);
    return read + (seen_.arrived.messages - seen_.arrived.unseen);
  }

  void judge_read() {
    std::optional<Event>& event = out_.next.read;
    if (!limits_.read_at_most) return event.reset();
    follow(event, read(), *limits_.read_at_most);
    const auto expectation = fmt::format("read_at_most: {}", *limits_.read_at_most);
    if (!event) return add(expectation, fmt::format("{} unread", count(seen_.unseen())));
    add(expectation,
        fmt::format("{} {} read by somebody else ({}); {} unread now", count(event->amount),
                    were(event->amount), since(event->since), seen_.unseen()),
        Reason::mailbox_read_by_others);
  }

  const CanarySeen* find_canary() const {
    const auto& all = seen_.canaries;
    const auto found = std::ranges::find_if(all, [&](const CanarySeen& each) {
      if (out_.next.canary) return each.token == out_.next.canary->token;
      return each.is_ours && !each.read && !each.marked;  // of a run whose memory was lost
    });
    return found == all.end() ? nullptr : &*found;
  }

  void judge_canary() {
    std::optional<Canary>& canary = out_.next.canary;
    if (!limits_.canary) return canary.reset();
    if (canary && canary->wrong && is_over(*canary->wrong, limits_.alarm_for, now_)) canary.reset();
    const CanarySeen* found = find_canary();
    if (!canary && found == nullptr) {
      out_.plant = limits_.plant;
      return add("canary",
                 limits_.plant ? "there is none yet" : "there is none, and none may be planted");
    }
    if (!canary) canary = Canary{found->token, found->uid, {}};
    if (found != nullptr) canary->uid = found->uid;
    const auto [reason, words] = state_of(found);
    if (!reason) {
      canary->wrong.reset();
      return add("canary", std::string(words));
    }
    if (!canary->wrong) canary->wrong = now_;
    add("canary", fmt::format("the canary message {} ({})", words, since(*canary->wrong)), reason);
  }

  static std::pair<std::optional<Reason>, std::string_view> state_of(const CanarySeen* canary) {
    if (canary == nullptr) return {Reason::mailbox_shrunk, "was removed by somebody else"};
    if (canary->marked)
      return {Reason::mailbox_deletion_marks, "was marked for deletion by somebody else"};
    if (canary->read) return {Reason::mailbox_read_by_others, "was read by somebody else"};
    return {std::nullopt, "it is there, unread"};
  }

  void judge_growth() {
    Instant& grown = out_.next.grown;
    if (first_ || !comparable_ || seen_.arrived.messages + seen_.arrived.marked > 0) grown = now_;
    if (!limits_.grows_within) return;
    const auto wanted = config::format_duration(*limits_.grows_within);
    const bool ok = now_ - grown <= *limits_.grows_within;
    add("grows_within: " + wanted,
        ok ? fmt::format("a message arrived last at {} at the latest", format_instant(grown))
           : fmt::format("no message has arrived since {}, one was expected within {}",
                         format_instant(grown), wanted),
        ok ? std::nullopt : std::optional(Reason::mailbox_stopped_growing));
  }

  void judge_quota() {
    if (!limits_.quota_below) return;
    const auto expectation = fmt::format("quota_below: {}", *limits_.quota_below);
    if (!seen_.tells_quota)
      return add(expectation, "the server does not tell a quota", Reason::expectation_failed);
    const auto worst = std::ranges::max_element(seen_.quota, {}, &QuotaUse::percent);
    if (worst == seen_.quota.end()) return add(expectation, "there is no quota");
    const bool ok = worst->percent() < static_cast<double>(*limits_.quota_below);
    add(expectation,
        fmt::format("{:.0f} % of the quota is used ({} {} of {})", worst->percent(),
                    worst->resource, worst->used, worst->limit),
        ok ? std::nullopt : std::optional(Reason::mailbox_full));
  }

  void remember() {
    Memory& next = out_.next;
    next.uidvalidity = seen_.uidvalidity;
    next.uidnext = seen_.uidnext;
    next.messages = seen_.messages();
    next.unseen = seen_.unseen();
    next.marked = seen_.marked();
    next.own = seen_.own;
    if (next.own.size() > max_own)
      next.own.erase(next.own.begin(), next.own.end() - std::ptrdiff_t{max_own});
  }

  const Limits& limits_;
  const Memory& memory_;
  const Seen& seen_;
  const Instant now_;
  const bool first_;
  const bool comparable_;
  bool back_ = false;  // the mailbox of before it was made anew
  Decision out_;
};

}  // namespace

const Finding* Decision::worst() const {
  const auto rank = [](const Finding& finding) {
    if (!finding.reason) return order.size() + 1;
    return static_cast<std::size_t>(std::ranges::find(order, *finding.reason) - order.begin());
  };
  const auto first = std::ranges::min_element(findings, {}, rank);
  return first == findings.end() || !first->reason ? nullptr : &*first;
}

Decision decide(const Limits& limits, const Memory& memory, const Seen& seen, Instant now) {
  return Judgement(limits, memory, seen, now).judge();
}

}  // namespace vedette::mailbox

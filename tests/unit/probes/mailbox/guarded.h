// SPDX-License-Identifier: Apache-2.0
// A mailbox made up message by message, and the guard that looks at it run by run, in virtual time.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include "probes/mailbox/decide.h"

namespace vedette::mailbox::test {

struct Message {
  bool read = false;
  bool marked = false;
  bool own = false;      // Vedette's
  std::string canary{};  // token
};

class Guarded {
 public:
  std::uint32_t deliver(const Message& message = {}) {
    messages_[uidnext_] = message;
    return uidnext_++;
  }
  void deliver_many(int count) {
    for (; count > 0; --count) deliver();
  }
  Message& message(std::uint32_t uid) { return messages_.at(uid); }
  Message& canary() {
    for (auto& [uid, message] : messages_) {
      if (message.canary == memory_.canary->token) return message;
    }
    throw std::logic_error("the canary is gone");
  }
  void expunge(std::uint32_t uid) { messages_.erase(uid); }
  void expunge_all() { messages_.clear(); }
  // UIDs begin anew, under another UIDVALIDITY.
  void rebuild(std::uint32_t uidvalidity = 8) {
    std::map<std::uint32_t, Message> moved;
    uidnext_ = 1;
    uidvalidity_ = uidvalidity;
    for (auto& [uid, message] : messages_) moved[uidnext_++] = message;
    messages_ = std::move(moved);
  }

  Seen seen() const {
    Seen seen;
    seen.uidvalidity = uidvalidity_;
    seen.uidnext = uidnext_;
    seen.tells_quota = true;
    if (quota) seen.quota.push_back(*quota);
    const bool comparable = is_comparable(memory_, seen);
    for (const auto& [uid, message] : messages_) {
      if (!message.canary.empty())
        seen.canaries.push_back({message.canary, uid, true, message.read, message.marked});
      if (message.own) {
        seen.own.push_back(uid);
        continue;
      }
      Part& part = comparable && uid < memory_.uidnext ? seen.old : seen.arrived;
      ++(message.marked ? part.marked : part.messages);
      if (!message.marked && !message.read) ++part.unseen;
    }
    return seen;
  }

  // One run, a minute after the last one; what it remembers goes through its text.
  Decision run(Duration later = std::chrono::minutes(1)) {
    now += later;
    auto decision = decide(limits, memory_, seen(), now);
    if (decision.plant) {
      const std::string token = "token-" + std::to_string(++planted);
      decision.next.canary = Canary{token, deliver({.own = true, .canary = token}), {}};
    }
    decision.next.about = "here";
    memory_ = read(write(decision.next), "here").value();
    return decision;
  }
  // The reason of one run; nothing: it passed.
  std::optional<Reason> reason(Duration later = std::chrono::minutes(1)) {
    const auto decision = run(later);
    const Finding* worst = decision.worst();
    words = worst == nullptr ? std::string() : worst->observation.saw;
    return worst == nullptr ? std::nullopt : worst->reason;
  }
  // The mailbox was put back as it is here, and the guard has seen what became of `other`.
  void take_memory_of(const Guarded& other) {
    memory_ = other.memory_;
    now = other.now;
  }
  void forget() { memory_ = Memory(); }
  const Memory& memory() const { return memory_; }

  Limits limits;
  Instant now{Duration(1'795'000'000'000)};
  std::optional<QuotaUse> quota;
  std::string words;  // of the newest reason
  int planted = 0;

 private:
  std::map<std::uint32_t, Message> messages_;
  std::uint32_t uidvalidity_ = 7;
  std::uint32_t uidnext_ = 1;
  Memory memory_;
};

}  // namespace vedette::mailbox::test

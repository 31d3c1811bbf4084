// SPDX-License-Identifier: Apache-2.0
#include "agent/flows/store_journal.h"

#include <map>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

namespace vedette::flows {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Lines = std::vector<store::JournalLine>;

constexpr auto answer_within = 5s;
constexpr auto write_after = 100ms;
constexpr auto try_again_after = 1s;
constexpr auto settled_kept = 1min;  // more than a write and a read of the store can take

// What the store says to one question, and the wait for it.
template <class T>
struct Question {
  explicit Question(const asio::any_io_executor& loop) : answered(loop, answer_within) {}

  asio::steady_timer answered;
  std::optional<store::Expected<T>> answer;  // the store thread's, until `there`
  bool there = false;                        // the loop's
};

// Errors of the store as sentences, also its silence.
template <class T, class Ask>
Awaitable<flow::Told<T>> ask(const Submit& submit, asio::any_io_executor loop, Ask work) {
  const auto question = std::make_shared<Question<T>>(loop);
  const auto ask_store = [question, work](store::Store& store) {
    question->answer.emplace(work(store));
  };
  const auto done = [question] {
    question->there = true;
    question->answered.cancel();
  };
  if (!submit(ask_store, done, loop)) co_return std::unexpected("the store is too busy");
  co_await question->answered.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!question->there) co_return std::unexpected("the store does not answer");
  auto& answer = *question->answer;
  if (!answer) co_return std::unexpected(answer.error().message);
  if constexpr (std::is_void_v<T>)
    co_return flow::Told<void>();
  else
    co_return *std::move(answer);
}

}  // namespace

struct StoreJournal::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor executor, Submit to_store, store::JournalOwner whose)
      : loop(std::move(executor)),
        submit(std::move(to_store)),
        owner(std::move(whose)),
        timer(loop) {}

  // A note that is settled never counts again. The store hears of it later than we do, and an
  // answer of the store is older still when it arrives: what is asked again and undone by two at a
  // time may be left when one of them is killed.
  void settle(const std::string& id) {
    settled.insert_or_assign(id, Steady::now());
    add(store::Settled{id});
  }

  void forget_long_settled() {
    if (!waiting.empty()) return;
    std::erase_if(settled, [limit = Steady::now() - settled_kept](const auto& one) {
      return one.second < limit;
    });
  }

  // Written soon.
  void add(store::JournalLine line) {
    waiting.push_back(std::move(line));
    if (!armed) write_in(write_after);
  }

  void write_in(std::chrono::milliseconds pause) {
    armed = true;
    timer.expires_after(pause);
    timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
      const auto self = weak.lock();
      if (!self || error) return;
      self->armed = false;
      self->write();
    });
  }

  void write() {
    if (waiting.empty()) return;
    const auto lines = std::make_shared<Lines>(std::exchange(waiting, {}));
    const auto error = std::make_shared<std::string>();
    const auto work = [lines, error, whose = owner](store::Store& store) {
      const auto written = store.write_journal(whose, *lines, false);
      if (!written) *error = written.error().message;
    };
    const auto done = [weak = weak_from_this(), lines, error] {
      const auto self = weak.lock();
      if (self && !error->empty()) self->keep(*lines, *error);
    };
    if (!submit(work, done, loop)) keep(*lines, "the store is too busy");
  }

  // The store did not take them: they stay in front of what came meanwhile.
  void keep(Lines lines, const std::string& why) {
    if (!std::exchange(complained, true))
      spdlog::warn("the journal of flows is kept here until the store takes it: {}", why);
    lines.insert(lines.end(), std::make_move_iterator(waiting.begin()),
                 std::make_move_iterator(waiting.end()));
    waiting = std::move(lines);
    if (!armed && !ending) write_in(try_again_after);
  }

  const asio::any_io_executor loop;
  const Submit submit;
  const store::JournalOwner owner;
  asio::steady_timer timer;
  Lines waiting;
  std::map<std::string, Steady::time_point> settled;  // by id, of late
  bool armed = false;
  bool complained = false;
  bool ending = false;
};

StoreJournal::StoreJournal(asio::any_io_executor loop, Submit submit, store::JournalOwner owner,
                           std::shared_ptr<metrics::LatenessHistogram> note_latency)
    : state_(std::make_shared<State>(std::move(loop), std::move(submit), std::move(owner))),
      note_latency_(std::move(note_latency)) {}

StoreJournal::~StoreJournal() = default;

Awaitable<flow::Told<void>> StoreJournal::note(flow::Entry entry) {
  const auto state = state_;
  if (state->waiting.size() >= most_waiting)
    co_return std::unexpected("the store has not taken what was written before");
  auto lines = std::exchange(state->waiting, {});
  const Lines before = lines;
  lines.emplace_back(store::Note{std::move(entry)});
  const auto write = [lines = std::move(lines), owner = state->owner](store::Store& store) {
    return store.write_journal(owner, lines, true);
  };
  const auto began = Steady::now();
  auto written = co_await ask<void>(state->submit, state->loop, write);
  if (note_latency_)
    note_latency_->observe(std::chrono::duration<double>(Steady::now() - began).count());
  if (!written && !before.empty()) state->keep(before, written.error());
  if (written) state->complained = false;
  co_return written;
}

void StoreJournal::learned(const std::string& id, std::string values) {
  state_->add(store::Learned{id, std::move(values)});
}

void StoreJournal::attempted(flow::Entry entry) {
  state_->add(store::Note{std::move(entry)});
}

void StoreJournal::settled(const std::string& id) {
  state_->settle(id);
}

Awaitable<flow::Told<std::vector<flow::Entry>>> StoreJournal::pending(std::string flow) {
  const auto state = state_;
  state->forget_long_settled();
  const auto read = [flow, owner = state->owner](store::Store& store) {
    return store.journal(owner, flow, wall_now());
  };
  auto found = co_await ask<std::vector<flow::Entry>>(state->submit, state->loop, read);
  if (found) {
    std::erase_if(*found,
                  [&](const flow::Entry& entry) { return state->settled.contains(entry.id); });
  }
  co_return found;
}

Awaitable<flow::Told<void>> StoreJournal::spend(std::string flow, flow::Spent spent) {
  const auto write = [flow, spent, owner = state_->owner](store::Store& store) {
    return store.write_journal(owner, {store::Spend{flow, spent}}, false);
  };
  co_return co_await ask<void>(state_->submit, state_->loop, write);
}

Awaitable<flow::Told<std::vector<flow::Spent>>> StoreJournal::spent(std::string flow,
                                                                    Instant since) {
  const auto read = [flow, since, owner = state_->owner](store::Store& store) {
    return store.spent(owner.region, flow, since);
  };
  co_return co_await ask<std::vector<flow::Spent>>(state_->submit, state_->loop, read);
}

void StoreJournal::begin_to_end() {
  state_->ending = true;
}

void StoreJournal::flush() {
  state_->write();
}

}  // namespace vedette::flows

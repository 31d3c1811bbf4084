// SPDX-License-Identifier: Apache-2.0
// The journal of the flows on one loop, kept in the store.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "agent/metrics/check_series.h"
#include "agent/store/store.h"
#include "probes/flow/journal.h"

namespace vedette::flows {

// As store::Worker::submit for another loop.
using Submit = std::function<bool(std::function<void(store::Store&)> work,
                                  std::function<void()> done, boost::asio::any_io_executor loop)>;

// What need not be waited for is written together with the next note, or a moment later: a step
// with a cleanup costs one transaction.
class StoreJournal final : public flow::Journal {
 public:
  static constexpr std::size_t most_waiting = 10'000;  // lines; then steps are not sent any more

  // `note_latency`, in seconds, may be null.
  StoreJournal(boost::asio::any_io_executor loop, Submit submit, store::JournalOwner owner,
               std::shared_ptr<metrics::LatenessHistogram> note_latency = nullptr);
  ~StoreJournal() override;

  Awaitable<flow::Told<void>> note(flow::Entry entry) override;
  void learned(const std::string& id, std::string values) override;
  void attempted(flow::Entry entry) override;
  void settled(const std::string& id) override;
  Awaitable<flow::Told<std::vector<flow::Entry>>> pending(std::string flow) override;
  Awaitable<flow::Told<void>> spend(std::string flow, flow::Spent spent) override;
  Awaitable<flow::Told<std::vector<flow::Spent>>> spent(std::string flow, Instant since) override;

  // The loop is about to end: what the store does not take is not tried again and again.
  void begin_to_end();
  // Hands what waits to the store, when the loop runs no more; on the thread that saw it end.
  void flush();

 private:
  struct State;  // also held by what is under way

  std::shared_ptr<State> state_;
  std::shared_ptr<metrics::LatenessHistogram> note_latency_;
};

}  // namespace vedette::flows

// SPDX-License-Identifier: Apache-2.0
// A journal that lives as long as the program: for runs by hand, which clean up before they end.
#pragma once

#include <map>

#include "probes/flow/journal.h"

namespace vedette::flows {

// Limits do not count here.
class MemoryJournal final : public flow::Journal {
 public:
  Awaitable<flow::Told<void>> note(flow::Entry entry) override;
  void learned(const std::string& id, std::string values) override;
  void attempted(flow::Entry entry) override;
  void settled(const std::string& id) override;
  Awaitable<flow::Told<std::vector<flow::Entry>>> pending(std::string flow) override;
  Awaitable<flow::Told<void>> spend(std::string flow, flow::Spent spent) override;
  Awaitable<flow::Told<std::vector<flow::Spent>>> spent(std::string flow, Instant since) override;

  // What is not clean: to be told before the program ends.
  std::vector<flow::Entry> left() const;

 private:
  std::map<std::string, flow::Entry> entries_;
};

}  // namespace vedette::flows

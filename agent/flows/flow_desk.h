// SPDX-License-Identifier: Apache-2.0
// What the flows on one loop need of the agent, in one place.
#pragma once

#include <memory>
#include <string>

#include "agent/flows/callback_desk.h"
#include "agent/flows/store_journal.h"
#include "probes/flow/services.h"

namespace vedette::flows {

// For all loops of the agent.
struct Means {
  Submit submit;  // empty: there is no journal, and steps with a cleanup are not sent
  store::JournalOwner owner{};
  std::shared_ptr<metrics::LatenessHistogram> note_latency{};  // null: not kept
  CallbackDesk* desk = nullptr;                                // null: there are no callbacks
  std::string callback_url{};                                  // as callbacks_of() wants it
};

class FlowDesk {
 public:
  FlowDesk(boost::asio::any_io_executor loop, const Means& means);

  // For the flow of that name; they live as long as the desk.
  std::shared_ptr<const flow::Services> services(const std::string& flow) const;

  // As StoreJournal; the first on the loop, the second after its end.
  void begin_to_end();
  void flush();

 private:
  std::unique_ptr<StoreJournal> journal_;
  std::unique_ptr<flow::Callbacks> callbacks_;
};

}  // namespace vedette::flows

// SPDX-License-Identifier: Apache-2.0
#include "agent/flows/flow_desk.h"

namespace vedette::flows {

FlowDesk::FlowDesk(boost::asio::any_io_executor loop, const Means& means) {
  if (means.submit)
    journal_ = std::make_unique<StoreJournal>(loop, means.submit, means.owner, means.note_latency);
  if (means.desk != nullptr) callbacks_ = callbacks_of(*means.desk, means.callback_url, loop);
}

std::shared_ptr<const flow::Services> FlowDesk::services(const std::string& flow) const {
  return std::make_shared<const flow::Services>(
      flow::Services{flow, journal_.get(), callbacks_.get(), {}});
}

void FlowDesk::begin_to_end() {
  if (journal_) journal_->begin_to_end();
}

void FlowDesk::flush() {
  if (journal_) journal_->flush();
}

}  // namespace vedette::flows

// SPDX-License-Identifier: Apache-2.0
// Looks after what runs of a flow left behind: because a cleanup did not work, or because the agent
// was killed in the middle.
#pragma once

#include <memory>

#include "probes/flow/run.h"

namespace vedette::flow {

// Of all variants of the flow. Its runs pass while nothing is overdue; after as many attempts as
// the flow allows one fails, with cleanup_failed, and says what is left.
std::shared_ptr<const Probe> make_janitor(std::shared_ptr<const Settings> settings,
                                          std::shared_ptr<Shared> shared);

}  // namespace vedette::flow

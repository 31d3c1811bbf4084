// SPDX-License-Identifier: Apache-2.0
// The one shape of all probes: talk a protocol once and say what was found.
#pragma once

#include <cstdint>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "probes/deadline.h"
#include "probes/result.h"

namespace vedette {

namespace net {
class Toolbox;
}

template <class T>
using Awaitable = boost::asio::awaitable<T>;

struct RunInput {
  net::Toolbox& net;
  Deadline deadline;
  // `Result::memory` of the newest run of this check that set one, be it before a restart of the
  // agent or an edit of the check; empty at first, and after another type of probe. So a probe
  // writes down what its memory is about (which server, which mailbox), and goes without one that
  // is about something else, or that it cannot read: another version may have written it.
  std::string memory;
  // A stable hash that names this check of this agent and region: the same through restarts and
  // edits, never that of another check or agent.
  std::uint64_t identity = 0;
};

// Immutable once parsed. One probe may run on one loop only, but several runs may overlap on it.
class Probe {
 public:
  virtual ~Probe() = default;

  // Never throws for anything the network does, and ends by the deadline (plus scheduling delay).
  // Runs on the toolbox's loop. The probe outlives the run.
  virtual Awaitable<Result> run(RunInput input) const = 0;

  // The timeout below which the probe's own settings could not be kept; told when the configuration
  // is loaded.
  virtual Duration least_timeout() const { return {}; }
};

}  // namespace vedette

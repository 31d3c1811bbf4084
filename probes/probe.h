// SPDX-License-Identifier: Apache-2.0
// The one shape of all probes: talk a protocol once and say what was found.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "probes/deadline.h"
#include "probes/gauge_spec.h"
#include "probes/result.h"

namespace vedette {

namespace net {
class HttpVisit;
class Toolbox;
}  // namespace net
namespace flow {
struct Services;
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

  // For flows (probes/flow): what the agent does for them. Null: what they must not do without,
  // they do not do.
  const flow::Services* services = nullptr;

  // Nobody will read the evidence and the facts of a run that passes: it may leave them out. To put
  // them into words can cost more than to ask.
  bool brief = false;

  // The rest is for a run that is a step of a flow.

  // Result::answer is wanted, by probes that have one.
  bool keep_answer = false;
  // Connections and cookies of the flow; null: the run has its own.
  net::HttpVisit* visit = nullptr;
  // Secrets that the flow has met, which must not show either. Null: none.
  const Mask* mask = nullptr;
};

class Probe;

// One of several runs that a probe stands for, such as a card brand of a payment flow.
struct Variant {
  std::string name;
  std::shared_ptr<const Probe> probe;
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

  // Each of them becomes a check with a verdict of its own, in place of this one. None: this probe
  // is run itself.
  virtual std::span<const Variant> variants() const { return {}; }

  // What has to be run beside it, at its own pace, to clean up after it. Null: nothing.
  virtual std::shared_ptr<const Probe> janitor() const { return nullptr; }

  // Gauges of this very probe, beside those of its type: their values stand behind those in
  // Result::gauges.
  virtual std::span<const GaugeSpec> own_gauges() const { return {}; }
};

}  // namespace vedette

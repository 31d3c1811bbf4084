// SPDX-License-Identifier: Apache-2.0
// The one shape of all probes: talk a protocol once and say what was found.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "probes/deadline.h"
#include "probes/result.h"

namespace vedette {

namespace net {
class Toolbox;
}

template <class T>
using Awaitable = boost::asio::awaitable<T>;

// Immutable once parsed. One probe may run on one loop only, but several runs may overlap on it.
class Probe {
 public:
  virtual ~Probe() = default;

  // Never throws for anything the network does, and ends by the deadline (plus scheduling delay).
  // Runs on the toolbox's loop. The probe outlives the run.
  virtual Awaitable<Result> run(net::Toolbox& net, Deadline deadline) const = 0;
};

}  // namespace vedette

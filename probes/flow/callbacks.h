// SPDX-License-Identifier: Apache-2.0
// URLs of the agent that a provider calls back, each for one run.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "probes/answer.h"
#include "probes/deadline.h"
#include "probes/probe.h"

namespace vedette::flow {

// Open until it is destroyed. Used on the loop on which it was opened.
class Callback {
 public:
  static constexpr std::size_t most_waiting = 32;  // calls kept that nobody took; then they are 503

  virtual ~Callback() = default;
  // Nobody can guess it.
  virtual const std::string& url() const = 0;
  // The next call that came in, in their order; nothing when the deadline passed before.
  virtual Awaitable<std::optional<Answer>> next(Deadline deadline) = 0;
};

class Callbacks {
 public:
  virtual ~Callbacks() = default;
  // The error is one sentence.
  virtual std::expected<std::unique_ptr<Callback>, std::string> open() = 0;
};

}  // namespace vedette::flow

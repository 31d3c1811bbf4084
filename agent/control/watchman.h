// SPDX-License-Identifier: Apache-2.0
// Looks at the reference targets: at its own slow pace, and at once when somebody wants to know.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "agent/control/sight.h"
#include "agent/settings/controls.h"
#include "probes/net/toolbox.h"
#include "probes/task_group.h"

namespace vedette::control {

struct TargetSeen {
  std::string name;
  bool ok = false;
  std::string message;  // why not
};

struct Report {
  Round round;
  std::vector<TargetSeen> targets;
  std::size_t needed = 0;  // so many must answer

  std::size_t answered() const {
    return static_cast<std::size_t>(std::ranges::count(targets, true, &TargetSeen::ok));
  }
};

// Used on the core loop only.
class Watchman {
 public:
  struct News {
    // As soon as it is known whether the agent sees: when enough targets have answered, or when
    // all have or have not.
    std::function<void(const Round&)> round;
    // When all have answered or not.
    std::function<void(const Report&)> report;
  };

  Watchman(boost::asio::io_context& core, News news);

  // From now on these targets; none: it does not look, and reports that it sees.
  void apply(settings::Controls controls);
  // Somebody wants to know. Bounded: one round at a time, and a pause between two.
  void ask();

  // Until stop().
  Awaitable<void> watch();
  void stop();

 private:
  struct Looking;
  struct Leave;
  static Awaitable<void> wait(boost::asio::steady_timer& timer, Duration time);
  Duration next_look() const;
  Awaitable<void> look();
  Awaitable<void> look_at(std::shared_ptr<Looking> looking, std::size_t target);

  News news_;
  std::shared_ptr<const settings::Controls> controls_;
  net::Toolbox net_;
  boost::asio::steady_timer bell_, over_, pause_;
  bool asked_ = false, stopped_ = false, blind_ = false;
  TaskGroup tasks_;
};

}  // namespace vedette::control

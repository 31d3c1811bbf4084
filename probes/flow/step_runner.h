// SPDX-License-Identifier: Apache-2.0
// One step, once or until it passes: filled in, run, and what it gave taken along.
#pragma once

#include "probes/flow/callbacks.h"
#include "probes/flow/report.h"
#include "probes/flow/variables.h"
#include "probes/net/http_visit.h"
#include "probes/probe.h"

namespace vedette::flow {

// Of one run, or of one attempt at a cleanup. What it refers to outlives it.
class StepRunner {
 public:
  // `identity` is the flow's (RunInput).
  StepRunner(const Settings& settings, net::Toolbox& net, Variables& variables,
             std::uint64_t identity)
      : settings_(settings), net_(net), variables_(variables), identity_(identity) {}

  // Where calls for this run come in; outlives this.
  void listen(Callback* callback) { callback_ = callback; }

  // What stands in `only_if`; the error: it could not be told.
  std::expected<bool, std::string> wanted(const Step& step, const std::string& full_name,
                                          Instant now) const;

  // Runs it whether wanted or not. `full_name` is what Variables::scope wants; `now` is what
  // timestamp() gives.
  Awaitable<StepReport> run(const Step& step, std::string full_name, Instant now,
                            Deadline deadline);

 private:
  Awaitable<StepReport> run_once(const Step& step, const std::string& full_name, Instant now,
                                 Deadline deadline);
  Awaitable<Result> act(const Step& step, const Scope& scope, Deadline deadline);
  Awaitable<Result> probe(const Step& step, const Scope& scope, Deadline deadline);
  Awaitable<Result> pause(Duration duration, Deadline deadline);
  void take_along(StepReport& report);
  void verify(StepReport& report, const Scope& scope) const;
  void mask(StepReport& report) const;

  const Settings& settings_;
  net::Toolbox& net_;
  Variables& variables_;
  std::uint64_t identity_;
  Callback* callback_ = nullptr;
  net::HttpVisit visit_;
};

// Outcome fail, for what went wrong on our side of the wire: one sentence.
void fail(Result& result, Reason reason, std::string message);

}  // namespace vedette::flow

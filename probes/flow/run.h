// SPDX-License-Identifier: Apache-2.0
// One run of a flow: its steps in order, then the cleanup of what they did, come what may.
#pragma once

#include "probes/flow/cleaner.h"
#include "probes/flow/services.h"
#include "probes/flow/shared.h"

namespace vedette::flow {

// What a flow probe is made of.
struct Plan {
  std::shared_ptr<const Settings> settings;
  const VariantValues* variant = nullptr;  // within the settings; null: the flow has none
  std::shared_ptr<Shared> shared;
};

class Run {
 public:
  // `plan` outlives the run.
  Run(const Plan& plan, RunInput input);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // Once. When the task is cancelled, it still cleans up, for `last_moments` at most; what is left
  // stays in the journal. Then operation_aborted is thrown.
  Awaitable<Result> go();
  static constexpr Duration last_moments{2'000};

 private:
  // A step that was sent and may have to be undone.
  struct Deed {
    const Step* step;
    Entry entry;
    bool clean = false;
  };

  Awaitable<Result> go_on(Turn::Held turn, Instant started_at);
  Awaitable<std::optional<Result>> admit();
  Awaitable<void> perform_steps();
  Awaitable<bool> perform(const Step& step);
  Awaitable<bool> write_down(const Step& step, Instant now);
  void learn_from(const StepReport& report);
  void forget_undone(const Step& step);
  Awaitable<void> clean_up(Deadline deadline);
  Awaitable<bool> clean_up_once(Deadline deadline);
  void leave_to_the_janitor();
  StepReport failed(const Step& step, std::string message) const;
  StepReport unknown(const Step& step, std::string message) const;
  bool keep(StepReport report);
  Journal* journal() const { return input_.services ? input_.services->journal : nullptr; }

  const Plan& plan_;
  const Settings& settings_;
  RunInput input_;
  Variables variables_;
  std::unique_ptr<Callback> callback_;
  StepRunner runner_;
  std::vector<StepReport> reports_;
  std::vector<Deed> deeds_;
};

}  // namespace vedette::flow

// SPDX-License-Identifier: Apache-2.0
// The values of one run: what is configured, what was captured, and what is the run's own.
#pragma once

#include <memory>
#include <string>

#include "probes/flow/settings.h"

namespace vedette::flow {

class Variables {
 public:
  // `run` is the run's id. `variant` may be null. Both references outlive this.
  Variables(const Settings& settings, const VariantValues* variant, std::string run, Instant began);

  // An id that nobody can guess and no other run has: 20 hexadecimal digits.
  static std::string new_run();

  const std::string& run() const { return run_; }
  const Mask& mask() const { return mask_; }

  // A newer value replaces an older one; secrets are masked from now on.
  void learn(const Values& values);
  void set_webhook(const std::string& url);
  const Value* find(std::string_view name) const;

  // For the expressions of a step, which its name tells from all others of the flow, also of
  // cleanups ("capture/refund"). This outlives the scope.
  Scope scope(const std::string& step, Instant now) const;

  // What was captured, as a JSON object, and back; nothing is learned from what is none.
  std::string captured() const;
  void restore(const std::string& captured);

 private:
  const Settings& settings_;
  const VariantValues* variant_;
  std::string run_;
  Values own_;  // run.id and the like
  Values captured_;
  Mask mask_;
};

// As they may be shown.
Values without_secrets(Values values, const Mask& mask);

}  // namespace vedette::flow

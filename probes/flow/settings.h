// SPDX-License-Identifier: Apache-2.0
// The `flow` section of a check, typed and checked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/duration.h"
#include "probes/flow/amount.h"
#include "probes/flow/capture.h"
#include "probes/flow/conditions.h"
#include "probes/flow/signature.h"
#include "probes/flow/text/section.h"
#include "probes/peer/judge.h"
#include "probes/probe_type.h"

namespace vedette::flow {

struct Repeat {
  std::optional<Conditions> until;  // nothing: until the step passes
  Duration every{1'000};
  Duration within{30'000};
};

// A step that waits for a call to ${webhook.url}.
struct WebhookWait {
  Duration within{30'000};
  std::optional<Signature> signature;
  peer::Expectations expectations;
  Duration once_for{};  // so long there must not come the same call again; 0: it may
};

struct Step {
  std::string name;

  // One of these; none: the step only verifies.
  const ProbeType* type = nullptr;
  std::optional<Duration> pause;
  std::optional<WebhookWait> webhook;

  std::optional<Section> section;      // of the probe
  std::shared_ptr<const Probe> fixed;  // when there is nothing to fill in
  std::optional<Duration> timeout;     // nothing: what is left of the flow's
  std::vector<Capture> captures;
  std::optional<Conditions> only_if, verify;
  std::optional<Repeat> repeat;
  std::optional<Amount> amount;
  std::vector<std::string> undoes;  // steps whose cleanup is not needed once this one has passed
  std::vector<Step> cleanup;

  // Sending it again does nothing again: it has a key that is the same in each attempt.
  bool repeatable() const { return section && section->refers_to("step.key"); }
};

struct Limits {
  int runs_per_hour = 0;  // 0: as many as there are
  std::optional<Amount> amount_per_day;
  bool one_at_a_time = false;
};

struct VariantValues {
  std::string name;
  Values values;
};

struct Settings {
  Values values;
  std::vector<VariantValues> variants;  // none: the flow has none
  std::vector<Step> steps;
  Limits limits;
  Duration cleanup_within{10'000};  // of one attempt at all that a run left behind
  int cleanup_attempts = 6;         // then it is told as an incident
  bool share_connection = true;
  bool has_webhook = false;
  Mask mask;  // of the secrets among the values

  // That one run moves.
  std::optional<Amount> amount() const;
  bool has_cleanup() const;
};

// Steps are of `types`, which outlive the settings. Nothing when there were problems; all of them
// are reported.
std::optional<Settings> read_settings(const config::Node& node, std::span<const ProbeType> types,
                                      config::Problems& problems);

}  // namespace vedette::flow

// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/janitor.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "probes/flow/retry.h"

namespace vedette::flow {
namespace {

constexpr std::array<GaugeSpec, 3> gauges{{
    {"vedette_flow_cleanup_pending", "Steps of the flow that are not cleaned up after yet."},
    {"vedette_flow_cleanups_total", "Attempts at cleaning up after a step, since the start.",
     "result", "done", "counter"},
    {"vedette_flow_cleanups_total", "Attempts at cleaning up after a step, since the start.",
     "result", "failed", "counter"},
}};

// "a test payment of 1.00 EUR", or "what the step did".
std::string deed_words(const Step& step) {
  return step.amount ? fmt::format("a test payment of {}", step.amount->text())
                     : std::string("something that a test run did");
}

std::string sentence(const Entry& entry, const Step* step) {
  if (step == nullptr) {
    return fmt::format(
        "the step \"{}\" of run {} may have had an effect, but the flow has no such "
        "step any more: put it back, so that it can be cleaned up after",
        entry.step, entry.run);
  }
  const auto& last = step->cleanup.back().name;
  return fmt::format(
      "{} could not be undone after {} attempts (step \"{}\", then \"{}\", run {}): {}",
      deed_words(*step), entry.attempts, entry.step, last, entry.run, entry.trouble);
}

class Janitor final : public Probe {
 public:
  Janitor(std::shared_ptr<const Settings> settings, std::shared_ptr<Shared> shared)
      : settings_(std::move(settings)), shared_(std::move(shared)) {}

  std::span<const GaugeSpec> own_gauges() const override { return gauges; }

  Awaitable<Result> run(RunInput input) const override {
    const auto started = Steady::now();
    Result result;
    result.outcome = Outcome::pass;
    result.started_at = wall_now();
    auto* journal = input.services ? input.services->journal : nullptr;
    if (journal != nullptr) co_await look_after(input, *journal, result);
    result.duration = std::chrono::duration_cast<Microseconds>(Steady::now() - started);
    co_return result;
  }

 private:
  Awaitable<void> look_after(const RunInput& input, Journal& journal, Result& result) const {
    auto entries = co_await journal.pending(input.services->flow);
    if (!entries) {
      result.outcome = Outcome::unknown;
      result.reason = Reason::agent_blind;
      result.message = "the journal of cleanups cannot be read: " + entries.error();
      co_return;
    }
    std::erase_if(*entries, [&](const Entry& entry) { return journal.under_way(entry.run); });
    // What was done last is undone first.
    std::ranges::sort(*entries, std::greater{}, &Entry::noted);
    for (Entry& entry : *entries) co_await attend_to(entry, input, journal);
    tell(*entries, result);
  }

  Awaitable<void> attend_to(Entry& entry, const RunInput& input, Journal& journal) const {
    const auto step = find_step(entry.step);
    if (step == nullptr || entry.not_before > wall_now() || input.deadline.expired()) co_return;
    Variables variables(*settings_, find_variant(entry.variant), entry.run, entry.noted);
    variables.restore(entry.values);
    Cleaner cleaner(*settings_, input.net, variables, input.identity);
    entry.trouble = co_await cleaner.clean(*step, entry.noted, input.deadline);
    if (entry.trouble.empty()) {
      ++shared_->cleanups_done;
      journal.settled(entry.id);
      entry.id.clear();
      co_return;
    }
    ++shared_->cleanups_failed;
    entry.values = variables.captured();
    entry = after_attempt(std::move(entry), wall_now());
    journal.attempted(entry);
  }

  void tell(const std::vector<Entry>& entries, Result& result) const {
    double pending = 0;
    for (const Entry& entry : entries) {
      if (entry.id.empty()) continue;
      ++pending;
      const auto* step = find_step(entry.step);
      const bool overdue = step == nullptr || entry.attempts >= settings_->cleanup_attempts;
      const std::string words = sentence_for(entry, step, overdue);
      result.evidence.push_back({"cleanup of " + entry.step, words, !overdue});
      if (!overdue || result.outcome == Outcome::fail) continue;
      fail(result, Reason::cleanup_failed, words);
      result.step = entry.step;
    }
    result.gauges = {pending, static_cast<double>(shared_->cleanups_done),
                     static_cast<double>(shared_->cleanups_failed)};
  }

  static std::string sentence_for(const Entry& entry, const Step* step, bool overdue) {
    if (overdue) return sentence(entry, step);
    return fmt::format("run {} is being cleaned up after, {} attempts so far: {}", entry.run,
                       entry.attempts, entry.trouble);
  }

  const Step* find_step(const std::string& name) const {
    const auto found = std::ranges::find(settings_->steps, name, &Step::name);
    return found == settings_->steps.end() || found->cleanup.empty() ? nullptr : &*found;
  }

  const VariantValues* find_variant(const std::string& name) const {
    const auto found = std::ranges::find(settings_->variants, name, &VariantValues::name);
    return found == settings_->variants.end() ? nullptr : &*found;
  }

  std::shared_ptr<const Settings> settings_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace

std::shared_ptr<const Probe> make_janitor(std::shared_ptr<const Settings> settings,
                                          std::shared_ptr<Shared> shared) {
  return std::make_shared<const Janitor>(std::move(settings), std::move(shared));
}

}  // namespace vedette::flow

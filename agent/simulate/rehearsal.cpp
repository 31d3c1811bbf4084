// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/rehearsal.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/touched.h"
#include "agent/reconcile/core.h"
#include "agent/schedule/timetable.h"
#include "agent/simulate/agenda.h"
#include "agent/simulate/compare.h"
#include "agent/simulate/faults.h"
#include "agent/simulate/rehearsed_store.h"

namespace vedette::simulate {
namespace {

// How often agents give a sign of life: as real ones do where some are killed; else so rarely that
// a day is over soon, and often enough that nobody takes them for silent
// (store::silence_tolerated).
constexpr Duration beat_every{20'000}, beat_unharmed{50'000};
// How often maintenances are looked at, where there are any.
constexpr Duration tend_every{20'000};
// So often in a whole rehearsal groups are looked at for what falls due by time alone. It is told
// with the instant at which it fell due, whenever that is seen.
constexpr int looks = 200;
constexpr Duration shortest_look{5'000};

// Virtual time on the steady clock that timetables go by.
Steady::time_point steady(Instant at) {
  return Steady::time_point(at.time_since_epoch());
}
Instant wall(Steady::time_point at) {
  return Instant(std::chrono::duration_cast<Duration>(at.time_since_epoch()));
}

// One check in one region, from its start to its end. Agenda entries hold it weakly: ended is
// ended.
struct Watch {
  CheckPlan check;
  std::string region;
  detect::Detector detector;
  schedule::Timetable timetable;
  int noted = 0;  // which entry of the agenda is its next run; those before count no more
  bool running = false;
};

using Key = std::pair<std::string, std::string>;  // check, region

std::set<std::string> regions_of(const Plan& plan) {
  std::set<std::string> regions;
  for (const CheckPlan& check : plan.checks) {
    regions.insert(check.regions.begin(), check.regions.end());
  }
  return regions;
}

class Rehearsal {
 public:
  explicit Rehearsal(const Scenario& scenario)
      : scenario_(scenario),
        plan_(scenario.plan),
        agenda_(scenario.start),
        faults_(scenario.faults),
        store_(!scenario.restarts.empty()) {}

  std::expected<Report, std::string> run() {
    report_.name = scenario_.name;
    report_.start = scenario_.start;
    report_.end = scenario_.end;
    note_events();
    start_agents();
    agenda_.run_until(scenario_.end);
    collect_incidents();
    if (!trouble_.empty()) return std::unexpected(trouble_);
    report_.expected = scenario_.expect ? scenario_.expect->size() : 0;
    std::ranges::copy(compare(scenario_, report_.timeline),
                      std::back_inserter(report_.differences));
    return std::move(report_);
  }

 private:
  void note_events() {
    for (const Restart& restart : scenario_.restarts) {
      agenda_.note(restart.at, [this] { kill_agents(); });
      agenda_.note(restart.at + restart.away, [this] { start_agents(); });
    }
    for (const Reload& reload : scenario_.reloads) {
      agenda_.note(reload.at, [this, &reload] { take(reload.plan); });
    }
    for (const ChangeEvent& event : scenario_.changes) {
      agenda_.note(event.recorded, [this, &event] { record(event.change); });
    }
    for (const Deed& deed : scenario_.deeds) {
      agenda_.note(deed.at, [this, &deed] { let_act(deed); });
    }
    go_on_beating();
    if (!scenario_.maintenances.empty())
      agenda_.note(scenario_.start + tend_every, [this] { tend(); });
    agenda_.note(scenario_.start + look_every(), [this] { look(); });
  }

  // --- the agents ---

  void kill_agents() {
    running_ = false;
    watches_.clear();
    looked_.clear();
  }

  void start_agents() {
    if (const auto opened = store_.open(); !opened) return give_up(opened.error());
    running_ = true;
    watched_since_ = agenda_.now();
    touched_ = {};
    beat();
    apply_plan();
    announce();
    hurry_after_changes();
    look_at_every_group();
  }

  void take(const Plan& plan) {
    plan_ = plan;
    if (!running_) return;  // the agents will start with it
    apply_plan();
    look_at_every_group();
  }

  // Unchanged checks go on as they are; all others start with what the store knows of them.
  void apply_plan() {
    std::map<Key, std::shared_ptr<Watch>> next;
    std::set<std::string> regions = regions_of(plan_);
    for (const auto& [key, watch] : watches_) regions.insert(watch->region);  // these may end
    for (const std::string& region : regions) {
      const auto known = known_verdicts(region);
      std::vector<std::string> kept;
      for (const CheckPlan& check : plan_.checks) {
        if (std::ranges::find(check.regions, region) == check.regions.end()) continue;
        kept.push_back(check.name);
        const Key key{check.name, region};
        const auto old = watches_.find(key);
        const bool unchanged =
            old != watches_.end() && old->second->check.fingerprint == check.fingerprint;
        next[key] = unchanged ? old->second : start(check, region, known);
      }
      expect_done(store_->retain(region, kept, plan_.components, agenda_.now()));
    }
    watches_ = std::move(next);
  }

  std::map<std::string, detect::Verdict> known_verdicts(const std::string& region) {
    std::map<std::string, detect::Verdict> verdicts;
    const auto votes = store_->votes(region);
    if (!expect_done(votes)) return verdicts;
    for (const incident::Vote& vote : *votes) verdicts[vote.check] = vote.verdict;
    return verdicts;
  }

  std::shared_ptr<Watch> start(const CheckPlan& check, const std::string& region,
                               const std::map<std::string, detect::Verdict>& known) {
    const auto verdict = known.find(check.name);
    const schedule::Timetable timetable(check.name, check.every, steady(agenda_.now()));
    auto watch = std::make_shared<Watch>(
        Watch{check, region,
              detect::Detector(check.detect,
                               verdict == known.end() ? detect::Verdict{} : verdict->second),
              timetable});
    note_next_run(watch);
    return watch;
  }

  // --- one check ---

  void note_next_run(const std::shared_ptr<Watch>& watch) {
    const int noted = ++watch->noted;
    agenda_.note(wall(watch->timetable.due()), [this, noted, weak = std::weak_ptr(watch)] {
      const auto alive = weak.lock();
      if (alive && alive->noted == noted) begin_run(alive);
    });
  }

  void begin_run(const std::shared_ptr<Watch>& watch) {
    ++report_.runs;
    watch->running = true;
    watch->timetable.advance(steady(agenda_.now()));
    Found found = faults_.look(watch->check, watch->region, agenda_.now());
    agenda_.note(agenda_.now() + found.takes,
                 [this, weak = std::weak_ptr(watch), sample = std::move(found.sample)] {
                   if (const auto alive = weak.lock()) end_run(alive, sample);
                 });
  }

  void end_run(const std::shared_ptr<Watch>& watch, const detect::Sample& sample) {
    watch->running = false;
    const detect::Step step = watch->detector.feed(sample);
    if (step.confirm) {
      watch->timetable.confirm(steady(agenda_.now() + watch->check.detect.confirm_after));
    }
    if (step.changed) tell(*watch);
    // A run that outlasted its interval lets the slots go by that it covered.
    if (wall(watch->timetable.due()) < agenda_.now()) {
      watch->timetable.advance(steady(agenda_.now()));
    }
    note_next_run(watch);
  }

  void tell(const Watch& watch) {
    const incident::Vote vote{
        watch.check.name,         watch.region,        watch.check.component, watch.check.probe,
        watch.detector.verdict(), watch.check.variant, watch.check.weight};
    const auto component =
        std::ranges::find(plan_.components, vote.component, &incident::Component::id);
    if (component == plan_.components.end()) return;
    replay(component->incident_group(), {{vote, agenda_.now()}});
    look_at_restless_groups();  // what is related may be their business now
  }

  // --- the incidents ---

  void go_on_beating() {
    if (running_) beat();
    const Duration pause = scenario_.restarts.empty() ? beat_unharmed : beat_every;
    agenda_.note(agenda_.now() + pause, [this] { go_on_beating(); });
  }

  void tend() {
    if (running_) {
      const auto concerned = store_->tend({}, {}, agenda_.now());
      if (expect_done(concerned) && !concerned->empty()) hurry_after_changes();
    }
    agenda_.note(agenda_.now() + tend_every, [this] { tend(); });
  }

  Duration look_every() const {
    return std::max(shortest_look, (scenario_.end - scenario_.start) / looks);
  }

  void look() {
    if (running_) look_at_restless_groups();
    agenda_.note(agenda_.now() + look_every(), [this] { look(); });
  }

  // The votes of a region count as long as its agent is heard of.
  void beat() {
    for (const std::string& region : regions_of(plan_)) {
      expect_done(store_->heartbeat(region, watched_since_, agenda_.now()));
    }
  }

  void look_at_restless_groups() {
    for (const std::string& group : std::set(restless_)) replay(group, {});
  }

  void announce() {
    std::vector<incident::Maintenance> planned;
    for (const incident::Announcement& one : scenario_.maintenances)
      planned.push_back(incident::announced(one, scenario_.start));
    expect_done(store_->tend(planned, {}, agenda_.now()));
  }

  void record(const incident::Change& change) {
    expect_done(store_->record_change(change));
    if (!running_) return;  // the agents will find it
    look_at_restless_groups();
    hurry_after_changes();
  }

  // As the agent does: what something was done to is looked at again, and what depends on it.
  void hurry_after_changes() {
    const auto snapshot = store_->snapshot();
    if (!expect_done(snapshot)) return;
    const auto news = touched_.news(snapshot->changes, snapshot->maintenances, agenda_.now());
    const auto concerned = incident::with_dependents(news, plan_.components);
    for (const auto& [key, watch] : watches_) {
      if (watch->check.after_change && concerned.contains(watch->check.component)) hurry(watch);
    }
  }

  void hurry(const std::shared_ptr<Watch>& watch) {
    watch->timetable.hurry(steady(agenda_.now()), *watch->check.after_change);
    if (!watch->running) note_next_run(watch);
  }

  // As the agent does at a reload: a component that fails may be in another group now.
  void look_at_every_group() {
    const auto open = store_->open_groups();
    if (!expect_done(open)) return;
    std::set<std::string> groups(open->begin(), open->end());
    for (const auto& [key, group] : reconcile::groups_of(plan_.components)) groups.insert(key);
    for (const std::string& group : groups) replay(group, {});
  }

  void replay(const std::string& key, const std::vector<reconcile::VoteChange>& changes) {
    const store::Group group = reconcile::group_of(reconcile::groups_of(plan_.components), key);
    reconcile::Terms terms;
    terms.policy = plan_.incidents;
    const reconcile::Stretch stretch{looked_[key], changes, agenda_.now()};
    const auto replayed = reconcile::replay(*store_, group, stretch, terms);
    if (replayed.error) return give_up(replayed.error->message);
    looked_[key] = stretch.now;
    replayed.restless ? restless_.insert(key).second : restless_.erase(key) > 0;
    for (const reconcile::Written& written : replayed.written) keep(written.incident);
  }

  void keep(const incident::Incident& incident) {
    int& told = told_[incident.id];
    for (const incident::Update& update : incident.updates) {
      if (update.sequence <= told) continue;
      told = update.sequence;
      report_.timeline.push_back(
          {incident.id, incident.group, incident.title, incident.impact, update});
    }
  }

  // --- people ---

  void let_act(const Deed& deed) {
    auto acted = running_ ? act(*store_, deed, agenda_.now())
                          : std::unexpected(std::string("the agent does not run at that time"));
    if (!acted) {
      report_.differences.push_back(
          {fmt::format("{}: cannot be done: {}", deed.place.text(), acted.error()), {}});
      return;
    }
    keep(*acted);
    replay(acted->group, {});
  }

  void collect_incidents() {
    for (const auto& [id, told] : told_) {
      auto incident = store_->incident(id);
      if (expect_done(incident) && *incident) report_.incidents.push_back(std::move(**incident));
    }
    std::ranges::sort(report_.incidents, {},
                      [](const incident::Incident& one) { return std::tie(one.opened, one.id); });
  }

  template <class Result>
  bool expect_done(const Result& result) {
    if (!result) give_up(result.error().message);
    return result.has_value();
  }

  void give_up(const std::string& trouble) {
    if (trouble_.empty()) trouble_ = "the store: " + trouble;
    running_ = false;
    watches_.clear();
    agenda_.clear();
  }

  const Scenario& scenario_;
  Plan plan_;
  Agenda agenda_;
  Faults faults_;
  RehearsedStore store_;
  std::map<Key, std::shared_ptr<Watch>> watches_;
  std::map<std::string, int> told_;  // by incident: the newest entry that is in the report
  std::map<std::string, std::optional<Instant>> looked_;  // by group; forgotten by a restart
  std::set<std::string> restless_;  // groups in which time may bring something
  incident::Touched touched_;
  Instant watched_since_{};
  bool running_ = false;
  std::string trouble_;
  Report report_;
};

}  // namespace

std::expected<Report, std::string> run(const Scenario& scenario) {
  return Rehearsal(scenario).run();
}

}  // namespace vedette::simulate

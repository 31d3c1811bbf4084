// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "agent/calendar/instant.h"
#include "agent/settings/words.h"
#include "agent/simulate/instant_text.h"
#include "agent/simulate/read_plan.h"
#include "config/document.h"
#include "config/node.h"
#include "config/suggest.h"

namespace vedette::simulate {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr Duration longest{std::chrono::hours{24 * 366}};

// A word out of a closed list, whose parser says nothing when it is none of them.
template <class Parse>
auto read_word(const Node& node, Parse parse, std::string_view what, Problems& problems)
    -> decltype(parse(std::string_view{})) {
  const auto text = config::read_text(node, problems);
  if (!text) return std::nullopt;
  const auto value = parse(*text);
  if (!value) problems.add(node.place, fmt::format("{} is no {}", config::quote(*text), what));
  return value;
}

std::optional<Reason> read_reason(const Node& node, Problems& problems) {
  const auto word = config::read_text(node, problems);
  if (!word) return std::nullopt;
  const auto reason = parse_reason(*word);
  if (reason) return reason;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < reason_count; ++i) {
    known.emplace_back(text(static_cast<Reason>(i)));
  }
  problems.add(node.place, fmt::format("{} is no reason{}", config::quote(*word),
                                       config::did_you_mean(*word, known)));
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Node& root, std::filesystem::path folder, Problems& problems)
      : section_(root, "a scenario", problems), folder_(std::move(folder)), problems_(problems) {}

  Scenario read() {
    scenario_.name = section_.text("name", "");
    read_span();
    scenario_.plan = read_plan(section_, folder_);
    latest_ = scenario_.plan;
    note_names(latest_);
    read_items("timeline", [this](const Node& item) { read_event(item); });
    if (section_.find("expect")) scenario_.expect.emplace();
    read_items("expect", [this](const Node& item) { read_expectation(item); });
    scenario_.others_allowed = section_.boolean("others_allowed", false);
    section_.finish();
    return std::move(scenario_);
  }

 private:
  void read_span() {
    scenario_.start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    if (const Node* node = section_.find("start")) {
      const auto text = config::read_text(*node, problems_);
      const auto start = text ? calendar::parse_instant(*text) : scenario_.start;
      if (!start) problems_.add(node->place, start.error());
      scenario_.start = start.value_or(scenario_.start);
    }
    scenario_.end =
        scenario_.start + section_.duration("for", std::chrono::hours{1}, Duration{1000}, longest);
  }

  template <class Read>
  void read_items(std::string_view key, const Read& read) {
    const Node* list = section_.find(key);
    if (!list) return;
    if (list->kind != Node::Kind::list) {
      problems_.add(list->place, fmt::format("{} must be a list, found {}", key, list->describe()));
    }
    std::ranges::for_each(list->items, read);
  }

  Instant read_moment(Section& section, std::string_view key = "at") {
    const Node* node = section.require(key);
    const auto text = node ? config::read_text(*node, problems_) : std::nullopt;
    if (!text) return scenario_.start;
    const auto moment = parse_moment(*text, scenario_.start);
    if (!moment) problems_.add(node->place, moment.error());
    if (moment && (*moment < scenario_.start || *moment > scenario_.end)) {
      problems_.add(node->place,
                    fmt::format("the scenario goes from {} to {}", format_instant(scenario_.start),
                                format_instant(scenario_.end)));
    }
    return moment.value_or(scenario_.start);
  }

  void read_event(const Node& node) {
    Section section(node, "an event", problems_);
    const Instant at = read_moment(section);
    if (section.find("restart")) {
      section.boolean("restart", true);
      scenario_.restarts.push_back({at, section.duration("for", Duration{1000}, {}, longest)});
    } else if (section.find("change")) {
      scenario_.changes.push_back(read_change(section, at));
    } else if (section.find("maintenance")) {
      scenario_.maintenances.push_back(read_maintenance(section, at));
    } else if (section.find("action")) {
      scenario_.deeds.push_back(read_deed(section, at));
      check_names(section, "component", {scenario_.deeds.back().component}, components_);
    } else if (const Node* reload = section.find("reload")) {
      latest_ = read_reload(*reload, latest_, folder_, problems_);
      note_names(latest_);
      if (!scenario_.reloads.empty() && scenario_.reloads.back().at > at) {
        problems_.add(node.place, "reloads must stand in the order of their time");
      }
      scenario_.reloads.push_back({at, latest_});
    } else {
      scenario_.faults.push_back(read_fault(section, at));
    }
    section.finish();
  }

  // Recorded at that time; `done` is when it was made.
  ChangeEvent read_change(Section& section, Instant at) {
    incident::Change change;
    change.text = section.required_text("change");
    change.components = section.texts("component");
    check_names(section, "component", change.components, components_);
    if (change.components.empty()) section.require("component");
    change.at = section.find("done") ? read_moment(section, "done") : at;
    change.recorded = at;
    change.author = section.text("by", "operator");
    change.is_public = section.boolean("public", true);
    if (section.boolean("observed", false)) change.kind = incident::ChangeKind::observed;
    change.before = section.text("before", "");
    change.after = section.text("after", "");
    change.id = incident::change_id(change);
    return {at, change};
  }

  incident::Announcement read_maintenance(Section& section, Instant at) {
    incident::Announcement what;
    what.title = section.required_text("maintenance");
    what.author = section.text("by", "operator");
    what.components = what.names = section.texts("component");
    check_names(section, "component", what.components, components_);
    if (what.components.empty()) section.require("component");
    what.begin = at;
    what.end = at + section.duration("for", std::chrono::hours{1}, Duration{1000}, longest);
    what.verify_for = section.duration("verify_for", {}, {}, longest);
    return what;
  }

  Fault read_fault(Section& section, Instant at) {
    Fault fault;
    fault.from = at;
    fault.until = scenario_.end;
    if (section.find("for")) fault.until = at + section.duration("for", {}, Duration{1}, longest);
    fault.checks = section.texts("check");
    fault.regions = section.texts("region");
    check_names(section, "check", fault.checks, checks_);
    check_names(section, "region", fault.regions, regions_);
    read_outcome(section, fault);
    fault.message = section.text("message", "");
    fault.step = section.text("step", "");
    fault.every_nth = static_cast<int>(section.integer("every_nth", 1, 1, 1'000'000));
    fault.share = settings::read_share(section, "share", 1, 0, 1);
    fault.takes = section.duration("takes", fault.takes, {}, longest);
    return fault;
  }

  void check_names(Section& section, std::string_view key, const std::vector<std::string>& names,
                   const std::vector<std::string>& known) {
    for (const std::string& name : names) {
      if (std::ranges::find(known, name) != known.end()) continue;
      problems_.add(section.find(key)->place,
                    fmt::format("there is no {} {} up to here{}", key, config::quote(name),
                                config::did_you_mean(name, known)));
    }
  }

  // One of `fails`, `degraded`, `unknown`, each with its reason, or only `takes`.
  void read_outcome(Section& section, Fault& fault) {
    static constexpr std::array<std::pair<std::string_view, Outcome>, 3> words{
        {{"fails", Outcome::fail}, {"degraded", Outcome::degraded}, {"unknown", Outcome::unknown}}};
    int given = 0;
    for (const auto& [key, outcome] : words) {
      const Node* node = section.find(key);
      if (!node) continue;
      ++given;
      fault.outcome = outcome;
      fault.reason = read_reason(*node, problems_);
    }
    if (given == 1 || (given == 0 && section.find("takes"))) return;
    problems_.add(section.place(),
                  "an event is one of fails, degraded, unknown (each with a reason), takes,"
                  " restart, reload, change, maintenance or action");
  }

  void read_expectation(const Node& node) {
    Section section(node, "an expectation", problems_);
    Expectation expected;
    expected.place = node.place;
    expected.at = read_moment(section);
    expected.within = section.duration("within", Duration{5'000}, {}, longest);
    expected.is_public = section.boolean("public", true);
    if (section.find("group")) expected.group = section.text("group", "");
    if (const Node* status = section.find("status")) {
      expected.status = read_word(*status, incident::parse_status, "status", problems_);
    }
    if (const Node* impact = section.find("impact")) {
      expected.impact = read_word(*impact, incident::parse_impact, "impact", problems_);
    }
    expected.text = section.texts("text");
    expected.not_text = section.texts("not_text");
    if (const Node* map = section.find("components")) read_statuses(*map, expected);
    section.finish();
    scenario_.expect->push_back(std::move(expected));
  }

  void read_statuses(const Node& map, Expectation& expected) {
    for (const Node::Entry& entry : map.entries) {
      const auto status =
          read_word(entry.value, incident::parse_component_status, "component status", problems_);
      if (status) expected.components[entry.key] = *status;
      if (std::ranges::find(components_, entry.key) != components_.end()) continue;
      problems_.add(entry.place, fmt::format("there is no component {}{}", config::quote(entry.key),
                                             config::did_you_mean(entry.key, components_)));
    }
  }

  // What may be named from here on: also what a reload takes away.
  void note_names(const Plan& plan) {
    for (const CheckPlan& check : plan.checks) {
      checks_.push_back(check.name);
      std::ranges::copy(check.regions, std::back_inserter(regions_));
    }
    for (const incident::Component& one : plan.components) components_.push_back(one.id);
  }

  Section section_;
  std::filesystem::path folder_;
  Problems& problems_;
  Scenario scenario_;
  Plan latest_;
  std::vector<std::string> checks_, regions_, components_;
};

}  // namespace

std::optional<Scenario> read_scenario(const std::filesystem::path& path, Problems& problems) {
  const auto root = config::load(path, problems);
  if (!root) return std::nullopt;
  Scenario scenario = Reader(*root, path.parent_path(), problems).read();
  if (!problems.empty()) return std::nullopt;
  return scenario;
}

}  // namespace vedette::simulate

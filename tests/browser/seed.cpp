// SPDX-License-Identifier: Apache-2.0
// Fills a store with a past, as if agents had watched for 90 days: what the browser tests look at.
//   seed shop|hostile|large PATH
// Everything goes through the store's own interface and the real decisions; only the clock is ours.
#include <cstdint>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "agent/incident/decide.h"
#include "agent/store/sqlite_store.h"

namespace vedette::browser {
namespace {

using namespace std::chrono_literals;
using detect::State;
using incident::Component;
using incident::Incident;

constexpr auto past = std::chrono::days(91);

// What is days ago begins in the morning of its day, so that a test that asks about that day is the
// same at whatever hour it runs.
Instant within_its_day(Instant began, Duration ago) {
  if (ago < std::chrono::days(2)) return began;
  return std::chrono::floor<std::chrono::days>(began) + std::chrono::hours(9);
}
constexpr auto region = "eu-west", other_region = "us-east";

Component component(std::string id, std::string name, std::string group) {
  Component made;
  made.id = std::move(id);
  made.name = std::move(name);
  made.group = std::move(group);
  return made;
}

// When something was how, from its first failing sample on.
struct Trouble {
  std::string component;
  Duration ago;
  Duration lasted;
  State state = State::down;
  bool in_one_region = false;
};

class Seed {
 public:
  Seed(const std::string& path, std::vector<Component> components)
      : components_(std::move(components)), now_(wall_now() - past) {
    auto opened = store::open_sqlite(path);
    if (!opened) throw std::runtime_error(opened.error().message);
    store_ = std::move(*opened);
    std::vector<std::string> checks;
    for (const auto& one : components_) checks.push_back(check_of(one.id));
    for (const auto* place : {region, other_region}) {
      demand(store_->retain(place, checks, components_, now_));
    }
    beat();
    for (const auto& one : components_) say_everywhere(one.id, State::up, now_);
  }

  // Time goes on; the agents are heard of now and then.
  void pass_until(Instant then) {
    while (now_ < then) {
      now_ = std::min(then, now_ + std::chrono::duration_cast<Duration>(12h));
      beat();
    }
  }
  // Nobody looks.
  void sleep_until(Instant then) {
    now_ = then;
    beat_since_ = then;
    beat();
  }

  void suffer(const Trouble& trouble) {
    const Instant began = within_its_day(wall_now() - trouble.ago, trouble.ago);
    pass_until(began + 4s);
    say(trouble.component, trouble.state, began, region);
    if (!trouble.in_one_region) say(trouble.component, trouble.state, began, other_region);
    const Instant ended = began + trouble.lasted;
    if (ended > wall_now()) return pass_until(wall_now());
    pass_until(ended + 30s);
    say_everywhere(trouble.component, State::up, ended);
    pass_until(ended + 5min);
    look(trouble.component);
  }

  // Changes the newest incident of the component that is over (or open).
  void rewrite(const std::string& id, const std::function<void(Incident&)>& change) {
    reconcile(id, {}, [&](const incident::Situation& situation) {
      auto incident = situation.open ? situation.open : situation.last_resolved;
      change(incident.value());
      return incident;
    });
  }
  void append(const std::string& id, incident::Status status, std::string text,
              bool is_public = true) {
    rewrite(id, [&](Incident& incident) {
      const auto& last = incident.updates.back();
      incident.updates.push_back({last.sequence + 1,
                                  std::max(now_, last.at),
                                  status,
                                  std::move(text),
                                  is_public,
                                  "agent",
                                  {}});
      incident.status = status;
    });
  }

  Instant now() const { return now_; }
  store::Store& store() { return *store_; }
  void finish() { pass_until(wall_now()); }

 private:
  template <class T>
  static void demand(const store::Expected<T>& done) {
    if (!done) throw std::runtime_error(done.error().message);
  }
  static std::string check_of(const std::string& id) { return id + "-check"; }

  void beat() {
    for (const auto* place : {region, other_region}) {
      demand(store_->heartbeat(place, beat_since_, now_));
    }
  }
  store::Group group_of(const std::string& id) const {
    store::Group group;
    for (const auto& one : components_) {
      if (one.id == id) group.key = one.incident_group();
    }
    for (const auto& one : components_) {
      if (one.incident_group() == group.key) group.components.push_back(one);
    }
    return group;
  }
  void reconcile(const std::string& id, const std::vector<incident::Vote>& votes,
                 const store::Decide& decide) {
    demand(store_->reconcile(group_of(id), votes, decide, now_));
  }
  void look(const std::string& id, const std::vector<incident::Vote>& votes = {}) {
    reconcile(id, votes, [&](const incident::Situation& situation) {
      return incident::decide(situation, policy_, now_);
    });
  }
  void say(const std::string& id, State state, Instant since, const std::string& where) {
    incident::Vote vote{check_of(id), where, id, "http", {}};
    vote.verdict.state = state;
    vote.verdict.since = since;
    vote.verdict.decided = now_;
    if (state != State::up) vote.verdict.reason = Reason::expectation_failed;
    if (state != State::up) vote.verdict.message = "status was 503, expected 200";
    look(id, {vote});
  }
  void say_everywhere(const std::string& id, State state, Instant since) {
    say(id, state, since, region);
    say(id, state, since, other_region);
  }

  std::vector<Component> components_;
  incident::Policy policy_;
  std::unique_ptr<store::Store> store_;
  Instant now_;
  Instant beat_since_ = now_;
};

constexpr auto report = R"(## Summary

For **3 hours and 12 minutes** every tenth card payment was refused. Nothing was charged twice, and no data was lost.

## What happened

1. At 09:02 a change of the gateway's *currency table* went live.
2. Payments in CHF and SEK were sent with the amount in the wrong unit.
3. The gateway refused them with `parameter_invalid_integer`.

## What we do about it

- The table is now checked against the gateway before it goes live.
- The payment check pays in **every** currency that we sell in.

> "We noticed after four minutes, and looked at the database for two hours." The passing controls said so from the start.
)";

void seed_shop(const std::string& path) {
  Seed seed(path, {component("website", "Website", "Customer Portal"),
                   component("login", "Sign in", "Customer Portal"),
                   component("search", "Search", "Customer Portal"),
                   component("payments", "Card Payments", "Checkout"),
                   component("invoices", "Invoices", "Checkout"),
                   component("api", "Public API", ""), component("mail", "Mail Delivery", "")});
  seed.suffer({"mail", 83 * 24h, 47min, State::degraded});
  seed.suffer({"login", 71 * 24h, 19min, State::down, true});
  seed.suffer({"search", 64 * 24h, 6h + 40min, State::degraded});
  seed.sleep_until(seed.now() + 40h);
  seed.suffer({"api", 40 * 24h, 2h + 5min});
  seed.suffer({"website", 33 * 24h, 8min});
  seed.suffer({"mail", 21 * 24h, 13h});
  seed.suffer({"payments", 9 * 24h, 3h + 12min, State::down, true});
  seed.append("payments", incident::Status::postmortem, report);
  seed.suffer({"login", 3 * 24h, 26min, State::down});
  seed.suffer({"search", 30h, 50min, State::degraded});
  seed.finish();
}

constexpr auto attack =
    R"("'><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>&<svg onload=window.hurt=1>)";

void seed_hostile(const std::string& path) {
  Seed seed(path, {component("portal", attack, attack), component("api", attack, "")});
  seed.suffer({"portal", 9 * 24h, 2h});
  seed.rewrite("portal", [](Incident& incident) {
    incident.title = attack;
    for (auto& one : incident.components) one.name = attack;
    incident.detected_by = std::string("check x in ") + attack;
  });
  seed.append("portal", incident::Status::resolved, std::string(attack) + "\n\n" + attack);
  seed.append("portal", incident::Status::resolved, "control \x01\x02 characters and \xFF bytes");
  seed.append("portal", incident::Status::postmortem,
              std::string("# ") + attack +
                  "\n\n[a](javascript:window.hurt=1) ![b](https://evil.example/x.png) "
                  "<https://evil.example/> [c](data:text/html,<script>1</script>)\n\n    " +
                  attack);
  seed.suffer({"api", 10min, 1h});
  seed.append("api", incident::Status::identified, attack);
  seed.finish();
}

// As the browser test writes its configuration: component-0 ... in groups of 50.
constexpr int many = 1000, incidents = 5000;

void seed_large(const std::string& path) {
  std::vector<Component> components;
  for (int i = 0; i < many; ++i) {
    components.push_back(component(fmt::format("component-{}", i), fmt::format("Component {}", i),
                                   fmt::format("Group {}", i / 50)));
  }
  Seed seed(path, components);
  const auto step = std::chrono::duration_cast<Duration>(89 * 24h) / incidents;
  for (int i = 0; i < incidents; ++i) {
    const Instant opened = seed.now() + step * i;
    const auto& one = components[static_cast<std::size_t>(i * 7 % many)];
    Incident incident;
    incident.id = fmt::format("large{:07}", i);
    incident.group = one.group;
    incident.title = one.name + ": major outage";
    incident.impact = static_cast<incident::Impact>(i % 4);
    incident.status = incident::Status::resolved;
    incident.impact_began = opened - Duration(4000);
    incident.detected = incident.opened = opened;
    incident.resolved = opened + std::chrono::minutes(5 + i % 50);
    incident.components = {{one.id, one.name, incident::ComponentStatus::operational, opened, {}}};
    incident.updates = {
        {1, opened, incident::Status::investigating, "We see failures.", true, "agent", {}},
        {2, *incident.resolved, incident::Status::resolved, "It is over.", true, "agent", {}}};
    const auto done = seed.store().reconcile(
        {one.group, {}}, {}, [&](const incident::Situation&) { return incident; }, opened);
    if (!done) throw std::runtime_error(done.error().message);
  }
  seed.finish();
}

int seed(const std::string& kind, const std::string& path) {
  if (kind == "shop") return seed_shop(path), 0;
  if (kind == "hostile") return seed_hostile(path), 0;
  if (kind == "large") return seed_large(path), 0;
  fmt::print(stderr, "seed: there is no past called {}\n", kind);
  return 2;
}

}  // namespace
}  // namespace vedette::browser

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: seed shop|hostile|large PATH\n", stderr);
    return 2;
  }
  try {
    return vedette::browser::seed(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "seed: {}\n", error.what());
    return 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/actions.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/draft.h"
#include "agent/incident/identity.h"
#include "agent/incident/timeline.h"
#include "agent/incident/view.h"
#include "agent/incident/wording.h"

namespace vedette::incident {
namespace {

std::unexpected<std::string> refuse(std::string why) {
  return std::unexpected(std::move(why));
}

// A draft whose entries are a person's.
class Hand {
 public:
  Hand(Incident incident, const Actor& actor)
      : draft_(std::move(incident), actor.now), actor_(actor) {}

  Draft& draft() { return draft_; }
  Incident& incident() { return draft_.incident(); }
  Update& write(Status status, std::string text, bool is_public) {
    draft_.append(status, std::move(text), is_public);
    Update& update = incident().updates.back();
    update.author = actor_.name;
    return update;
  }
  Incident done() { return std::move(incident()); }

 private:
  Draft draft_;
  const Actor& actor_;
};

std::string_view usual_words(Status status) {
  switch (status) {
    case Status::identified:
      return "The cause has been identified.";
    case Status::monitoring:
      return "We are watching whether everything stays well.";
    default:
      return "We are investigating.";
  }
}

std::unexpected<std::string> is_over() {
  return refuse("this incident is resolved; reopen it first");
}

}  // namespace

Acted acknowledge(Incident incident, const Actor& actor) {
  if (!incident.is_open()) return is_over();
  if (incident.acknowledged_by == actor.name) return incident;
  incident.acknowledged_by = actor.name;
  Hand hand(std::move(incident), actor);
  hand.write(hand.incident().status, fmt::format("{} is on it.", actor.name), false);
  return hand.done();
}

Acted comment(Incident incident, const std::string& text, bool is_public, const Actor& actor) {
  if (text.empty()) return refuse("a comment needs a text");
  Hand hand(std::move(incident), actor);
  hand.write(hand.incident().status, text, is_public);
  return hand.done();
}

Acted set_status(Incident incident, Status status, const std::string& text, const Actor& actor) {
  if (status == Status::resolved || status == Status::postmortem)
    return refuse("to end an incident, resolve it; to explain it, publish its postmortem");
  if (!incident.is_open()) return is_over();
  if (incident.status == status && text.empty()) return incident;
  Hand hand(std::move(incident), actor);
  if (status == Status::monitoring && !hand.incident().mitigated)
    hand.incident().mitigated = hand.draft().now();
  if (status != Status::monitoring) hand.incident().mitigated.reset();
  hand.write(status, text.empty() ? std::string(usual_words(status)) : text, true);
  return hand.done();
}

Acted set_impact(Incident incident, std::optional<Impact> impact, const Actor& actor) {
  if (incident.held_impact == impact) return incident;
  incident.held_impact = impact;
  if (impact) {
    incident.impact = *impact;
    incident.worst = std::max(incident.worst, *impact);
  }
  Hand hand(std::move(incident), actor);
  hand.write(hand.incident().status,
             impact ? fmt::format("Impact is {}, set by {}.", text(*impact), actor.name)
                    : "Impact follows from what fails again.",
             false);
  return hand.done();
}

Acted strike_out(Incident incident, int sequence, const std::string& why, const Actor& actor) {
  const auto struck = std::ranges::find(incident.updates, sequence, &Update::sequence);
  if (struck == incident.updates.end())
    return refuse(fmt::format("this incident has no entry {}", sequence));
  if (struck->is_public || !by_hand(*struck))
    return refuse("only internal entries that people wrote can be struck out");
  if (std::ranges::find(incident.updates, sequence, &Update::strikes) != incident.updates.end())
    return incident;
  const std::string said = struck->text;
  Hand hand(std::move(incident), actor);
  hand.write(hand.incident().status,
             fmt::format("Ruled out: {}{}{}", said, why.empty() ? "" : "\n", why), false)
      .strikes = sequence;
  return hand.done();
}

Acted resolve(Incident incident, const std::string& text, const Actor& actor) {
  if (!incident.is_open()) return incident;
  Hand hand(std::move(incident), actor);
  for (const IncidentComponent& one : std::vector(hand.incident().components)) {
    if (failing(one.status)) hand.draft().set_recovered(one.component, hand.draft().now());
  }
  if (!hand.incident().mitigated) hand.incident().mitigated = hand.draft().now();
  hand.incident().impact =
      hand.incident().held_impact.value_or(std::max(hand.incident().worst, hand.incident().impact));
  hand.write(Status::resolved, text.empty() ? "This incident is resolved." : text, true);
  hand.incident().resolved = hand.draft().now();
  return hand.done();
}

Acted reopen(Incident incident, const std::string& text, const Actor& actor) {
  if (incident.is_open()) return incident;
  if (!incident.merged_into.empty())
    return refuse(fmt::format("this incident goes on as {}", incident.merged_into));
  incident.resolved.reset();
  incident.mitigated.reset();
  Hand hand(std::move(incident), actor);
  hand.write(Status::investigating, text.empty() ? "This incident is open again." : text, true);
  return hand.done();
}

Acted retitle(Incident incident, const std::string& title, const Actor& actor) {
  if (title.empty()) return refuse("a title cannot be empty");
  if (incident.title == title) return incident;
  Hand hand(std::move(incident), actor);
  hand.write(hand.incident().status,
             fmt::format("The title was \"{}\".", std::exchange(hand.incident().title, title)),
             false);
  return hand.done();
}

Acted publish_postmortem(Incident incident, const std::string& text, const Actor& actor) {
  if (incident.is_open())
    return refuse("this incident is not resolved; a postmortem comes afterwards");
  if (text.empty()) return refuse("a postmortem needs a text");
  Hand hand(std::move(incident), actor);
  hand.write(Status::postmortem, text, true);
  return hand.done();
}

Acted open_by_hand(const Opening& opening, const std::vector<Incident>& open, const Actor& actor) {
  if (opening.title.empty()) return refuse("an incident needs a title");
  Incident incident;
  incident.id = incident_id("by hand\n" + opening.title, actor.now);
  incident.group = opening.group.empty() ? "by hand/" + incident.id : opening.group;
  const auto same = std::ranges::find_if(
      open, [&](const Incident& one) { return one.is_open() && one.group == incident.group; });
  if (same != open.end()) {
    return refuse(fmt::format("the incident {} of the same group is open: update that, or split it",
                              same->id));
  }
  incident.title = opening.title;
  incident.impact_began = incident.detected = incident.opened = actor.now;
  incident.detected_by = actor.name;
  Hand hand(std::move(incident), actor);
  Impact worst = Impact::none;
  for (const IncidentComponent& one : opening.components) {
    hand.draft().set_failing(one.component, one.name, one.status);
    worst = std::max(worst, impact_of(one.status, {}, nullptr, {}));
  }
  hand.incident().held_impact = opening.impact;
  hand.incident().impact = hand.incident().worst = opening.impact.value_or(worst);
  hand.write(Status::investigating,
             opening.text.empty() ? std::string(usual_words(Status::investigating)) : opening.text,
             true);
  return hand.done();
}

ActedOnTwo merge(Incident source, Incident target, const Actor& actor) {
  if (source.id == target.id) return refuse("an incident cannot be merged into itself");
  if (source.merged_into == target.id) return std::vector<Incident>{};
  if (!source.is_open() || !target.is_open()) return refuse("both incidents must be open");
  Hand into(std::move(target), actor);
  std::vector<std::string> names;
  for (const IncidentComponent& one : source.components) {
    if (find(into.incident(), one.component) != nullptr) continue;
    into.draft().set_failing(one.component, one.name, one.status);
    if (!failing(one.status))
      into.draft().set_recovered(one.component, one.recovered.value_or(actor.now));
    names.push_back(one.name);
  }
  into.incident().impact_began = std::min(into.incident().impact_began, source.impact_began);
  into.write(into.incident().status,
             names.empty() ? fmt::format("\"{}\" is part of this incident.", source.title)
                           : fmt::format("The problem with {} is part of this incident.",
                                         wording::list(names)),
             true);
  source.merged_into = into.incident().id;
  Hand from(std::move(source), actor);
  from.write(Status::resolved,
             fmt::format("This is part of \"{}\", and goes on there. This incident is closed.",
                         into.incident().title),
             true);
  from.incident().resolved = from.draft().now();
  return std::vector{from.done(), into.done()};
}

ActedOnTwo split(Incident whole, const std::vector<std::string>& components, const Actor& actor) {
  if (!whole.is_open()) return is_over();
  if (components.empty() || components.size() >= whole.components.size())
    return refuse("name some of the incident's components, but not all of them");
  Incident part;
  part.group = fmt::format("{}/{}", whole.group, components.front());
  part.id = incident_id(part.group, actor.now);
  part.impact_began = actor.now;
  part.detected = whole.detected;
  part.opened = actor.now;
  part.detected_by = whole.detected_by;
  Hand out(std::move(part), actor);
  std::vector<std::string> names;
  for (const std::string& id : components) {
    const IncidentComponent* one = find(whole, id);
    if (one == nullptr) return refuse(fmt::format("{} is no part of this incident", id));
    out.draft().set_failing(one->component, one->name, one->status);
    if (one->recovered) out.draft().set_recovered(one->component, *one->recovered);
    out.incident().impact_began = std::min(out.incident().impact_began, one->added);
    out.incident().impact =
        std::max(out.incident().impact, impact_of(one->status, {}, nullptr, {}));
    names.push_back(one->name);
  }
  out.incident().worst = out.incident().impact;
  out.incident().title = fmt::format("{}: separate incident", wording::list(names));
  out.write(Status::investigating,
            fmt::format("The problem with {} was part of another incident, and is followed here.",
                        wording::list(names)),
            true);
  std::erase_if(whole.components, [&](const IncidentComponent& one) {
    return std::ranges::find(components, one.component) != components.end();
  });
  Hand rest(std::move(whole), actor);
  rest.write(rest.incident().status,
             fmt::format("The problem with {} is followed as an incident of its own.",
                         wording::list(names)),
             true);
  return std::vector{rest.done(), out.done()};
}

}  // namespace vedette::incident

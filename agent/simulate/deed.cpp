// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/deed.h"

#include <algorithm>
#include <array>
#include <ranges>

#include <fmt/format.h>

#include "config/suggest.h"

namespace vedette::simulate {
namespace {

using config::Section;
using incident::Acted;
using incident::Actor;
using incident::Incident;
using incident::Update;
using Act = decltype(Deed::act);

template <class Parse>
auto read_word(Section& section, std::string_view key, Parse parse) {
  const std::string word = section.required_text(key);
  const auto value = parse(word);
  if (!value && !word.empty())
    section.problems().add(section.find(key)->place,
                           fmt::format("{} is no {}", config::quote(word), key));
  return value;
}

Act read_comment(Section& section) {
  const auto text = section.required_text("text");
  const bool is_public = section.boolean("public", false);
  return [=](const Incident& one, const Actor& who) {
    return incident::comment(one, text, is_public, who);
  };
}

Act read_status(Section& section) {
  const auto status = read_word(section, "status", incident::parse_status);
  const auto text = section.text("text", "");
  return [=](const Incident& one, const Actor& who) {
    return incident::set_status(one, *status, text, who);
  };
}

Act read_impact(Section& section) {
  const auto impact = read_word(section, "impact", incident::parse_impact);
  return
      [=](const Incident& one, const Actor& who) { return incident::set_impact(one, impact, who); };
}

// People know an entry by its number; a rehearsal, which has none yet, by what it says.
Act read_strike(Section& section) {
  const auto entry = section.required_text("entry");
  const auto why = section.text("text", "");
  return [=](const Incident& one, const Actor& who) -> Acted {
    for (const Update& update : one.updates | std::views::reverse) {
      if (!update.is_public && update.text.contains(entry))
        return incident::strike_out(one, update.sequence, why, who);
    }
    return std::unexpected(fmt::format("no internal entry says {}", config::quote(entry)));
  };
}

Act read_title(Section& section) {
  const auto title = section.required_text("title");
  return [=](const Incident& one, const Actor& who) { return incident::retitle(one, title, who); };
}

Act read_acknowledge(Section&) {
  return incident::acknowledge;
}

template <auto act>
Act read_with_text(Section& section) {
  const auto text = section.text("text", "");
  return [=](const Incident& one, const Actor& who) { return act(one, text, who); };
}

struct Action {
  std::string_view name;
  Act (*read)(Section& section);
};

constexpr std::array actions{
    Action{"acknowledge", read_acknowledge},
    Action{"comment", read_comment},
    Action{"status", read_status},
    Action{"impact", read_impact},
    Action{"strike", read_strike},
    Action{"title", read_title},
    Action{"resolve", read_with_text<incident::resolve>},
    Action{"reopen", read_with_text<incident::reopen>},
    Action{"postmortem", read_with_text<incident::publish_postmortem>},
};

const Action* find_action(Section& section) {
  const std::string name = section.required_text("action");
  const auto found = std::ranges::find(actions, name, &Action::name);
  if (found != actions.end()) return &*found;
  std::vector<std::string> known;
  for (const Action& action : actions) known.emplace_back(action.name);
  section.problems().add(section.find("action")->place,
                         fmt::format("there is no action {}{}", config::quote(name),
                                     config::did_you_mean(name, known)));
  return nullptr;
}

std::expected<std::string, std::string> newest_with(store::Store& store,
                                                    const std::string& component) {
  const auto snapshot = store.snapshot();
  if (!snapshot) return std::unexpected("the store: " + snapshot.error().message);
  for (const Incident& one : snapshot->incidents) {
    const auto& parts = one.components;
    if (std::ranges::count(parts, component, &incident::IncidentComponent::component) > 0)
      return one.id;
  }
  return std::unexpected(fmt::format("there is no incident with {} yet", config::quote(component)));
}

}  // namespace

Deed read_deed(Section& section, Instant at) {
  Deed deed{
      at, section.place(), section.required_text("component"), section.text("by", "operator"), {}};
  if (const Action* action = find_action(section)) deed.act = action->read(section);
  return deed;
}

std::expected<Incident, std::string> act(store::Store& store, const Deed& deed, Instant now) {
  const auto id = newest_with(store, deed.component);
  if (!id) return std::unexpected(id.error());
  const auto amended =
      store.amend({*id}, [&](const std::vector<Incident>& known) -> store::Amended {
        const auto one = std::ranges::find(known, *id, &Incident::id);
        auto acted = deed.act(*one, {deed.by, now});
        if (!acted) return std::unexpected(acted.error());
        return std::vector{*std::move(acted)};
      });
  if (!amended) return std::unexpected("the store: " + amended.error().message);
  if (!*amended) return std::unexpected(amended->error());
  return amended->value().front();
}

}  // namespace vedette::simulate

// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/api.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "agent/incident/postmortem.h"
#include "agent/incident/replan.h"
#include "agent/operator/answers.h"
#include "agent/operator/explain.h"
#include "agent/operator/fields.h"
#include "agent/operator/incident_actions.h"
#include "agent/operator/openapi.h"
#include "agent/operator/to_json.h"
#include "agent/web/bearer.h"
#include "config/suggest.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;
using incident::Actor;
using incident::Incident;

constexpr std::chrono::days changes_shown{30};

template <class List>
json::array array_of(const List& items) {
  json::array array;
  for (const auto& item : items) array.push_back(to_json(item));
  return array;
}

web::Response as_problem(const web::Response& refused) {
  auto response = problem(refused.status, refused.body ? *refused.body : "refused");
  response.headers.insert(response.headers.end(), refused.headers.begin(), refused.headers.end());
  return response;
}

web::Response away(const std::string& error) {
  return problem(503, error + "; it may have been done all the same: look before you repeat it");
}

const Incident* find(const std::vector<Incident>& known, const std::string& id) {
  const auto found = std::ranges::find(known, id, &Incident::id);
  return found == known.end() ? nullptr : &*found;
}

std::unexpected<std::string> no_incident(const std::string& id) {
  return std::unexpected(fmt::format("there is no incident {}", id));
}

// What changes nothing needs no writing.
store::Amended one_of(const Incident& before, incident::Acted after) {
  if (!after) return std::unexpected(after.error());
  if (*after == before) return std::vector<Incident>{};
  return std::vector{*std::move(after)};
}

bool wants_only_open(const web::Request& request) {
  return web::parse_form(request.query)["status"] == "open";
}

}  // namespace

std::vector<web::Route> Api::routes() {
  std::vector<web::Route> all{
      route("GET", "/api/v1/explain", &Api::explain),
      route("GET", "/api/v1/incidents", &Api::list_incidents),
      route("POST", "/api/v1/incidents", &Api::open_incident),
      route("GET", "/api/v1/incidents/{id}", &Api::show_incident),
      route("GET", "/api/v1/incidents/{id}/postmortem", &Api::draft_postmortem),
      route("POST", "/api/v1/incidents/{id}/merge", &Api::merge),
      route("POST", "/api/v1/incidents/{id}/split", &Api::split),
      route("POST", "/api/v1/incidents/{id}/{action}", &Api::act_on_incident),
      route("GET", "/api/v1/changes", &Api::list_changes),
      route("POST", "/api/v1/changes", &Api::record_change),
      route("GET", "/api/v1/maintenances", &Api::list_maintenances),
      route("POST", "/api/v1/maintenances", &Api::schedule_maintenance),
      route("POST", "/api/v1/maintenances/{id}/{action}", &Api::act_on_maintenance),
  };
  all.push_back({"GET", "/api/v1/openapi.json",
                 web::direct([](const Request&) { return answer(openapi_document()); })});
  return all;
}

web::Route Api::route(std::string method, std::string pattern, Handle handle) {
  return {std::move(method), std::move(pattern),
          [this, handle](const Request& request) { return guarded(request, handle); }};
}

Awaitable<web::Response> Api::guarded(const Request& request, Handle handle) {
  if (const auto refused = web::refusal(request, state_.tokens)) co_return as_problem(*refused);
  const Actor actor{web::name_of_bearer(request, state_.tokens).value_or(""), state_.now()};
  co_return co_await (this->*handle)(request, actor);
}

const incident::Component* Api::component(const std::string& id) const {
  const auto& all = state_.site->components;
  const auto found = std::ranges::find(all, id, &incident::Component::id);
  return found == all.end() ? nullptr : &*found;
}

void Api::check_components(const std::vector<std::string>& ids, Fields& fields) const {
  for (const std::string& id : ids) {
    if (component(id) == nullptr)
      fields.complain("components", fmt::format("names {}, which is not configured", id));
  }
}

// --- checks ---

Awaitable<web::Response> Api::explain(const Request& request, const Actor&) {
  const std::string check = web::parse_form(request.query)["check"];
  if (check.empty()) co_return problem(400, "which check? /api/v1/explain?check=NAME");
  const auto accounts = co_await means_.accounts(check);
  if (!accounts) co_return problem(503, accounts.error());
  if (accounts->empty()) {
    co_return problem(404, fmt::format("there is no check \"{}\"{}", check,
                                       config::did_you_mean(check, names_of_checks(state_))));
  }
  const auto cleanups = co_await means_.cleanups();
  json::array told;
  for (const detect::Account& one : *accounts) {
    json::object object = to_json(one);
    object["component"] = surroundings(one.component, state_);
    if (cleanups)
      object["cleanups"] = cleanups_of(one, *cleanups);
    else
      object["cleanups_unknown"] = cleanups.error();
    told.push_back(std::move(object));
  }
  co_return answer(json::object{{"checks", std::move(told)}});
}

// --- incidents ---

Awaitable<web::Response> Api::list_incidents(const Request& request, const Actor&) {
  if (!state_.snapshot) co_return problem(503, "the store was not read yet");
  json::array array;
  for (const Incident& one : state_.snapshot->incidents) {
    if (one.is_open() || !wants_only_open(request)) array.push_back(to_json(one));
  }
  co_return answer(json::object{{"incidents", std::move(array)}});
}

Awaitable<web::Response> Api::show_incident(const Request& request, const Actor&) {
  const std::string id = request.parameters.at("id");
  const auto found = co_await state_.find_incident(id);
  if (!found) co_return problem(503, found.error());
  if (!*found) co_return problem(404, no_incident(id).error());
  co_return answer(to_json(**found));
}

Awaitable<web::Response> Api::draft_postmortem(const Request& request, const Actor&) {
  const std::string id = request.parameters.at("id");
  const auto found = co_await state_.find_incident(id);
  if (!found) co_return problem(503, found.error());
  if (!*found) co_return problem(404, no_incident(id).error());
  co_return answer(json::object{{"markdown", incident::postmortem_draft(**found)}});
}

Awaitable<web::Response> Api::amend(std::vector<std::string> ids, store::Amend how) {
  const std::string id = ids.empty() ? std::string() : ids.front();
  // Shared: the store may still be at it when nobody waits for it any more.
  const auto before = std::make_shared<std::optional<Incident>>();
  const store::Amend looked = [before, id, how](const std::vector<Incident>& known) {
    if (const Incident* one = find(known, id)) *before = *one;
    return how(known);
  };
  const bool is_new = ids.empty();
  auto asked = co_await means_.amend(std::move(ids), looked);
  if (!asked) co_return away(asked.error());
  store::Amended& amended = *asked;
  if (!is_new && !*before) co_return problem(404, no_incident(id).error());
  if (!amended) co_return problem(409, amended.error());
  std::vector<std::string> components, groups;
  for (const Incident& one : *amended) {
    groups.push_back(one.group);
    for (const auto& part : one.components) components.push_back(part.component);
  }
  means_.look_at(components, groups);
  const Incident* shown = find(*amended, id);
  if (shown == nullptr && !amended->empty()) shown = &amended->back();
  if (shown == nullptr && *before) shown = &**before;
  co_return shown == nullptr ? answer(json::object{}) : answer(to_json(*shown));
}

Awaitable<web::Response> Api::act_on_incident(const Request& request, const Actor& actor) {
  const auto actions = incident_actions();
  const auto action =
      std::ranges::find(actions, request.parameters.at("action"), &IncidentAction::name);
  if (action == actions.end()) co_return problem(404, "there is no such action");
  Fields fields(request.body);
  const auto act = action->read(fields);
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  const std::string id = request.parameters.at("id");
  std::vector<std::string> ids(1, id);
  store::Amend how = [=](const std::vector<Incident>& known) -> store::Amended {
    const Incident* one = find(known, id);
    return one == nullptr ? store::Amended(no_incident(id)) : one_of(*one, act(*one, actor));
  };
  co_return co_await amend(std::move(ids), std::move(how));
}

Awaitable<web::Response> Api::open_incident(const Request& request, const Actor& actor) {
  Fields fields(request.body);
  incident::Opening opening;
  opening.title = fields.needed_text("title");
  opening.text = fields.text("text");
  opening.impact = fields.word("impact", incident::parse_impact);
  const auto ids = fields.texts("components");
  const auto status = fields.word("status", incident::parse_component_status)
                          .value_or(incident::ComponentStatus::major_outage);
  check_components(ids, fields);
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  for (const std::string& id : ids)
    opening.components.push_back({id, component(id)->name, status, actor.now, std::nullopt});
  if (!ids.empty()) opening.group = component(ids.front())->incident_group();
  store::Amend how = [=](const std::vector<Incident>& known) -> store::Amended {
    auto opened = incident::open_by_hand(opening, known, actor);
    if (!opened) return std::unexpected(opened.error());
    return std::vector{*std::move(opened)};
  };
  std::vector<std::string> nobody;
  auto response = co_await amend(std::move(nobody), std::move(how));
  if (response.status == 200) response.status = 201;
  co_return response;
}

Awaitable<web::Response> Api::merge(const Request& request, const Actor& actor) {
  Fields fields(request.body);
  const auto into = fields.needed_text("into");
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  const std::string id = request.parameters.at("id");
  std::vector<std::string> both;
  both.push_back(id);
  both.push_back(into);
  store::Amend how = [=](const std::vector<Incident>& known) -> store::Amended {
    const Incident* source = find(known, id);
    const Incident* target = find(known, into);
    if (source == nullptr || target == nullptr) return no_incident(source == nullptr ? id : into);
    return incident::merge(*source, *target, actor);
  };
  co_return co_await amend(std::move(both), std::move(how));
}

Awaitable<web::Response> Api::split(const Request& request, const Actor& actor) {
  Fields fields(request.body);
  const auto components = fields.texts("components");
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  const std::string id = request.parameters.at("id");
  std::vector<std::string> ids(1, id);
  store::Amend how = [=](const std::vector<Incident>& known) -> store::Amended {
    const Incident* whole = find(known, id);
    return whole == nullptr ? store::Amended(no_incident(id))
                            : incident::split(*whole, components, actor);
  };
  co_return co_await amend(std::move(ids), std::move(how));
}

// --- changes ---

Awaitable<web::Response> Api::list_changes(const Request&, const Actor& actor) {
  const auto found = co_await means_.changes(actor.now - changes_shown);
  if (!found) co_return problem(503, found.error());
  co_return answer(json::object{{"changes", array_of(*found)}});
}

Awaitable<web::Response> Api::record_change(const Request& request, const Actor& actor) {
  Fields fields(request.body);
  incident::Change change;
  change.text = fields.needed_text("text");
  change.components = fields.texts("components");
  change.at = fields.instant("at").value_or(actor.now);
  change.recorded = actor.now;
  change.is_public = fields.boolean("public", true);
  change.author = actor.name;
  if (change.components.empty()) fields.complain("components", "is needed");
  if (change.text.contains('\n')) fields.complain("text", "must be one line");
  if (change.at > actor.now + std::chrono::minutes{5}) fields.complain("at", "is in the future");
  check_components(change.components, fields);
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  std::ranges::sort(change.components);
  change.id = incident::change_id(change);
  const auto written = co_await means_.record_change(change);
  if (!written) co_return away(written.error());
  means_.look_at(change.components, {});
  co_return answer(to_json(change), *written ? 201 : 200);
}

// --- maintenances ---

Awaitable<web::Response> Api::list_maintenances(const Request&, const Actor&) {
  if (!state_.snapshot) co_return problem(503, "the store was not read yet");
  co_return answer(json::object{{"maintenances", array_of(state_.snapshot->maintenances)}});
}

Awaitable<web::Response> Api::amend_maintenance(std::string id, store::AmendMaintenance how) {
  const auto exists = std::make_shared<bool>(true);
  const store::AmendMaintenance looked = [exists, how](const incident::Maintenance* known) {
    *exists = known != nullptr;
    return how(known);
  };
  const auto asked = co_await means_.amend_maintenance(id, looked);
  if (!asked) co_return away(asked.error());
  if (*asked) {
    means_.look_at((*asked)->components, {});
    co_return answer(to_json(**asked), *exists ? 200 : 201);
  }
  co_return *exists ? problem(409, asked->error())
                    : problem(404, fmt::format("there is no maintenance {}", id));
}

Awaitable<web::Response> Api::schedule_maintenance(const Request& request, const Actor& actor) {
  Fields fields(request.body);
  incident::Announcement what;
  what.title = fields.needed_text("title");
  what.description = fields.text("description");
  what.components = fields.texts("components");
  what.begin = fields.instant("from").value_or(actor.now);
  const auto until = fields.instant("until");
  what.verify_for = fields.duration("verify_for");
  what.author = actor.name;
  if (what.components.empty()) fields.complain("components", "is needed");
  if (!until || *until <= what.begin || *until <= actor.now)
    fields.complain("until", "must be an instant after the begin, and not in the past");
  check_components(what.components, fields);
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  what.end = *until;
  for (const std::string& id : what.components) what.names.push_back(component(id)->name);
  const auto planned = incident::announced(what, actor.now);
  store::AmendMaintenance how = [planned,
                                 actor](const incident::Maintenance* known) -> incident::Amendment {
    return known == nullptr ? planned : incident::planned_again(*known, actor.name, actor.now);
  };
  co_return co_await amend_maintenance(planned.id, std::move(how));
}

Awaitable<web::Response> Api::act_on_maintenance(const Request& request, const Actor& actor) {
  const auto actions = maintenance_actions();
  const auto action =
      std::ranges::find(actions, request.parameters.at("action"), &MaintenanceAction::name);
  if (action == actions.end()) co_return problem(404, "there is no such action");
  Fields fields(request.body);
  const auto act = action->read(fields);
  if (const auto wrong = fields.problem(); !wrong.empty()) co_return problem(400, wrong);
  store::AmendMaintenance how = [=](const incident::Maintenance* known) -> incident::Amendment {
    if (known == nullptr) return std::unexpected("there is no such maintenance");
    return act(incident::advanced(*known, actor.now), actor);
  };
  co_return co_await amend_maintenance(request.parameters.at("id"), std::move(how));
}

}  // namespace vedette::operators

// SPDX-License-Identifier: Apache-2.0
// The API of people and their programs, under /api/v1: JSON, with a bearer token whose name is the
// author of what it does. An error is {"error": "..."}: 400 for a body that cannot be, 401 and 403
// without a token that is known, 404, 409 for what cannot be done now, 503 when the store is away.
#pragma once

#include <expected>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "agent/detect/trail.h"
#include "agent/incident/actions.h"
#include "agent/receivers/receiver.h"
#include "agent/store/store.h"
#include "agent/web/router.h"
#include "agent/web/state.h"

namespace vedette::operators {

template <class T>
using Awaitable = web::Awaitable<T>;
// The error: the store does not answer.
template <class T>
using Asked = std::expected<T, std::string>;

// What the API may do; called on the core loop.
struct Means {
  std::function<Awaitable<Asked<store::Amended>>(std::vector<std::string> ids, store::Amend amend)>
      amend;
  std::function<Awaitable<Asked<bool>>(incident::Change change)> record_change;
  std::function<Awaitable<Asked<std::vector<incident::Change>>>(Instant since)> changes;
  std::function<Awaitable<Asked<incident::Amendment>>(std::string id,
                                                      store::AmendMaintenance amend)>
      amend_maintenance;
  // Why the checks of this name are in their state: one, or one for each variant.
  std::function<Awaitable<Asked<std::vector<detect::Account>>>(std::string check)> accounts;
  // What flows have not cleaned up after yet, in this agent's region.
  std::function<Awaitable<Asked<std::vector<flow::Entry>>>()> cleanups;
  // Who may tell of changes in their own words; as configured now.
  std::function<std::span<const receivers::Receiver>()> receivers;
  // Somebody wrote about these components and groups: see Reconciler::look_at.
  std::function<void(const std::vector<std::string>& components,
                     const std::vector<std::string>& groups)>
      look_at;
};

// Used on the core loop only; outlives its requests.
class Api {
 public:
  using Request = web::Request;
  using Response = web::Response;

  // Both outlive it, and may change between two requests.
  Api(const web::State& state, const Means& means) : state_(state), means_(means) {}

  std::vector<web::Route> routes();

 private:
  using Handle = Awaitable<Response> (Api::*)(const Request&, const incident::Actor&);

  web::Route route(std::string method, std::string pattern, Handle handle);
  Awaitable<Response> guarded(const Request& request, Handle handle);

  Awaitable<Response> explain(const Request&, const incident::Actor&);
  Awaitable<Response> list_incidents(const Request&, const incident::Actor&);
  Awaitable<Response> show_incident(const Request&, const incident::Actor&);
  Awaitable<Response> draft_postmortem(const Request&, const incident::Actor&);
  Awaitable<Response> open_incident(const Request&, const incident::Actor&);
  Awaitable<Response> act_on_incident(const Request&, const incident::Actor&);
  Awaitable<Response> merge(const Request&, const incident::Actor&);
  Awaitable<Response> split(const Request&, const incident::Actor&);
  Awaitable<Response> list_changes(const Request&, const incident::Actor&);
  Awaitable<Response> record_change(const Request&, const incident::Actor&);
  Awaitable<Response> list_maintenances(const Request&, const incident::Actor&);
  Awaitable<Response> schedule_maintenance(const Request&, const incident::Actor&);
  Awaitable<Response> act_on_maintenance(const Request&, const incident::Actor&);

  Awaitable<Response> amend(std::vector<std::string> ids, store::Amend how);
  Awaitable<Response> amend_maintenance(std::string id, store::AmendMaintenance how);
  const incident::Component* component(const std::string& id) const;
  void check_components(const std::vector<std::string>& ids, class Fields& fields) const;

  const web::State& state_;
  const Means& means_;
};

}  // namespace vedette::operators

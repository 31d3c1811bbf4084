// SPDX-License-Identifier: Apache-2.0
#include "agent/web/endpoints.h"

#include <algorithm>

#include "agent/web/assets.h"
#include "agent/web/bearer.h"

namespace vedette::web {
namespace {

bool is_public_api(const Request& request) {
  return request.path.starts_with("/api/v2/");
}

// Pages of other sites may read the public API.
void allow_other_origins(const Request& request, Response& response) {
  response.headers.push_back({"Access-Control-Allow-Origin", "*"});
  if (request.method != "OPTIONS") return;
  response.headers.push_back({"Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"});
  response.headers.push_back({"Access-Control-Allow-Headers", "*"});
}

bool is_incident_id(const std::string& id) {
  return id.size() == 12 && std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

}  // namespace

Endpoints::Endpoints(const State& state)
    : state_(state),
      pages_(state),
      router_(routes(), [this](const Request& request) { return not_found(request); }) {}

std::vector<Route> Endpoints::routes() {
  const auto page = [this](Response (Pages::*make)()) {
    return direct([this, make](const Request&) { return (pages_.*make)(); });
  };
  return {
      {"GET", "/", page(&Pages::status_page)},
      {"GET", "/incidents/{id}",
       [this](const Request& request) { return incident(request.parameters.at("id")); }},
      {"GET", "/api/v2/summary.json", page(&Pages::summary)},
      {"GET", "/api/v2/status.json", page(&Pages::status)},
      {"GET", "/api/v2/components.json", page(&Pages::components)},
      {"GET", "/api/v2/incidents.json", page(&Pages::incidents)},
      {"GET", "/api/v2/incidents/unresolved.json", page(&Pages::unresolved)},
      {"GET", "/assets/{name}", direct(asset_response)},
      {"GET", "/metrics", direct([this](const Request&) { return metrics(); })},
      {"GET", "/-/healthy", direct([](const Request&) { return text_response(200, "healthy"); })},
      {"GET", "/-/ready", direct([this](const Request&) { return ready(); })},
      {"POST", "/hooks/{token}", direct([this](const Request& request) {
         if (!state_.callback) return not_found(request);
         return state_.callback(request.parameters.at("token"), request);
       })},
      {"POST", "/-/reload",
       [this](const Request& request) { return reload(refusal(request, state_.tokens)); }},
  };
}

Awaitable<Response> Endpoints::handle(const Request& request) {
  auto response = co_await router_.handle(request);
  if (is_public_api(request)) allow_other_origins(request, response);
  co_return response;
}

Response Endpoints::not_found(const Request& request) {
  if (!request.path.starts_with("/api/")) return pages_.not_found();
  auto response = text_response(404, R"({"error":"there is nothing at this address"})");
  response.content_type = "application/json; charset=utf-8";
  return response;
}

Response Endpoints::metrics() const {
  if (!state_.metrics) return text_response(404, "there are no metrics");
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.stream = state_.metrics();
  return response;
}

Response Endpoints::ready() const {
  auto troubles = state_.health.troubles;
  if (!state_.snapshot) troubles.push_back("the store was not read yet");
  std::string text = troubles.empty() ? "ready\n" : "not ready\n";
  for (const auto& trouble : troubles) text += trouble + "\n";
  if (!state_.health.reload_problem.empty()) {
    text += "the last reload failed, and the configuration before it is still in use:\n" +
            state_.health.reload_problem;
  }
  return text_response(troubles.empty() ? 200 : 503, std::move(text));
}

Awaitable<Response> Endpoints::incident(std::string id) {
  if (!is_incident_id(id)) co_return pages_.not_found();
  if (auto page = pages_.incident(id)) co_return *std::move(page);
  if (!state_.find_incident) co_return pages_.not_found();
  const auto found = co_await state_.find_incident(id);
  if (!found) co_return text_response(503, "this incident cannot be shown at the moment");
  if (!*found) co_return pages_.not_found();
  co_return pages_.old_incident(**found).value_or(pages_.not_found());
}

Awaitable<Response> Endpoints::reload(std::optional<Response> refused) {
  if (refused) co_return *std::move(refused);
  if (!state_.reload)
    co_return text_response(503, "the agent does not take a new configuration now");
  const auto reloaded = co_await state_.reload();
  if (reloaded) co_return text_response(200, "reloaded");
  co_return text_response(422, "the configuration was not taken:\n" + reloaded.error());
}

}  // namespace vedette::web

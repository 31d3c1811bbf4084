// SPDX-License-Identifier: Apache-2.0
#include "agent/web/endpoints.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "agent/web/assets.h"
#include "agent/web/bearer.h"

namespace vedette::web {
namespace {

// So many clients may wait for news at once; the others ask from time to time.
constexpr std::size_t most_listeners = 256;

// What pages of other sites may read.
bool is_public_data(const Request& request) {
  return request.path.starts_with("/api/v2/") || request.path.starts_with("/badge/") ||
         request.path.starts_with("/history.");
}

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

template <class Number>
std::optional<Number> number_of(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// "2026-11" and, after it, which page of that month.
std::optional<page::HistoryPlace> history_place(std::string_view month, std::string_view part) {
  if (month.size() != 7 || month[4] != '-') return std::nullopt;
  const auto year = number_of<int>(month.substr(0, 4));
  const auto number = number_of<unsigned>(month.substr(5));
  const auto page = number_of<std::size_t>(part);
  if (!year || !number || !page || *page < 1 || *page > 10'000) return std::nullopt;
  const std::chrono::year_month found{std::chrono::year(*year), std::chrono::month(*number)};
  if (!found.ok() || *year < 2000) return std::nullopt;
  return page::HistoryPlace{found, *page};
}

Response robots() {
  auto response = text_response(200, "User-agent: *\nDisallow: /metrics\nDisallow: /events\n");
  response.headers = {{"Cache-Control", "public, max-age=86400"}};
  return response;
}

std::string stem_of(std::string name, std::string_view ending) {
  if (!name.ends_with(ending)) return {};
  name.resize(name.size() - ending.size());
  return name;
}

}  // namespace

Endpoints::Endpoints(const State& state, std::vector<Route> more)
    : state_(state),
      pages_(state),
      router_(joined(routes(), std::move(more)),
              [this](const Request& request) { return not_found(request); }) {}

std::vector<Route> Endpoints::routes() {
  const auto page = [this](Response (Pages::*make)()) {
    return direct([this, make](const Request&) { return (pages_.*make)(); });
  };
  return {
      {"GET", "/", page(&Pages::status_page)},
      {"GET", "/incidents/{id}",
       [this](const Request& request) { return incident(request.parameters.at("id")); }},
      {"GET", "/components/{id}", direct([this](const Request& request) {
         return found_or_not(pages_.component(request.parameters.at("id")));
       })},
      {"GET", "/history", [this](const Request&) { return history(pages_.this_month()); }},
      {"GET", "/history/{month}",
       [this](const Request& request) {
         return history(history_place(request.parameters.at("month"), "1"));
       }},
      {"GET", "/history/{month}/{page}",
       [this](const Request& request) {
         return history(
             history_place(request.parameters.at("month"), request.parameters.at("page")));
       }},
      {"GET", "/history.rss", page(&Pages::rss)},
      {"GET", "/history.atom", page(&Pages::atom)},
      {"GET", "/badge/{name}", direct([this](const Request& request) {
         return found_or_not(pages_.badge(stem_of(request.parameters.at("name"), ".svg")));
       })},
      {"GET", "/events", direct([this](const Request&) { return events(); })},
      {"GET", "/robots.txt", direct([](const Request&) { return robots(); })},
      {"GET", "/favicon.ico", direct([](const Request&) { return asset_response("favicon.svg"); })},
      {"GET", "/api/v2/summary.json", page(&Pages::summary)},
      {"GET", "/api/v2/status.json", page(&Pages::status)},
      {"GET", "/api/v2/components.json", page(&Pages::components)},
      {"GET", "/api/v2/incidents.json", page(&Pages::incidents)},
      {"GET", "/api/v2/incidents/unresolved.json", page(&Pages::unresolved)},
      {"GET", "/api/v2/scheduled-maintenances.json", page(&Pages::maintenances)},
      {"GET", "/api/v2/scheduled-maintenances/upcoming.json", page(&Pages::upcoming_maintenances)},
      {"GET", "/api/v2/scheduled-maintenances/active.json", page(&Pages::active_maintenances)},
      {"GET", "/assets/{name}", direct([this](const Request& request) { return asset(request); })},
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
  if (is_public_data(request)) allow_other_origins(request, response);
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
  if (!state_.health.note.empty()) text += state_.health.note + "\n";
  if (!state_.health.reload_problem.empty()) {
    text += "the last reload failed, and the configuration before it is still in use:\n" +
            state_.health.reload_problem;
  }
  return text_response(troubles.empty() ? 200 : 503, std::move(text));
}

Response Endpoints::events() {
  if (state_.changes.listeners() >= most_listeners) {
    auto full = text_response(503, "too many clients wait for news");
    full.headers.push_back({"Retry-After", "60"});
    return full;
  }
  Response response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  response.topic = &state_.changes;
  return response;
}

Response Endpoints::asset(const Request& request) {
  const auto& name = request.parameters.at("name");
  if (name == "page.css") return with_caching(pages_.stylesheet(), request.query);
  if (name.starts_with("logo.")) return with_caching(pages_.logo(), request.query);
  return with_caching(asset_response(name), request.query);
}

Response Endpoints::found_or_not(std::optional<Response> found) {
  return found ? *std::move(found) : pages_.not_found();
}

Awaitable<Response> Endpoints::history(std::optional<page::HistoryPlace> place) {
  if (!place) co_return pages_.not_found();
  if (auto kept = pages_.history(*place)) co_return *std::move(kept);
  store::Chapter chapter;
  if (state_.find_chapter) {
    auto found = co_await state_.find_chapter(page::chapter_key(*place));
    if (!found) co_return text_response(503, "the history cannot be shown at the moment");
    chapter = *std::move(found);
  }
  if (chapter.incidents.empty() && place->page > 1) co_return pages_.not_found();
  co_return pages_.history(*place, chapter);
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

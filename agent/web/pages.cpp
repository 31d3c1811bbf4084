// SPDX-License-Identifier: Apache-2.0
#include "agent/web/pages.h"

#include <algorithm>
#include <utility>

#include "agent/page/assets.h"
#include "agent/page/badge.h"
#include "agent/page/feeds.h"
#include "agent/page/statuspage_json.h"
#include "agent/page/stylesheet.h"
#include "agent/web/assets.h"
#include "agent/web/gzip.h"

namespace vedette::web {
namespace {

constexpr std::size_t worth_zipping = 512;
// A component's page shows its newest runs, and is made anew so often.
constexpr Duration freshness{5'000};

Response kind(std::string content_type) {
  Response response;
  response.content_type = std::move(content_type);
  response.headers = {{"Cache-Control", "no-cache"}};
  return response;
}

Response html_kind() {
  auto response = kind("text/html; charset=utf-8");
  response.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
       "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

Response json_kind() {
  return kind("application/json; charset=utf-8");
}

Response filled(Response response, std::string body) {
  response.etag = etag_of(body);
  if (body.size() >= worth_zipping) {
    response.gzipped = std::make_shared<const std::string>(gzip(body));
  }
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

}  // namespace

// Compared by address: the shared pointers kept here make sure that no new object has an old one's.
const page::View& Pages::view() {
  const bool out_of_date = !state_.health.troubles.empty() && state_.snapshot;
  const auto now = state_.now();
  const auto minute = std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
  if (view_ && site_ == state_.site && snapshot_ == state_.snapshot &&
      out_of_date_ == out_of_date && minute_ == minute) {
    return *view_;
  }
  kept_.clear();
  made_at_.clear();
  site_ = state_.site;
  snapshot_ = state_.snapshot;
  out_of_date_ = out_of_date;
  minute_ = minute;
  static const store::Snapshot nothing_yet;
  view_ = std::make_unique<const page::View>(
      page::make_view(*site_, snapshot_ ? *snapshot_ : nothing_yet, now));
  return *view_;
}

template <class Render>
Response Pages::kept(const std::string& name, const Response& kind, Render render) {
  view();
  return kept_as_is(name, kind, render);
}

template <class Render>
Response Pages::kept_as_is(const std::string& name, const Response& kind, Render render) {
  const auto found = kept_.find(name);
  if (found != kept_.end()) return found->second;
  return kept_[name] = filled(kind, render(*view_));
}

Response Pages::status_page() {
  return kept("/", html_kind(),
              [this](const page::View& view) { return page::status_page(view, out_of_date_); });
}

Response Pages::not_found() {
  auto response = kept("404", html_kind(),
                       [](const page::View& view) { return page::not_found_page(*view.site); });
  response.status = 404;
  response.etag.clear();
  return response;
}

Response Pages::stylesheet() {
  Response css;
  css.content_type = "text/css; charset=utf-8";
  return kept("page.css", css,
              [](const page::View& view) { return page::stylesheet(view.site->brand); });
}

Response Pages::logo() {
  const auto& logo = view().site->brand.logo;
  if (logo.bytes.empty()) return text_response(404, "no such file");
  Response picture;
  picture.content_type = logo.content_type;
  // An SVG opened by itself is a document, and might bring scripts.
  picture.headers = {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}};
  return kept_as_is("logo", picture, [&](const page::View&) { return logo.bytes; });
}

const page::ComponentView* Pages::find_component(const std::string& id) {
  const auto& components = view().components;
  const auto found = std::ranges::find_if(components, [&](const page::ComponentView& component) {
    return !component.is_group && (component.key == id || component.id == id);
  });
  return found == components.end() ? nullptr : &*found;
}

std::optional<Response> Pages::component(const std::string& id) {
  const auto* component = find_component(id);
  if (component == nullptr) return std::nullopt;
  const auto name = "component " + component->key;
  const auto step = state_.now().time_since_epoch() / freshness;
  if (std::exchange(made_at_[name], step) != step) kept_.erase(name);
  return kept_as_is(name, html_kind(), [&](const page::View& view) {
    static const std::vector<std::shared_ptr<metrics::CheckSeries>> none;
    const auto checks = state_.checks ? state_.checks() : nullptr;
    return page::component_page(view, *component, checks ? *checks : none);
  });
}

std::optional<Response> Pages::badge(const std::string& id) {
  const auto* component = find_component(id);
  if (component == nullptr) return std::nullopt;
  auto svg = kind("image/svg+xml");
  svg.headers = {{"Cache-Control", "public, max-age=60"}};
  return kept_as_is("badge " + component->key, svg,
                    [&](const page::View& view) { return page::badge_svg(view, *component); });
}

std::optional<Response> Pages::incident(const std::string& id) {
  const auto& shown = view();
  const auto& incidents = shown.incidents;
  const auto found =
      std::ranges::find_if(incidents, [&](const auto& one) { return one.incident->id == id; });
  if (found != incidents.end()) {
    return kept_as_is("incident " + id, html_kind(),
                      [&](const page::View& view) { return page::incident_page(view, *found); });
  }
  for (const auto* maintenance : shown.maintenances) {
    if (maintenance->id != id) continue;
    return kept_as_is("incident " + id, html_kind(), [&](const page::View& view) {
      return page::maintenance_page(view, *maintenance);
    });
  }
  return std::nullopt;
}

std::optional<Response> Pages::old_incident(const incident::Incident& incident) {
  const auto shown = page::view_of(incident);
  if (shown.updates.empty()) return std::nullopt;
  return filled(html_kind(), page::incident_page(view(), shown));
}

std::optional<Response> Pages::history(const page::HistoryPlace& place) {
  view();
  const auto found = kept_.find(page::history_url(place));
  if (found == kept_.end()) return std::nullopt;
  return found->second;
}

Response Pages::history(const page::HistoryPlace& place, const store::Chapter& chapter) {
  auto response = filled(html_kind(), page::history_page(view(), place, chapter));
  // Of empty months there are too many to keep.
  if (!chapter.incidents.empty()) kept_[page::history_url(place)] = response;
  return response;
}

page::HistoryPlace Pages::this_month() {
  return {page::month_of(view().now)};
}

Response Pages::summary() {
  return kept("summary", json_kind(), page::summary_json);
}
Response Pages::status() {
  return kept("status", json_kind(), page::status_json);
}
Response Pages::components() {
  return kept("components", json_kind(), page::components_json);
}
Response Pages::incidents() {
  return kept("incidents", json_kind(), page::incidents_json);
}
Response Pages::unresolved() {
  return kept("unresolved", json_kind(), page::unresolved_json);
}
Response Pages::maintenances() {
  return kept("maintenances", json_kind(), [](const page::View& view) {
    return page::maintenances_json(view, page::Maintenances::all);
  });
}
Response Pages::upcoming_maintenances() {
  return kept("upcoming", json_kind(), [](const page::View& view) {
    return page::maintenances_json(view, page::Maintenances::upcoming);
  });
}
Response Pages::active_maintenances() {
  return kept("active", json_kind(), [](const page::View& view) {
    return page::maintenances_json(view, page::Maintenances::active);
  });
}
Response Pages::rss() {
  return kept("rss", kind("application/rss+xml; charset=utf-8"), page::rss_feed);
}
Response Pages::atom() {
  return kept("atom", kind("application/atom+xml; charset=utf-8"), page::atom_feed);
}

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
#include "agent/web/pages.h"

#include <algorithm>

#include "agent/web/assets.h"
#include "agent/web/page.h"
#include "agent/web/statuspage_json.h"

namespace vedette::web {
namespace {

Response html_kind() {
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-cache"},
                      {"Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
                       "connect-src 'self'; "
                       "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
                      {"Referrer-Policy", "no-referrer"}};
  return response;
}

Response json_kind() {
  Response response;
  response.content_type = "application/json; charset=utf-8";
  response.headers = {{"Cache-Control", "no-cache"}};
  return response;
}

Response filled(Response response, std::string body) {
  response.etag = etag_of(body);
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

}  // namespace

// Compared by address: the shared pointers kept here make sure that no new object has an old one's.
const View& Pages::view() {
  const bool out_of_date = !state_.health.troubles.empty() && state_.snapshot;
  if (view_ && site_ == state_.site && snapshot_ == state_.snapshot &&
      out_of_date_ == out_of_date) {
    return *view_;
  }
  kept_.clear();
  site_ = state_.site;
  snapshot_ = state_.snapshot;
  out_of_date_ = out_of_date;
  static const store::Snapshot nothing_yet;
  view_ = std::make_unique<const View>(make_view(*site_, snapshot_ ? *snapshot_ : nothing_yet));
  return *view_;
}

template <class Render>
Response Pages::kept(const std::string& name, const Response& kind, Render render) {
  const View& shown = view();
  const auto found = kept_.find(name);
  if (found != kept_.end()) return found->second;
  return kept_[name] = filled(kind, render(shown));
}

Response Pages::status_page() {
  return kept("/", html_kind(),
              [this](const View& view) { return web::status_page(view, out_of_date_); });
}

Response Pages::not_found() {
  auto response =
      kept("404", html_kind(), [](const View& view) { return not_found_page(*view.site); });
  response.status = 404;
  response.etag.clear();
  return response;
}

Response Pages::summary() {
  return kept("summary", json_kind(), summary_json);
}
Response Pages::status() {
  return kept("status", json_kind(), status_json);
}
Response Pages::components() {
  return kept("components", json_kind(), components_json);
}
Response Pages::incidents() {
  return kept("incidents", json_kind(), incidents_json);
}
Response Pages::unresolved() {
  return kept("unresolved", json_kind(), unresolved_json);
}

std::optional<Response> Pages::incident(const std::string& id) {
  const auto& incidents = view().incidents;
  const auto found =
      std::ranges::find_if(incidents, [&](const auto& shown) { return shown.incident->id == id; });
  if (found == incidents.end()) return std::nullopt;
  return kept("incident " + id, html_kind(),
              [&](const View& view) { return incident_page(view, *found); });
}

std::optional<Response> Pages::old_incident(const incident::Incident& incident) {
  const auto shown = view_of(incident);
  if (shown.updates.empty()) return std::nullopt;
  return filled(html_kind(), incident_page(view(), shown));
}

}  // namespace vedette::web

// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/drift.h"

#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace vedette::detect {
namespace {

namespace json = boost::json;

constexpr std::size_t most_known = 8;  // values of one thing that take turns

}  // namespace

// {"certificate": ["the value before", "the present one"], "header X-Request": null}: null is what
// changes all the time.
Drift::Drift(std::string_view remembered, std::span<const sights::Sight> watched) {
  boost::system::error_code trouble;
  const auto parsed = json::parse(remembered, trouble);
  if (trouble || !parsed.is_object()) return;
  for (const auto& [what, values] : parsed.as_object()) {
    const std::string_view name = what;
    if (std::ranges::find(watched, name, &sights::Sight::what) == watched.end()) continue;
    Watched& one = all_.emplace_back(Watched{.what = what, .known = {}, .arrivals = {}});
    if (values.is_null()) one.arrivals.assign(patience + 1, 0);
    if (!values.is_array()) continue;
    for (const auto& value : values.as_array()) {
      if (value.is_string() && one.known.size() < most_known)
        one.known.push_back({std::string(value.as_string()), 0});
    }
  }
}

Drift::Watched& Drift::watched(const std::string& what) {
  const auto found = std::ranges::find(all_, what, &Watched::what);
  if (found != all_.end()) return *found;
  return all_.emplace_back(Watched{.what = what, .known = {}, .arrivals = {}});
}

std::vector<Drift::Known>::const_iterator Drift::Watched::present() const {
  auto last = known.begin();
  for (auto one = known.begin(); one != known.end(); ++one) {
    if (one->last_run >= last->last_run) last = one;
  }
  return last;
}

// The present value stays, however long it was not seen.
void Drift::Watched::forget_old() {
  const auto is_old = [this](std::uint32_t seen) { return run - seen > reach; };
  std::erase_if(arrivals, is_old);
  if (known.empty()) return;
  const std::uint32_t newest = present()->last_run;
  std::erase_if(known,
                [&](const Known& one) { return one.last_run != newest && is_old(one.last_run); });
}

// Whether it is new.
bool Drift::Watched::meet(const std::string& value, std::vector<Shift>& shifts) {
  ++run;
  forget_old();
  const auto met = std::ranges::find(known, value, &Known::value);
  if (met != known.end()) {
    met->last_run = run;
    return false;
  }
  if (!known.empty()) {
    arrivals.push_back(run);
    if (!is_restless())
      shifts.push_back({what, present()->value, value, arrivals.size() == patience});
  }
  if (known.size() == most_known) known.erase(known.begin());
  known.push_back({value, run});
  return true;
}

Drift::Looked Drift::look(const std::vector<sights::Seen>& seen) {
  Looked looked;
  for (const sights::Seen& now : seen) {
    if (watched(now.what).meet(now.value, looked.shifts)) looked.met_new = true;
  }
  return looked;
}

std::vector<std::string> Drift::account() const {
  std::vector<std::string> lines;
  for (const Watched& one : all_) {
    const bool restless = one.is_restless() || one.known.empty();
    lines.push_back(
        fmt::format("watched for changes: {}: {}", one.what,
                    restless ? "it changes all the time, and is not told" : one.present()->value));
  }
  return lines;
}

std::string Drift::memory() const {
  json::object all;
  for (const Watched& one : all_) {
    json::value& values = all[one.what];
    if (one.is_restless()) continue;
    for (const Known& known : one.known) {
      if (values.is_null()) values.emplace_array();
      values.as_array().emplace_back(known.value);
    }
  }
  return json::serialize(all);
}

}  // namespace vedette::detect

// SPDX-License-Identifier: Apache-2.0
// The public sentences: calm, plain, and nothing in them that the votes do not say. No host names,
// no check names. A customer reads them. All instants are told in UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/incident/view.h"

namespace vedette::incident::wording {

// A component that fails: how, and the votes that say so.
struct Failing {
  std::string name;
  ComponentStatus status = ComponentStatus::operational;
  Votes votes;  // all of the component, also those that pass: they tell where it does not fail
};

struct Recovered {
  std::string name;
  Instant since;
};

using Names = std::vector<std::string>;

// "Login: major outage": the components that had the worst status, at most three of them by name.
std::string title(const Names& names, ComponentStatus worst);

// "Login", "Login and Payments", "Login, Payments and Search".
std::string list(const Names& names);

// "major outage"
std::string_view status_words(ComponentStatus status);

// What stands at the head of an update about components that fail.
enum class News : std::uint8_t { opened, added, reopened, back, worse, better };
std::string failing(News news, const std::vector<Failing>& components, Instant now);
// For components that fail now and then, or got worse again and again.
std::string unstable(const Names& names);

std::string recovered(const std::vector<Recovered>& components, Instant now);
std::string still_affected(const Names& names);
// " Payments depends on Database, and has not recovered with it."
std::string not_back_with(const Names& waiting, const Names& recovered);
std::string watching(const Names& names);
std::string watching_the_rest();
std::string no_longer_monitored(const Names& names);

struct Span {
  Instant began, ended, opened, now;
};
// `steady`: for how long all has been well.
std::string resolved(const Names& names, Duration steady, const Span& impact);
std::string resolved_unwatched(const Names& names);

// Nothing has changed, and the next word comes after `next` at the latest.
std::string progress(const Names& failing, const Incident& incident, Duration next, Instant now);
// It goes on within the incident of what it depends on.
std::string part_of(const std::string& root);

// "10:02:11 UTC", with the date before it when it was not the day of `now`.
std::string clock(Instant instant, Instant now);
// The two greatest units: "28 minutes and 54 seconds".
std::string words(Duration duration);

}  // namespace vedette::incident::wording

// SPDX-License-Identifier: Apache-2.0
// Every sentence of the status page that is ours, in English. A site may put its own in their place
// (`page.strings`); docs/status-page.md tells how.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::brand {

struct Strings {
  // The state of a component
  std::string operational = "Operational";
  std::string degraded_performance = "Degraded performance";
  std::string partial_outage = "Partial outage";
  std::string major_outage = "Major outage";
  std::string under_maintenance = "Under maintenance";
  std::string unknown = "Unknown";
  std::string no_data = "No data yet";

  // Of an incident
  std::string impact_none = "No impact";
  std::string impact_minor = "Minor impact";
  std::string impact_major = "Major impact";
  std::string impact_critical = "Critical impact";
  std::string investigating = "Investigating";
  std::string identified = "Identified";
  std::string monitoring = "Monitoring";
  std::string resolved = "Resolved";
  std::string postmortem = "Postmortem";

  // Of a maintenance
  std::string scheduled = "Scheduled";
  std::string in_progress = "In progress";
  std::string verifying = "Verifying";
  std::string completed = "Completed";

  // The one sentence on top
  std::string all_operational = "All systems are operational";
  std::string something_affects = "{what} affecting {components}";
  std::string maintenance_affects = "Maintenance affecting {components}";
  std::string all_systems = "all systems";
  std::string two_systems = "{first} and {second}";
  std::string some_systems = "{count} of {total} systems";
  std::string all_recovered = "All systems have recovered and are being watched";
  std::string waiting = "Waiting for the first results";
  std::string all_unknown = "The state of our systems cannot be seen at the moment";
  std::string last_change = "Last change {time}";
  std::string out_of_date =
      "This page may be out of date: the newest results cannot be recorded at the moment. "
      "Monitoring itself goes on.";
  std::string cannot_refresh =
      "This page cannot be refreshed at the moment. What you see may be out of date.";

  // Headings and links
  std::string skip = "Skip to the content";
  std::string all_systems_link = "All systems";
  std::string history = "History";
  std::string open_incidents = "Open incidents";
  std::string scheduled_maintenance = "Scheduled maintenance";
  std::string components = "Components";
  std::string regions = "Regions";
  std::string recent_incidents = "Incidents of the last 14 days";
  std::string no_recent_incidents = "No incidents in the last 14 days.";
  std::string whole_history = "All incidents";
  std::string timeline = "Timeline";
  std::string affected_components = "Affected components";
  std::string not_found = "Page not found";
  std::string nothing_here = "There is nothing at this address.";
  std::string back_to_page = "Go to the status page";
  std::string feeds = "Feeds";
  std::string times_are_in = "Times are in {zone}.";
  std::string watched_by = "Watched by Vedette";

  // Components
  std::string component_count = "{count} components";
  std::string days_ago = "90 days ago";
  std::string today = "Today";
  std::string hours_24 = "24 hours";
  std::string days_7 = "7 days";
  std::string days_30 = "30 days";
  std::string days_90 = "90 days";
  std::string percent = "{number} %";
  std::string uptime = "Uptime";
  std::string uptime_note =
      "A major outage counts in full, a partial one for 30 %. Time in which nobody could see the "
      "component is left out. The last 24 hours are exact; longer spans are whole days (UTC) and "
      "today.";
  std::string bar_calm = "Last 90 days: {uptime} up, no trouble recorded";
  std::string bar_trouble = "Last 90 days: {uptime} up, trouble on {days}";
  std::string bar_empty = "Last 90 days: nothing recorded yet";
  std::string no_downtime = "No downtime";
  std::string not_recorded = "Not recorded";
  std::string mostly_unknown = "Not visible for {duration}";
  std::string time_in = "{status} for {duration}";
  std::string trouble_days = "Days with trouble";
  std::string no_trouble_days = "No trouble in the last 90 days.";
  std::string needs = "Needs {components}";
  std::string measurements = "Measurements";
  std::string measured_from = "{probe} from {region}";
  std::string last_24_hours = "Last 24 hours";
  std::string newest_runs = "Newest {count} runs";
  std::string latency_summary = "Typically {mean}, at most {max}; {passed} of {runs} runs passed";
  std::string at_most = "at most {max}";
  std::string no_runs = "No runs yet";
  std::string badge = "Badge";

  // One incident
  std::string impact_began = "Impact began";
  std::string detected = "Detected";
  std::string opened = "Published";
  std::string recovered = "Recovered";
  std::string resolved_at = "Resolved";
  std::string after = "after {duration}";
  std::string detected_by = "Detected by";
  std::string by_check = "automatic check in {region}";
  std::string by_person = "a person";
  std::string began = "Began {time}";
  std::string lasted = "{time}, lasted {duration}";
  std::string not_over = "{time}, not over yet";
  std::string affecting = "Affecting {components}";
  std::string and_more = "{list} and {count} more";
  std::string from_to = "{from} to {to}";

  // In the manner of aggregators
  std::string had_incident = "{page} had {kind} incident on {date}{affecting}, lasting {duration}.";
  std::string has_incident = "{page} has {kind} incident since {date}{affecting}.";
  std::string kind_none = "an";
  std::string kind_minor = "a minor";
  std::string kind_major = "a major";
  std::string kind_critical = "a critical";
  std::string affecting_part = " affecting {components}";
  std::string more_components = "{list} and {count} more components";

  // History
  std::string incidents_of = "Incidents of {month}";
  std::string no_incidents_then = "No incidents in this month.";
  std::string newer = "Newer";
  std::string older = "Older";
  std::string page_of = "Page {page} of {pages}";

  // Times
  std::string months =
      "January February March April May June July August September October November December";
  std::string short_months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
  std::string date = "{day} {month} {year}";
  std::string month_and_year = "{month} {year}";
  std::string time = "{day} {month} {year}, {clock} {zone}";
  std::string less_than_a_minute = "less than a minute";
  std::string minute = "{count} minute";
  std::string minutes = "{count} minutes";
  std::string hour = "{count} hour";
  std::string hours = "{count} hours";
  std::string day = "{count} day";
  std::string days = "{count} days";
};

// A string by the key that names it in the configuration.
struct StringKey {
  std::string_view key;
  std::string Strings::*member;
};
std::span<const StringKey> string_keys();

// The names of the twelve months, as far as there are so many words.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace vedette::brand

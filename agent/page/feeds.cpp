// SPDX-License-Identifier: Apache-2.0
#include "agent/page/feeds.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "agent/page/html.h"
#include "agent/page/markdown.h"
#include "agent/page/words.h"
#include "probes/stable_hash.h"

namespace vedette::page {
namespace {

constexpr std::size_t entries_shown = 50;
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Entry {
  std::string id;
  std::string title;
  Instant published{}, updated{};
  std::string body;                        // HTML
  std::optional<Instant> maintenance_end;  // of a maintenance
};

// Of UTC, whatever zone the page shows: readers of feeds know no other.
struct Clock {
  explicit Clock(Instant at)
      : day(std::chrono::floor<std::chrono::days>(at)),
        date(day),
        time(at - std::chrono::floor<std::chrono::days>(at)) {}
  std::string_view month() const { return months[static_cast<unsigned>(date.month()) - 1]; }
  unsigned day_of_month() const { return static_cast<unsigned>(date.day()); }
  std::string hour_and_minute() const {
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  }

  std::chrono::sys_days day;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

// RFC 822 with the year in four digits.
std::string rfc822(Instant at) {
  const Clock clock(at);
  const auto weekday = std::chrono::weekday(clock.day).c_encoding();
  return fmt::format("{}, {:02} {} {} {}:{:02} +0000", weekdays[weekday], clock.day_of_month(),
                     clock.month(), static_cast<int>(clock.date.year()), clock.hour_and_minute(),
                     clock.time.seconds().count());
}

// A stable number, as Statuspage numbers its incidents.
std::uint64_t number_of(const std::string& id) {
  return stable_hash(id) % 1'000'000'000'000ULL;
}

std::string host_of(std::string_view url) {
  url.remove_prefix(std::min(url.size(), url.find("://") + 3));
  return std::string(url.substr(0, url.find_first_of(":/")));
}

void write_stamp(Html& html, Instant at) {
  const Clock clock(at);
  html << "<small>";
  html.text(clock.month()) << " <var data-var='date'>";
  html.append(fmt::format("{:2}", clock.day_of_month())) << "</var>, <var data-var='time'>";
  html.text(clock.hour_and_minute()) << "</var> UTC</small>";
}

void write_update(Html& html, Instant at, std::string_view label, std::string_view text) {
  html << "<p>";
  write_stamp(html, at);
  html << "<br><strong>";
  html.text(label) << "</strong> - ";
  html.text(text) << "</p>";
}

// An update that changed nothing is called so; readers take the first label for the present state.
std::string_view label_of(const Strings& strings, const IncidentView& shown, std::size_t index) {
  static constexpr std::string_view no_change = "Update";
  const auto& updates = shown.updates;
  const bool same = index > 0 && index + 1 < updates.size() &&
                    updates[index]->status == updates[index + 1]->status;
  return same ? no_change : std::string_view(words(strings, updates[index]->status));
}

std::string body_of(const Strings& strings, const IncidentView& shown) {
  Html html;
  for (std::size_t i = 0; i < shown.updates.size(); ++i) {
    const auto& update = *shown.updates[i];
    if (update.status == incident::Status::postmortem) {
      html << "<p>";
      write_stamp(html, update.at);
      html << "<br><strong>";
      html.text(words(strings, update.status)) << "</strong></p>";
      html.append(markdown_to_html(update.text));
    } else {
      write_update(html, update.at, label_of(strings, shown, i), update.text);
    }
  }
  return html.take();
}

std::string span_words(Instant from, Instant to) {
  const auto words = [](Instant at) {
    const Clock clock(at);
    return fmt::format("{} {:2}, {}", clock.month(), clock.day_of_month(), clock.hour_and_minute());
  };
  return fmt::format("{} - {} UTC", words(from), words(to));
}

std::string body_of(const Strings& strings, const incident::Maintenance& maintenance) {
  Html html;
  html << "<p><strong>THIS IS A SCHEDULED EVENT ";
  html.text(span_words(maintenance.scheduled_for, maintenance.scheduled_until)) << "</strong></p>";
  for (auto update = maintenance.updates.rbegin(); update != maintenance.updates.rend(); ++update) {
    write_update(html, update->at, words(strings, update->status), update->text);
  }
  return html.take();
}

std::vector<Entry> entries_of(const View& view) {
  std::vector<Entry> entries;
  for (const auto& shown : view.incidents) {
    entries.push_back({shown.incident->id, shown.incident->title, shown.incident->opened,
                       shown.updated(), body_of(view.strings(), shown), std::nullopt});
  }
  for (const auto* maintenance : view.maintenances) {
    entries.push_back({maintenance->id, maintenance->title, maintenance->scheduled_for,
                       maintenance->updates.back().at, body_of(view.strings(), *maintenance),
                       maintenance->scheduled_until});
  }
  std::ranges::stable_sort(entries, std::greater(), &Entry::published);
  if (entries.size() > entries_shown) entries.resize(entries_shown);
  return entries;
}

std::string url_of(const View& view, const Entry& entry) {
  return view.site->url + "/incidents/" + entry.id;
}

void write_item(Html& html, const View& view, const Entry& entry) {
  html << "    <item>\n      <title>";
  html.text(entry.title) << "</title>\n      <description>";
  html.text(entry.body) << "</description>\n      <pubDate>";
  html.text(rfc822(entry.published)) << "</pubDate>\n      <link>";
  html.text(url_of(view, entry)) << "</link>\n      <guid>";
  html.text(url_of(view, entry)) << "</guid>\n";
  if (entry.maintenance_end) {
    html << "      <maintenanceEndDate>";
    html.text(rfc822(*entry.maintenance_end)) << "</maintenanceEndDate>\n";
  }
  html << "    </item>\n";
}

void write_entry(Html& html, const View& view, const std::string& host, const Entry& entry) {
  html << "  <entry>\n    <id>tag:";
  html.text(host) << ",2005:Incident/";
  html.text(std::to_string(number_of(entry.id))) << "</id>\n    <published>";
  html.text(format_instant(entry.published)) << "</published>\n    <updated>";
  html.text(format_instant(entry.updated))
      << "</updated>\n    <link rel=\"alternate\" type=\"text/html\" href=\"";
  html.text(url_of(view, entry)) << "\"/>\n    <title>";
  html.text(entry.title) << "</title>\n    <content type=\"html\">";
  html.text(entry.body) << "</content>\n  </entry>\n";
}

}  // namespace

std::string rss_feed(const View& view) {
  const auto& name = view.site->brand.name;
  Html html;
  html << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
          "  <channel>\n    <title>";
  html.text(name) << " - Incident History</title>\n    <link>";
  html.text(view.site->url) << "</link>\n    <description>Statuspage</description>\n    <pubDate>";
  html.text(rfc822(view.updated)) << "</pubDate>\n";
  for (const auto& entry : entries_of(view)) write_item(html, view, entry);
  html << "  </channel>\n</rss>\n";
  return html.take();
}

std::string atom_feed(const View& view) {
  const auto& name = view.site->brand.name;
  const auto host = host_of(view.site->url);
  Html html;
  html << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<feed xml:lang=\"en-US\" xmlns=\"http://www.w3.org/2005/Atom\">\n  <id>tag:";
  html.text(host) << ",2005:/history</id>\n  <link rel=\"alternate\" type=\"text/html\" href=\"";
  html.text(view.site->url) << "\"/>\n  <link rel=\"self\" type=\"application/atom+xml\" href=\"";
  html.text(view.site->url) << "/history.atom\"/>\n  <title>";
  html.text(name) << " - Incident History</title>\n  <updated>";
  html.text(format_instant(view.updated)) << "</updated>\n  <author>\n    <name>";
  html.text(name) << "</name>\n  </author>\n";
  for (const auto& entry : entries_of(view)) write_entry(html, view, host, entry);
  html << "</feed>\n";
  return html.take();
}

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
// The components of the status page in their groups, and what each region sees of them.
#include <algorithm>
#include <map>
#include <set>

#include "agent/brand/fill.h"
#include "agent/page/days_view.h"
#include "agent/page/page_parts.h"
#include "agent/page/status_parts.h"
#include "agent/page/words.h"

namespace vedette::page {
namespace {

using incident::ComponentStatus;

// On a page with more components than this, groups without trouble begin folded.
constexpr std::size_t many_components = 40;

bool is_calm(const ComponentView& component) {
  return component.status == ComponentStatus::operational;
}

void write_row(Html& html, const View& view, const ComponentView& component) {
  html << "<li class=\"component\" id=\"c-";
  html.text(component.key) << "\"><div class=\"line\"><a class=\"name\" href=\"/components/";
  html.text(component.key) << "\">";
  html.text(component.name) << "</a>";
  write_state(html, view.strings(), component);
  html << "</div>";
  write_description(html, component);
  write_days(html, view, component, last_days(view, component));
  html << "</li>\n";
}

void write_group_head(Html& html, const View& view, const ComponentView& group, bool open) {
  html << "<details class=\"group\" id=\"g-";
  html.text(group.id) << "\"";
  if (open) html << " open";
  html << "><summary><h3>";
  html.text(group.name) << "</h3><span class=\"count\">";
  html.text(brand::fill(view.strings().component_count,
                        {{"count", std::to_string(group.children.size())}}))
      << "</span>";
  write_state(html, view.strings(), group);
  html << "</summary>\n<ul class=\"card\">\n";
}

// Neighbours that stand alone share one list; each group has its own under its name.
class Lists {
 public:
  Lists(Html& html, const View& view) : html_(html), view_(view) {}

  void write(const ComponentView& component) {
    if (component.is_group) {
      close();
      open_group(component);
    } else {
      if (component.group_name.empty() && open_ != Open::alone) open_alone();
      write_row(html_, view_, component);
    }
  }
  void close() {
    if (open_ == Open::group) html_ << "</ul></details>\n";
    if (open_ == Open::alone) html_ << "</ul>\n";
    open_ = Open::none;
  }

 private:
  enum class Open { none, group, alone };

  void open_group(const ComponentView& group) {
    const bool unfolded = view_.components.size() <= many_components || !is_calm(group);
    write_group_head(html_, view_, group, unfolded);
    open_ = Open::group;
  }
  void open_alone() {
    close();
    html_ << "<ul class=\"card\">\n";
    open_ = Open::alone;
  }

  Html& html_;
  const View& view_;
  Open open_ = Open::none;
};

void write_cell(Html& html, const brand::Strings& strings,
                const std::optional<ComponentStatus>* seen) {
  if (seen == nullptr) {
    html << "<td>–</td>";
    return;
  }
  const auto condition = *seen ? uptime::condition_of(**seen) : uptime::Condition::unknown;
  html << "<td class=\"";
  html.text(tone(condition)) << "\">";
  write_icon(html, tone(condition));
  html << "<span class=\"unseen\">";
  html.text(words(strings, condition)) << "</span></td>";
}

using Row = std::map<std::string, std::optional<ComponentStatus>>;  // by region

void write_matrix_row(Html& html, const View& view, const ComponentView& component,
                      const std::set<std::string>& regions, const Row& row) {
  html << "<tr><th scope=\"row\">";
  html.text(component.name) << "</th>";
  for (const auto& region : regions) {
    const auto found = row.find(region);
    write_cell(html, view.strings(), found == row.end() ? nullptr : &found->second);
  }
  html << "</tr>\n";
}

}  // namespace

void write_components(Html& html, const View& view) {
  if (view.components.empty()) return;
  write_section_head(html, "components", view.strings().components);
  Lists lists(html, view);
  for (const auto& component : view.components) lists.write(component);
  lists.close();
  html << "</section>\n";
}

void write_regions(Html& html, const View& view) {
  std::set<std::string> regions;
  std::map<std::string, Row> rows;
  for (const auto& seen : view.snapshot->sightings) {
    regions.insert(seen.region);
    rows[seen.component][seen.region] = seen.status;
  }
  if (regions.size() < 2) return;
  const bool folded = view.components.size() > many_components;
  write_section_head(html, "regions", view.strings().regions);
  if (folded) {
    html << "<details id=\"all-regions\"><summary>";
    html.text(brand::fill(view.strings().component_count, {{"count", std::to_string(rows.size())}}))
        << "</summary>\n";
  }
  html << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"h-regions\"><table "
          "class=\"matrix\"><thead><tr><td></td>";
  for (const auto& region : regions) {
    html << "<th scope=\"col\">";
    html.text(region) << "</th>";
  }
  html << "</tr></thead><tbody>\n";
  for (const auto& component : view.components) {
    const auto row = rows.find(component.key);
    if (component.is_group || row == rows.end()) continue;
    write_matrix_row(html, view, component, regions, row->second);
  }
  html << "</tbody></table></div>";
  if (folded) html << "</details>";
  html << "</section>\n";
}

}  // namespace vedette::page

// SPDX-License-Identifier: Apache-2.0
// Everything that people and programs read, as files for a web server or bucket that knows nothing
// of us: the same bytes, under paths that lead to the same addresses.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/page/page.h"

namespace vedette::page {

struct File {
  std::string path;  // relative, "incidents/abc/index.html"
  std::string content;
};

struct HistoryPart {
  HistoryPlace place;
  store::Chapter chapter;
};

// What is asked of the store for an export.
struct Material {
  store::Snapshot snapshot;
  std::vector<HistoryPart> history;  // newest month first; the present one is always there
};

// Every place of the history from the month of `from` on, at least the present month.
store::Expected<Material> gather(store::Store& store, Instant from, Instant now);

// What others refer to stands before them: stylesheet and script first, the first page last.
std::vector<File> exported_files(const Site& site, const Material& material,
                                 const std::vector<std::shared_ptr<metrics::CheckSeries>>& checks,
                                 Instant now);

}  // namespace vedette::page

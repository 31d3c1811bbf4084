// SPDX-License-Identifier: Apache-2.0
// Puts the files of an export where a web server finds them.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/page/export.h"

namespace vedette::app {

struct SiteWritten {
  std::size_t changed = 0, unchanged = 0, removed = 0;
};

// Each file is replaced as a whole, in their order, so that a reader finds the old one or the new
// one, and one that is as it should be is not touched. `whole`: files that an earlier export wrote
// and this one does not have are removed; what anybody else put there stays. The error, one
// sentence, names the file.
std::expected<SiteWritten, std::string> write_site(const std::filesystem::path& directory,
                                                   const std::vector<page::File>& files,
                                                   bool whole);

}  // namespace vedette::app

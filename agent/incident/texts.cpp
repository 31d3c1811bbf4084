// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/texts.h"

namespace vedette::incident {

std::span<const TextKey> text_keys() {
  static const std::vector<TextKey> keys{
      {"title", &Texts::title, {"components", "status", "text"}},
      {"opened", &Texts::opened, {"components", "text"}},
      {"added", &Texts::added, {"components", "text"}},
      {"reopened", &Texts::reopened, {"components", "text"}},
      {"back", &Texts::back, {"components", "text"}},
      {"worse", &Texts::worse, {"components", "text"}},
      {"better", &Texts::better, {"components", "text"}},
      {"monitoring", &Texts::monitoring, {"components", "text"}},
      {"progress", &Texts::progress, {"components", "since", "next", "text"}},
      {"resolved", &Texts::resolved, {"components", "began", "ended", "impact", "open", "text"}}};
  return keys;
}

std::string or_ours(const std::string& own, brand::Fillings fillings, std::string ours) {
  return own.empty() ? std::move(ours) : brand::fill(own, fillings);
}

}  // namespace vedette::incident

// SPDX-License-Identifier: Apache-2.0
#include "agent/app/site.h"

namespace vedette::app {

page::Site site_of(const settings::Settings& settings, const std::string& listening,
                   Instant loaded) {
  const auto& agent = settings.agent;
  const bool is_default = agent.public_url == "http://" + agent.listen;
  page::Site site;
  site.brand = settings.page;
  site.url = is_default ? "http://" + listening : agent.public_url;
  for (const auto& component : settings.components) {
    if (!component.internal) site.components.push_back(component);
  }
  site.loaded = loaded;
  return site;
}

std::vector<web::Token> tokens_of(const settings::Agent& agent) {
  std::vector<web::Token> tokens;
  for (const auto& token : agent.tokens) tokens.push_back({token.name, token.value});
  return tokens;
}

}  // namespace vedette::app

// SPDX-License-Identifier: Apache-2.0
// `vedette incident|change|maintenance ...`: what people do, through the API of a running agent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/cli/operator_client.h"

namespace CLI {
class App;
}

namespace vedette::cli {

// What the command line says; CLI11 writes into it while it parses.
struct OperatorWords {
  Server server;
  bool json = false;
  std::string id, text, title, status, impact, into, at, from, until, verify_for, description, file;
  std::vector<std::string> components;
  int sequence = 0;
  bool is_public = false, internal = false, only_open = false, draft = false;
};

// `words` outlives the parsing, and so must what is returned: the commands refer to it.
[[nodiscard]] std::shared_ptr<const void> add_operator_commands(CLI::App& app, OperatorWords& words,
                                                                int& exit_code);

}  // namespace vedette::cli

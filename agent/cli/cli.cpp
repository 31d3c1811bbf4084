// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/cli.h"

#include <algorithm>
#include <csignal>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "agent/cli/check_command.h"
#include "agent/cli/export_command.h"
#include "agent/cli/jsonpath_command.h"
#include "agent/cli/load_settings.h"
#include "agent/cli/logging.h"
#include "agent/cli/operator_commands.h"
#include "agent/cli/run_command.h"
#include "agent/demo/demo.h"
#include "agent/simulate/command.h"
#include "agent/version.h"

namespace vedette::cli {
namespace {

constexpr auto about =
    R"(Vedette watches a service from outside: it runs checks, keeps the incidents that follow
from them, and shows both on a status page, as metrics and through an API.)";

constexpr auto examples = R"(Examples:
  vedette validate /etc/vedette          tell every problem of a configuration
  vedette check /etc/vedette             run every check once, now
  vedette check shop.yaml login --json   one check, for a script or a deploy gate
  vedette run /etc/vedette               the agent; SIGHUP reloads, SIGTERM ends it
  vedette export /etc/vedette --out www  the status page as files, for another web server
  vedette simulate outage.yaml           rehearse an outage in virtual time
  vedette explain login                  why a running agent thinks of it what it does
  vedette change record "Deploy 42" --component shop
  vedette incident comment ID "Waiting for the provider" --public

Exit codes: 0 all is well, 1 something failed, 2 bad input (told as file:line:column: message).)";

constexpr auto config_help = "a YAML file, or a directory of *.yaml that are merged";

// What was configured, without what stands beside it for our own purposes.
template <class Items>
auto configured(const Items& items) {
  return std::ranges::count_if(items, [](const auto& item) { return !item.internal; });
}

int validate_command(const std::string& config) {
  const auto settings = load_settings(config);
  if (!settings) return 2;
  fmt::print("{} is good: {} components, {} checks\n", config, configured(settings->components),
             configured(settings->checks));
  return 0;
}

// The options of all commands; CLI11 writes into them while it parses.
struct Words {
  LogSettings log;
  std::string config;
  CheckOptions check;
  std::string export_directory;
  std::string scenario;
  bool scenario_json = false;
  demo::Options shop;
  std::string json_path;
  std::string json_file;
};

void add_commands(CLI::App& app, Words& words, int& exit_code) {
  auto* run = app.add_subcommand(
      "run", "Run the agent until SIGTERM or Ctrl-C; SIGHUP reloads the configuration");
  run->add_option("CONFIG", words.config, config_help)->required();
  run->callback([&] { exit_code = run_command(words.config); });

  auto* validate =
      app.add_subcommand("validate", "Check a configuration and tell every problem at once");
  validate->add_option("CONFIG", words.config, config_help)->required();
  validate->callback([&] { exit_code = validate_command(words.config); });

  auto* check = app.add_subcommand("check", "Run checks once, now, and show what they saw");
  check->add_option("CONFIG", words.check.config, config_help)->required();
  check->add_option("NAME", words.check.names, "names of checks (default: all)");
  check->add_flag("--json", words.check.json, "print one JSON array instead of the table");
  check->callback([&] { exit_code = check_command(words.check); });

  auto* exporting = app.add_subcommand(
      "export", "Write the status page, feeds and API as files, from the store of a configuration");
  exporting->add_option("CONFIG", words.config, config_help)->required();
  exporting->add_option("--out", words.export_directory, "the directory; made when it is missing")
      ->required();
  exporting->callback([&] { exit_code = export_command(words.config, words.export_directory); });

  auto* simulate =
      app.add_subcommand("simulate", "Rehearse an outage in virtual time and print its timeline");
  simulate->add_option("SCENARIO", words.scenario, "a scenario file; see docs/scenarios.md")
      ->required();
  simulate->add_flag("--json", words.scenario_json, "print the timeline as JSON");
  simulate->callback([&] { exit_code = simulate::command(words.scenario, words.scenario_json); });

  auto* demo = app.add_subcommand(
      "demo", "Serve a small shop with switches that break it, for trying Vedette");
  demo->add_option("--listen", words.shop.listen, "address:port")->capture_default_str();
  demo->add_option("--seed", words.shop.seed, "a number: the same one makes the same things fail");
  demo->callback([&] { exit_code = demo::command(words.shop); });

  auto* jsonpath = app.add_subcommand(
      "jsonpath", "Print what a JSONPath (RFC 9535) selects, as one JSON array, for trying it");
  jsonpath->add_option("EXPR", words.json_path, "the path, such as '$.items[?@.left > 0].name'")
      ->required();
  jsonpath->add_option("FILE", words.json_file, "a JSON document (default: standard input)");
  jsonpath->callback([&] { exit_code = jsonpath_command(words.json_path, words.json_file); });
}

}  // namespace

int run(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a peer or a reader that went away is an error of the write, not our end
  CLI::App app{about, "vedette"};
  Words words;
  int exit_code = 0;
  app.footer(examples);
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("vedette ") + version);
  app.add_option("--log-level", words.log.level, "what to log")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  app.add_option("--log-format", words.log.format, "how to log")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  app.parse_complete_callback([&] { set_up_logging(words.log); });
  add_commands(app, words, exit_code);
  OperatorWords operator_words;
  const auto kept = add_operator_commands(app, operator_words, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "vedette: internal error: {}\n", error.what());
    return 1;
  }
  return exit_code;
}

}  // namespace vedette::cli

// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/operator_commands.h"

#include <functional>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include "agent/cli/operator_report.h"
#include "config/file.h"
#include "probes/encoding.h"

namespace vedette::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_postmortem = 32 << 10;

int complain(const std::string& why) {
  fmt::print(stderr, "vedette: {}\n", why);
  return 1;
}

int show(const OperatorWords& words, const Answered& answer) {
  if (!answer) return complain(answer.error());
  fmt::print("{}", words.json ? json::serialize(*answer) + "\n" : as_report(*answer));
  return 0;
}

void put(json::object& body, std::string_view key, const std::string& value) {
  if (!value.empty()) body[key] = value;
}

void put(json::object& body, std::string_view key, const std::vector<std::string>& values) {
  json::array array;
  for (const std::string& value : values) array.push_back(json::value(value));
  if (!array.empty()) body[key] = std::move(array);
}

// Adds commands that all lead to one exit code.
class Commands {
 public:
  Commands(OperatorWords& words, int& exit_code) : words_(words), exit_code_(exit_code) {}

  void add_to(CLI::App& app) {
    add_explain(*app.add_subcommand("explain", "Say why a check is in its state"));
    add_incident(*app.add_subcommand("incident", "Look at incidents and work on them"));
    add_change(*app.add_subcommand("change", "Tell what was done: deploys, edited settings"));
    add_maintenance(*app.add_subcommand("maintenance", "Plan maintenances and end them"));
  }

 private:
  using Body = std::function<void(json::object&)>;

  CLI::App& command(CLI::App& group, const std::string& name, const std::string& about) {
    auto* made = group.add_subcommand(name, about);
    group.require_subcommand(1);
    add_server(*made);
    return *made;
  }

  void add_server(CLI::App& made) {
    made.add_option("--server", words_.server.url,
                    "address of the agent (default: VEDETTE_SERVER, else http://127.0.0.1:9876)");
    made.add_option("--token-file", words_.server.token_file,
                    "a file that holds the token (default: VEDETTE_TOKEN)");
    made.add_flag("--json", words_.json, "print the answer as JSON");
  }

  void asks(CLI::App& made, const std::string& path) {
    made.callback([this, path] { exit_code_ = show(words_, call(words_.server, "GET", path)); });
  }

  void posts(CLI::App& made, std::function<std::string()> path, Body fill) {
    made.callback([this, path = std::move(path), fill = std::move(fill)] {
      json::object body;
      fill(body);
      exit_code_ = show(words_, call(words_.server, "POST", path(), std::move(body)));
    });
  }

  // A command on one incident or maintenance.
  CLI::App& on_one(CLI::App& group, const std::string& where, const std::string& name,
                   const std::string& about, Body fill) {
    auto& made = command(group, name, about);
    made.add_option("ID", words_.id, "its id, as `list` shows it")->required();
    posts(
        made, [this, where, name] { return where + words_.id + "/" + name; }, std::move(fill));
    return made;
  }

  CLI::App& on_incident(CLI::App& group, const std::string& name, const std::string& about,
                        Body fill) {
    return on_one(group, "/api/v1/incidents/", name, about, std::move(fill));
  }

  void text(CLI::App& made, const std::string& about, bool needed = false) {
    made.add_option("TEXT", words_.text, about)->required(needed);
  }

  void components(CLI::App& made, bool needed) {
    made.add_option("--component", words_.components, "id of a component; may be repeated")
        ->required(needed);
  }

  void add_explain(CLI::App& made);
  void add_incident(CLI::App& group);
  void add_incident_edits(CLI::App& group);
  void add_postmortem(CLI::App& group);
  void add_change(CLI::App& group);
  void add_maintenance(CLI::App& group);
  int postmortem();

  OperatorWords& words_;
  int& exit_code_;
};

void Commands::add_explain(CLI::App& made) {
  add_server(made);
  made.add_option("CHECK", words_.id, "its name; with the variant in brackets, only that one")
      ->required();
  made.callback([this] {
    exit_code_ =
        show(words_, call(words_.server, "GET", "/api/v1/explain?check=" + form_encode(words_.id)));
  });
}

void Commands::add_incident(CLI::App& group) {
  auto& list = command(group, "list", "Open incidents and the newest others");
  list.add_flag("--open", words_.only_open, "open ones only");
  list.callback([this] {
    const std::string query = words_.only_open ? "?status=open" : "";
    exit_code_ = show(words_, call(words_.server, "GET", "/api/v1/incidents" + query));
  });
  auto& one = command(group, "show", "One incident with all its entries");
  one.add_option("ID", words_.id, "its id")->required();
  one.callback([this] {
    exit_code_ = show(words_, call(words_.server, "GET", "/api/v1/incidents/" + words_.id));
  });
  auto& open = command(group, "open", "Open an incident that no check has found");
  open.add_option("TITLE", words_.title, "its title")->required();
  open.add_option("--text", words_.text, "the first public entry");
  open.add_option("--impact", words_.impact, "none, minor, major or critical");
  open.add_option("--status", words_.status, "of the components (default: major_outage)");
  components(open, false);
  posts(
      open, [] { return "/api/v1/incidents"; },
      [this](json::object& body) {
        put(body, "title", words_.title);
        put(body, "text", words_.text);
        put(body, "impact", words_.impact);
        put(body, "status", words_.status);
        put(body, "components", words_.components);
      });
  add_incident_edits(group);
  add_postmortem(group);
}

void Commands::add_incident_edits(CLI::App& group) {
  const Body with_text = [this](json::object& body) { put(body, "text", words_.text); };
  on_incident(group, "acknowledge", "Say that you are on it", [](json::object&) {});
  auto& comment = on_incident(group, "comment", "Add an entry, internal unless --public",
                              [this](json::object& body) {
                                put(body, "text", words_.text);
                                body["public"] = words_.is_public;
                              });
  text(comment, "what to say", true);
  comment.add_flag("--public", words_.is_public, "customers read it");
  auto& status = on_incident(group, "status", "investigating, identified or monitoring",
                             [this](json::object& body) {
                               put(body, "status", words_.status);
                               put(body, "text", words_.text);
                             });
  status.add_option("STATUS", words_.status, "the status")->required();
  text(status, "the public entry (default: usual words)");
  auto& impact = on_incident(group, "impact", "Set the impact, or `auto` to let it follow again",
                             [this](json::object& body) {
                               if (words_.impact == "auto")
                                 body["impact"] = nullptr;
                               else
                                 put(body, "impact", words_.impact);
                             });
  impact.add_option("IMPACT", words_.impact, "none, minor, major, critical or auto")->required();
  auto& strike = on_incident(group, "strike", "Rule out what an internal entry supposes",
                             [this](json::object& body) {
                               body["sequence"] = words_.sequence;
                               put(body, "text", words_.text);
                             });
  strike.add_option("ENTRY", words_.sequence, "the number of the entry")->required();
  text(strike, "why");
  auto& title = on_incident(group, "title", "Give it another title",
                            [this](json::object& body) { put(body, "title", words_.title); });
  title.add_option("TITLE", words_.title, "the title")->required();
  text(on_incident(group, "resolve", "End it; only a new failure opens it again", with_text),
       "the public entry");
  text(on_incident(group, "reopen", "Take it up again", with_text), "the public entry");
  auto& merge = on_incident(group, "merge", "Close it; another incident goes on with it",
                            [this](json::object& body) { put(body, "into", words_.into); });
  merge.add_option("INTO", words_.into, "the id of the other one")->required();
  auto& split =
      on_incident(group, "split", "Some of its components leave for an incident of their own",
                  [this](json::object& body) { put(body, "components", words_.components); });
  components(split, true);
}

void Commands::add_postmortem(CLI::App& group) {
  auto& made = command(group, "postmortem", "Print a draft, or publish the edited file");
  made.add_option("ID", words_.id, "its id")->required();
  made.add_option("--publish", words_.file, "the edited draft, markdown");
  made.callback([this] { exit_code_ = postmortem(); });
}

int Commands::postmortem() {
  const std::string path = "/api/v1/incidents/" + words_.id + "/postmortem";
  if (words_.file.empty()) return show(words_, call(words_.server, "GET", path));
  const auto text = config::read_file(words_.file, longest_postmortem);
  if (!text) return complain(fmt::format("{} {}", words_.file, text.error()));
  return show(words_, call(words_.server, "POST", path, json::object{{"text", *text}}));
}

void Commands::add_change(CLI::App& group) {
  asks(command(group, "list", "What was done in the last 30 days"), "/api/v1/changes");
  auto& record = command(group, "record", "Record that something was done");
  text(record, "what was done, one line", true);
  components(record, true);
  record.add_option("--at", words_.at, "when, as 2026-11-08T10:00:00Z (default: now)");
  record.add_flag("--internal", words_.internal, "customers do not read the text");
  posts(
      record, [] { return "/api/v1/changes"; },
      [this](json::object& body) {
        put(body, "text", words_.text);
        put(body, "components", words_.components);
        put(body, "at", words_.at);
        if (words_.internal) body["public"] = false;
      });
}

void Commands::add_maintenance(CLI::App& group) {
  const std::string where = "/api/v1/maintenances/";
  asks(command(group, "list", "Maintenances, the latest start first"), "/api/v1/maintenances");
  auto& schedule = command(group, "schedule", "Announce a maintenance");
  schedule.add_option("TITLE", words_.title, "its title")->required();
  components(schedule, true);
  schedule.add_option("--from", words_.from, "begin, as 2026-11-08T10:00:00-05:00 (default: now)");
  schedule.add_option("--until", words_.until, "end")->required();
  schedule.add_option("--verify-for", words_.verify_for, "silent for so long after its end: 10m");
  schedule.add_option("--description", words_.description, "a sentence for customers");
  posts(
      schedule, [] { return "/api/v1/maintenances"; },
      [this](json::object& body) {
        put(body, "title", words_.title);
        put(body, "components", words_.components);
        put(body, "from", words_.from);
        put(body, "until", words_.until);
        put(body, "verify_for", words_.verify_for);
        put(body, "description", words_.description);
      });
  auto& extend = on_one(group, where, "extend", "Let it end at another time",
                        [this](json::object& body) { put(body, "until", words_.until); });
  extend.add_option("--until", words_.until, "the new end")->required();
  on_one(group, where, "end", "End it now", [](json::object&) {});
  on_one(group, where, "cancel", "Take it off the plan", [](json::object&) {});
  text(on_one(group, where, "comment", "Add a public entry",
              [this](json::object& body) { put(body, "text", words_.text); }),
       "what to say", true);
}

}  // namespace

std::shared_ptr<const void> add_operator_commands(CLI::App& app, OperatorWords& words,
                                                  int& exit_code) {
  auto commands = std::make_shared<Commands>(words, exit_code);
  commands->add_to(app);
  return commands;
}

}  // namespace vedette::cli

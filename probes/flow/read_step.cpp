// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/read_step.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/flow/idempotency.h"
#include "probes/flow/webhook_subjects.h"

namespace vedette::flow {
namespace {

using namespace std::chrono_literals;
using config::Node;
using config::Problems;
using StepSection = config::Section;

constexpr Duration longest = 24h;

std::string quoted_name(const Node& node) {
  const Node* name = node.find("name");
  return name != nullptr && name->kind == Node::Kind::scalar
             ? fmt::format("the step {}", config::quote(name->scalar))
             : std::string("a step");
}

// For a trial reading of a section whose values come only when it runs.
Scope samples(const Context& context) {
  return {[&context](std::string_view name) {
            const auto found = context.samples.find(name);
            return found == context.samples.end() ? &Scope::sample : &found->second;
          },
          "", 0, true};
}

void check_names(const Section& section, const Context& context, Problems& problems) {
  section.for_each_name([&](const std::string& name, const config::Place& place) {
    require_known(name, place, context.known, problems);
  });
}

// Reads it once with samples, so that its mistakes are told now and not at three in the morning.
void try_out(Step& step, const Context& context, Problems& problems) {
  auto filled = step.section->fill(samples(context));
  if (!filled) return;  // arithmetic on a sample need not work
  std::shared_ptr<const Probe> probe = step.type->parse(*filled, problems);
  if (step.section->is_plain()) step.fixed = std::move(probe);
}

class Reader {
 public:
  Reader(const Node& node, Context& context, Problems& problems)
      : section_(node, quoted_name(node), problems), context_(context), problems_(problems) {}

  Step read() {
    read_name();
    read_kind();
    if (section_.find("timeout") != nullptr)
      step_.timeout = section_.duration("timeout", 5s, 10ms, longest);
    step_.only_if = Conditions::read(section_, "only_if", context_.known);
    step_.captures = read_captures(section_);
    Names with_own = context_.known;
    for (const Capture& capture : step_.captures) with_own.insert(capture.name);
    context_.known = std::move(with_own);
    step_.verify = Conditions::read(section_, "verify", context_.known);
    read_repeat();
    read_amount();
    read_undoes();
    read_cleanup();
    check_sense();
    section_.finish();
    context_.step_names.insert(step_.name);
    return std::move(step_);
  }

 private:
  void read_name() {
    step_.name = section_.required_text("name");
    if (step_.name.empty()) return;
    if (step_.name.size() > 64 || step_.name.contains('\n')) {
      problems_.add(section_.find("name")->place, "a step's name is one line of at most 64 bytes");
    } else if (context_.step_names.contains(step_.name)) {
      problems_.add(section_.find("name")->place,
                    fmt::format("there is a step {} before", config::quote(step_.name)));
    }
  }

  void read_kind() {
    for (const ProbeType& type : context_.types) {
      if (const Node* node = section_.find(type.name)) read_probe(type, *node);
    }
    if (section_.find("pause") != nullptr) {
      ++kinds_;
      step_.pause = section_.duration("pause", 1s, 1ms, 1h);
    }
    if (const Node* node = section_.find("webhook")) read_webhook(*node);
  }

  void read_probe(const ProbeType& type, const Node& node) {
    ++kinds_;
    step_.type = &type;
    const bool wants_key = context_.cleaning || section_.find("cleanup") != nullptr;
    step_.section = Section::read(
        wants_key && type.name == "http" ? with_key(node, section_) : node, type.name, problems_);
    check_names(*step_.section, context_, problems_);
    try_out(step_, context_, problems_);
  }

  void read_webhook(const Node& node) {
    ++kinds_;
    StepSection section(node, "webhook", problems_);
    WebhookWait wait;
    wait.within = section.duration("within", wait.within, 10ms, 1h);
    wait.signature = read_signature(section);
    wait.expectations = peer::read_expectations(section, webhook_subjects);
    wait.once_for = section.duration("once_for", 0s, 0s, 1h);
    section.finish();
    step_.webhook = std::move(wait);
    if (context_.cleaning)
      problems_.add(node.place, "a cleanup cannot wait for a call: nobody may be there for it");
  }

  void read_repeat() {
    const Node* node = section_.find("repeat");
    if (node == nullptr) return;
    StepSection section(*node, "repeat", problems_);
    Repeat repeat;
    repeat.until = Conditions::read(section, "until", context_.known);
    repeat.every = section.duration("every", repeat.every, 10ms, 1h);
    repeat.within = section.duration("within", repeat.within, 10ms, longest);
    section.finish();
    step_.repeat = std::move(repeat);
    if (step_.type == nullptr)
      problems_.add(node->place, "only a step that asks something can be repeated");
  }

  void read_amount() {
    const Node* node = section_.find("amount");
    const auto text = node == nullptr ? std::nullopt : config::read_text(*node, problems_);
    if (!text) return;
    auto amount = parse_amount(*text);
    if (amount)
      step_.amount = *std::move(amount);
    else
      problems_.add(node->place, amount.error());
  }

  void read_undoes() {
    step_.undoes = section_.texts("undoes");
    for (const std::string& name : step_.undoes) {
      if (context_.step_names.contains(name)) continue;
      problems_.add(section_.find("undoes")->place,
                    fmt::format("there is no step {} before this one", config::quote(name)));
    }
  }

  // Its steps know what this step gives, and each what those before it give.
  void read_cleanup() {
    const Node* node = section_.find("cleanup");
    if (node == nullptr) return;
    if (context_.cleaning) {
      problems_.add(node->place, "a cleanup has no cleanup of its own");
      return;
    }
    if (node->kind != Node::Kind::list || node->items.empty()) {
      problems_.add(node->place, "\"cleanup\" must be a list of steps");
      return;
    }
    Context inside = context_;
    inside.cleaning = true;
    inside.step_names.clear();
    for (const Node& item : node->items)
      step_.cleanup.push_back(read_step(item, inside, problems_));
    if (step_.type == nullptr)
      problems_.add(node->place, "only a step that does something can be cleaned up after");
    const bool http = step_.type != nullptr && step_.type->name == "http";
    if (http && step_.repeat && section_.text("idempotency_key", "") == "none")
      problems_.add(node->place,
                    "a step that is repeated may do it again each time, and only the last time can "
                    "be cleaned up after: give it an idempotency_key");
  }

  void check_sense() {
    if (section_.node().kind != Node::Kind::map) return;
    if (kinds_ > 1) problems_.add(section_.place(), "a step does one thing, but this one several");
    if (kinds_ == 0 && !step_.verify) {
      std::vector<std::string_view> names;
      for (const ProbeType& type : context_.types) names.push_back(type.name);
      problems_.add(section_.place(),
                    fmt::format("a step does something: one of {}, webhook, pause; or it has "
                                "\"verify\"",
                                fmt::join(names, ", ")));
    }
  }

  StepSection section_;
  Context& context_;
  Problems& problems_;
  Step step_;
  int kinds_ = 0;
};

}  // namespace

Step read_step(const Node& node, Context& context, Problems& problems) {
  return Reader(node, context, problems).read();
}

}  // namespace vedette::flow

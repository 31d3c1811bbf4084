// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/settings.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/flow/live_keys.h"
#include "probes/flow/read_step.h"

namespace vedette::flow {
namespace {

using namespace std::chrono_literals;
using config::Node;
using config::Problems;
using FlowSection = config::Section;

constexpr std::size_t most_steps = 100;
constexpr std::size_t most_variants = 100;

// Secrets are masked wherever they might show.
std::optional<Value> read_value(const Node& node, Mask& mask, Problems& problems) {
  if (node.kind == Node::Kind::map) {
    const auto secret = config::read_secret(node, problems);
    if (!secret) return std::nullopt;
    mask.add_with_encodings(secret->reveal());
    return Value{secret->reveal(), Value::Kind::text, true};
  }
  const auto text = config::read_text(node, problems);
  if (!text) return std::nullopt;
  if (text->contains("${")) {
    problems.add(node.place, "a value is what it is: it cannot refer to another one");
    return std::nullopt;
  }
  return node.quoted ? Value{*text} : value_of_text(*text);
}

Values read_values(const Node& node, std::string_view what, Mask& mask, Problems& problems) {
  Values out;
  FlowSection section(node, std::string(what), problems);  // complains about other kinds
  for (const Node::Entry& entry : node.entries) {
    check_name(entry.key, entry.place, problems);
    if (auto value = read_value(entry.value, mask, problems)) out.emplace(entry.key, *value);
  }
  return out;
}

// Its name, or the values that tell it from others: "visa eur".
std::string name_of(const VariantValues& variant) {
  std::string name;
  for (const auto& [key, value] : variant.values) {
    if (value.secret) continue;
    if (!name.empty()) name += ' ';
    name += value.text;
  }
  return name;
}

VariantValues read_variant(const Node& node, Mask& mask, Problems& problems) {
  VariantValues out;
  Node values = node;
  std::erase_if(values.entries, [](const auto& entry) { return entry.key == "name"; });
  out.values = read_values(values, "a variant", mask, problems);
  const Node* name = node.find("name");
  out.name = name != nullptr && name->kind == Node::Kind::scalar ? name->scalar : name_of(out);
  const bool fits = !out.name.empty() && out.name.size() <= 64 &&
                    out.name.find_first_of("[]\n") == std::string::npos;
  if (node.kind == Node::Kind::map && !fits) {
    problems.add(node.place,
                 "a variant needs a name of at most 64 bytes without [ and ], given as "
                 "\"name\" or made of its values");
  }
  return out;
}

void read_variants(FlowSection& section, Settings& out) {
  const Node* node = section.find("variants");
  if (node == nullptr) return;
  Problems& problems = section.problems();
  if (node->kind != Node::Kind::list || node->items.empty() || node->items.size() > most_variants) {
    problems.add(node->place, fmt::format("\"variants\" must be a list of 1 to {} maps of values",
                                          most_variants));
    return;
  }
  for (const Node& item : node->items) {
    auto variant = read_variant(item, out.mask, problems);
    const auto same_keys = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (!out.variants.empty() &&
        !std::ranges::equal(out.variants.front().values, variant.values, same_keys))
      problems.add(item.place, "every variant gives the same values as the first one");
    if (std::ranges::find(out.variants, variant.name, &VariantValues::name) != out.variants.end())
      problems.add(item.place, fmt::format("there is a variant {} before; give it a \"name\"",
                                           config::quote(variant.name)));
    out.variants.push_back(std::move(variant));
  }
}

void read_limits(FlowSection& section, Limits& out) {
  const Node* node = section.find("limits");
  if (node == nullptr) return;
  FlowSection limits(*node, "limits", section.problems());
  out.runs_per_hour = static_cast<int>(limits.integer("runs_per_hour", 0, 1, 100'000));
  out.one_at_a_time = limits.boolean("one_at_a_time", false);
  if (const Node* amount = limits.find("amount_per_day")) {
    const auto text = config::read_text(*amount, section.problems());
    auto parsed = parse_amount(text.value_or(""));
    if (text && !parsed) section.problems().add(amount->place, parsed.error());
    if (parsed) out.amount_per_day = *std::move(parsed);
  }
  limits.finish();
}

// One currency, written alike, so that amounts can be added.
void check_amounts(FlowSection& section, const Settings& settings) {
  std::optional<Amount> first = settings.limits.amount_per_day;
  for (const Step& step : settings.steps) {
    if (!step.amount) continue;
    if (!first) first = step.amount;
    if (step.amount->currency == first->currency && step.amount->decimals == first->decimals)
      continue;
    section.problems().add(section.place(),
                           fmt::format("the amounts of a flow are of one currency and written with "
                                       "as many decimals, but there are {} and {}",
                                       first->text(), step.amount->text()));
    return;
  }
  if (settings.limits.amount_per_day && !settings.amount()) {
    section.problems().add(
        section.place(),
        "\"amount_per_day\" has nothing to count: give the step that moves money "
        "its \"amount\"");
  }
}

Context context_of(const Settings& settings, std::span<const ProbeType> types, bool has_webhook) {
  Context context{.types = types, .known = names_of_every_flow()};
  context.has_webhook = has_webhook;
  context.samples = settings.values;
  if (!settings.variants.empty()) {
    context.known.insert("variant");
    for (const auto& [name, value] : settings.variants.front().values)
      context.samples.insert_or_assign(name, value);
  }
  for (const auto& [name, value] : context.samples) context.known.insert(name);
  if (has_webhook) context.known.insert("webhook.url");
  return context;
}

void read_steps(FlowSection& section, std::span<const ProbeType> types, Settings& out) {
  const Node* node = section.require("steps");
  if (node == nullptr) return;
  Problems& problems = section.problems();
  if (node->kind != Node::Kind::list || node->items.empty() || node->items.size() > most_steps) {
    problems.add(node->place, fmt::format("\"steps\" must be a list of 1 to {} steps", most_steps));
    return;
  }
  out.has_webhook = std::ranges::any_of(
      node->items, [](const Node& item) { return item.find("webhook") != nullptr; });
  Context context = context_of(out, types, out.has_webhook);
  for (const Node& item : node->items) out.steps.push_back(read_step(item, context, problems));
}

}  // namespace

std::optional<Amount> Settings::amount() const {
  std::optional<Amount> sum;
  for (const Step& step : steps) {
    if (!step.amount) continue;
    if (sum)
      sum->minor += step.amount->minor;
    else
      sum = step.amount;
  }
  return sum;
}

bool Settings::has_cleanup() const {
  return std::ranges::any_of(steps, [](const Step& step) { return !step.cleanup.empty(); });
}

std::optional<Settings> read_settings(const Node& node, std::span<const ProbeType> types,
                                      Problems& problems) {
  Problems found;
  FlowSection section(node, "flow", found);
  Settings out;
  if (const Node* values = section.find("values"))
    out.values = read_values(*values, "values", out.mask, found);
  read_variants(section, out);
  read_limits(section, out.limits);
  out.share_connection = section.choice("connection", 0, {"shared", "fresh"}) == 0;
  out.cleanup_within = section.duration("cleanup_within", out.cleanup_within, 100ms, 10min);
  out.cleanup_attempts =
      static_cast<int>(section.integer("cleanup_attempts", out.cleanup_attempts, 1, 100));
  const auto more = section.texts("live_keys");
  if (!section.boolean("live", false)) refuse_live_keys(node, more, found);
  read_steps(section, types, out);
  if (found.empty()) check_amounts(section, out);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::flow

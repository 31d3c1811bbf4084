// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/variables.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::flow {
namespace {

namespace json = boost::json;

// Whatever is drawn for a run follows from its id.
std::string drawn(std::string_view run, std::string_view what) {
  return net::digest(net::Hash::sha256, fmt::format("{}\n{}", run, what));
}

std::int64_t seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

const Value* find_in(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

}  // namespace

Variables::Variables(const Settings& settings, const VariantValues* variant, std::string run,
                     Instant began)
    : settings_(settings), variant_(variant), run_(std::move(run)), mask_(settings.mask) {
  own_["run.id"] = {run_};
  own_["run.time"] = {fmt::format("{}", seconds(began)), Value::Kind::number};
  own_["run.random"] = {hex(drawn(run_, "random").substr(0, 8))};
  if (variant_ != nullptr) own_["variant"] = {variant_->name};
}

std::string Variables::new_run() {
  return hex(net::random_bytes(10));
}

void Variables::learn(const Values& values) {
  for (const auto& [name, value] : values) {
    captured_.insert_or_assign(name, value);
    if (value.secret) mask_.add_with_encodings(value.text);
  }
}

void Variables::set_webhook(const std::string& url) {
  own_["webhook.url"] = {url};
}

const Value* Variables::find(std::string_view name) const {
  const Value* value = find_in(captured_, name);
  if (value == nullptr && variant_ != nullptr) value = find_in(variant_->values, name);
  if (value == nullptr) value = find_in(settings_.values, name);
  return value != nullptr ? value : find_in(own_, name);
}

Scope Variables::scope(const std::string& step, Instant now) const {
  const auto key = std::make_shared<const Value>(hex(drawn(run_, "key of " + step).substr(0, 16)));
  return {
      [this, key](std::string_view name) { return name == "step.key" ? key.get() : find(name); },
      run_ + "\n" + step, seconds(now)};
}

// {"intent": ["pi_1", 0, false]}: text, kind, secret.
std::string Variables::captured() const {
  json::object out;
  for (const auto& [name, value] : captured_)
    out[name] = json::array{value.text, static_cast<int>(value.kind), value.secret};
  return json::serialize(out);
}

void Variables::restore(const std::string& captured) {
  boost::system::error_code error;
  const json::value parsed = json::parse(captured, error);
  if (error || !parsed.is_object()) return;
  Values values;
  for (const auto& member : parsed.get_object()) {
    const auto* parts = member.value().if_array();
    if (parts == nullptr || parts->size() != 3 || !(*parts)[0].is_string() ||
        !(*parts)[1].is_int64() || !(*parts)[2].is_bool())
      continue;
    values[std::string(member.key())] = {std::string((*parts)[0].get_string()),
                                         static_cast<Value::Kind>((*parts)[1].get_int64()),
                                         (*parts)[2].get_bool()};
  }
  learn(values);
}

Values without_secrets(Values values, const Mask& mask) {
  for (auto& [name, value] : values)
    value.text = value.secret ? std::string("***") : mask.apply(value.text);
  return values;
}

}  // namespace vedette::flow

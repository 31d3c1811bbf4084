// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/fields.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/demo/kit/form_values.h"
#include "agent/demo/payments/money.h"
#include "probes/ascii.h"
#include "probes/encoding.h"

namespace vedette::demo {
namespace {

constexpr std::size_t longest_text = 500;
constexpr std::size_t longest_key = 40;
constexpr std::size_t most_metadata = 20;

bool has_three_letters(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Fields::Fields(const web::Request& request) {
  auto form = web::parse_form(request.method == "POST" ? request.body : request.query);
  sent_.insert(std::make_move_iterator(form.begin()), std::make_move_iterator(form.end()));
}

bool Fields::has(std::string_view name) const {
  return sent_.contains(name);
}

std::string Fields::text(std::string_view name) {
  const auto* sent = take(name);
  if (sent == nullptr) return {};
  if (sent->size() <= longest_text && is_utf8(*sent)) return *sent;
  complain(invalid_value(
      name, fmt::format("{} is no UTF-8 text of at most {} bytes", name, longest_text)));
  return {};
}

std::string Fields::required_text(std::string_view name) {
  auto given = text(name);
  if (given.empty()) complain(missing_parameter(name));
  return given;
}

std::string Fields::currency(std::string_view name) {
  const auto given = required_text(name);
  auto currency = lower_case(given);
  if (!has_three_letters(currency)) {
    complain(invalid_value(name, fmt::format("Invalid currency: {}", given)));
  }
  return currency;
}

std::optional<std::int64_t> Fields::amount(std::string_view name) {
  return number(name, most_of_one_payment, "amount_too_large");
}

std::int64_t Fields::required_amount(std::string_view name) {
  if (!has(name)) complain(missing_parameter(name));
  return amount(name).value_or(0);
}

std::size_t Fields::limit(std::string_view name, std::size_t otherwise) {
  const auto given = number(name, 100, "parameter_invalid_integer");
  return given ? static_cast<std::size_t>(*given) : otherwise;
}

bool Fields::flag(std::string_view name, bool otherwise) {
  const auto* sent = take(name);
  if (sent == nullptr) return otherwise;
  if (*sent != "true" && *sent != "false") {
    complain(invalid_value(name, fmt::format("Invalid boolean: {}", *sent)));
  }
  return *sent == "true";
}

std::string Fields::one_of(std::string_view name, std::span<const std::string_view> words,
                           std::string_view otherwise) {
  const auto* sent = take(name);
  if (sent == nullptr) return std::string(otherwise);
  if (std::ranges::count(words, *sent) == 0) {
    complain(invalid_value(
        name, fmt::format("Invalid {}: must be one of {}", name, fmt::join(words, ", "))));
  }
  return *sent;
}

Fields::Metadata Fields::metadata(std::string_view name) {
  Metadata found;
  const auto prefix = fmt::format("{}[", name);
  for (auto field = sent_.lower_bound(prefix); field != sent_.end(); ++field) {
    const auto& full = field->first;
    if (!full.starts_with(prefix)) break;
    if (!full.ends_with(']')) continue;
    const auto key = full.substr(prefix.size(), full.size() - prefix.size() - 1);
    if (key.empty() || key.size() > longest_key) {
      complain(invalid_value(full, fmt::format("Keys have 1 to {} bytes", longest_key)));
    }
    auto value = text(full);
    if (!value.empty()) found.emplace(key, std::move(value));
  }
  if (found.size() > most_metadata) {
    complain(invalid_value(name, fmt::format("There are more than {} keys", most_metadata)));
  }
  return found;
}

Api<void> Fields::finish() {
  for (const auto& [name, value] : sent_) {
    if (!asked_.contains(name)) complain(unknown_parameter(name));
  }
  if (problem_) return refuse(*problem_);
  return {};
}

const std::string* Fields::take(std::string_view name) {
  asked_.emplace(name);
  const auto found = sent_.find(name);
  return found == sent_.end() ? nullptr : &found->second;
}

void Fields::complain(ApiError error) {
  if (!problem_) problem_ = std::move(error);
}

std::optional<std::int64_t> Fields::number(std::string_view name, std::int64_t most,
                                           std::string_view too_large) {
  const auto* sent = take(name);
  if (sent == nullptr) return std::nullopt;
  const auto value = parse_whole(*sent);
  if (!value) {
    complain(invalid_integer(name, fmt::format("Invalid integer: {}", *sent)));
  } else if (*value < 1) {
    complain(invalid_integer(name, "This value must be greater than or equal to 1."));
  } else if (*value > most) {
    auto problem = invalid_integer(name, fmt::format("This value must be at most {}.", most));
    problem.code = too_large;
    complain(std::move(problem));
  }
  return value;
}

}  // namespace vedette::demo

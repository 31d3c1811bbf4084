// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/change_hooks.h"

#include <algorithm>

#include <boost/json/object.hpp>
#include <spdlog/spdlog.h>

#include "agent/operator/answers.h"
#include "agent/operator/to_json.h"
#include "probes/stable_hash.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;

constexpr std::size_t most_answered = 256;
constexpr Duration asked_again_within{600'000};

Answer as_answer(const web::Request& request) {
  Answer call{{}, request.body};
  for (const auto& header : request.headers) call.headers.emplace_back(header.name, header.value);
  return call;
}

web::Response refused(const receivers::Refusal& refusal) {
  using enum receivers::Refusal::Kind;
  if (refusal.kind == irrelevant)
    return answer(json::object{{"recorded", false}, {"why", refusal.why}});
  return problem(refusal.kind == untrusted ? 401 : 422, refusal.why);
}

}  // namespace

std::vector<web::Route> ChangeHooks::routes() {
  return {{"POST", "/hooks/changes/{name}",
           [this](const web::Request& request) { return take(request); }}};
}

Awaitable<web::Response> ChangeHooks::take(const web::Request& request) {
  const std::string& name = request.parameters.at("name");
  const auto all = means_.receivers ? means_.receivers() : std::span<const receivers::Receiver>();
  const auto receiver = std::ranges::find(all, name, &receivers::Receiver::name);
  if (receiver == all.end()) co_return problem(404, "there is no receiver of this name");
  auto change = receivers::receive(*receiver, as_answer(request), state_.now());
  if (!change) {
    // Anybody can call; the log is not theirs to fill.
    const bool trusted = change.error().kind != receivers::Refusal::Kind::untrusted;
    spdlog::log(trusted ? spdlog::level::info : spdlog::level::debug,
                "receiver={}: a call is no change: {}", name, change.error().why);
    co_return refused(change.error());
  }
  const auto call = stable_hash(request.body, stable_hash(name));
  if (const auto* before = known(call)) co_return answer(to_json(before->change));
  co_return co_await record(*std::move(change), call);
}

Awaitable<web::Response> ChangeHooks::record(incident::Change change, std::uint64_t call) {
  // Known from here on, so that the same call beside it is no second change.
  if (answered_.size() == most_answered) answered_.pop_front();
  answered_.push_back({call, state_.now(), change});
  const auto written = co_await means_.record_change(change);
  if (!written) {
    std::erase_if(answered_, [=](const Answered& one) { return one.call == call; });
    auto away = problem(503, written.error());
    away.headers.push_back({"Retry-After", "5"});
    co_return away;
  }
  means_.look_at(change.components, {});
  co_return answer(to_json(change), *written ? 201 : 200);
}

const ChangeHooks::Answered* ChangeHooks::known(std::uint64_t call) {
  std::erase_if(answered_, [now = state_.now()](const Answered& one) {
    return now - one.at > asked_again_within;
  });
  const auto found = std::ranges::find(answered_, call, &Answered::call);
  return found == answered_.end() ? nullptr : &*found;
}

}  // namespace vedette::operators

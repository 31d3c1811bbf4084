// SPDX-License-Identifier: Apache-2.0
#include "agent/app/reloader.h"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::app {
namespace {

namespace asio = boost::asio;

struct Loaded {
  std::shared_ptr<const settings::Settings> settings;
  std::string problems;
};

Awaitable<Loaded> load(std::filesystem::path config) {
  config::Problems problems;
  auto settings = settings::load(config, problems);
  co_return Loaded{std::move(settings), problems.text()};
}

}  // namespace

Reloader::Reloader(std::filesystem::path config, Outcome outcome)
    : config_(std::move(config)), outcome_(std::move(outcome)) {}

Awaitable<Reloader::Reloaded> Reloader::reload() {
  if (reading_ || stopped_) co_return std::unexpected("another reload is under way; try again");
  reading_ = true;
  auto loaded = co_await asio::co_spawn(beside_, load(config_), asio::use_awaitable);
  reading_ = false;
  if (stopped_) co_return std::unexpected("the agent is ending");
  if (!loaded.settings) {
    outcome_.refuse(loaded.problems);
    co_return std::unexpected(loaded.problems);
  }
  outcome_.take(std::move(loaded.settings));
  co_return Reloaded{};
}

Awaitable<void> Reloader::reload_on_signal() {
  again_ = reading_;
  if (reading_) co_return;
  do {
    again_ = false;
    [[maybe_unused]] const auto reloaded = co_await reload();  // told by refuse()
  } while (again_ && !stopped_);
}

}  // namespace vedette::app

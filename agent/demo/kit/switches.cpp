// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/kit/switches.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vedette::demo {
namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 16> words{{
    {Mode::on, "on"},
    {Mode::slow, "slow"},
    {Mode::off, "off"},
    {Mode::flaky, "flaky"},
    {Mode::late, "late"},
    {Mode::lost, "lost"},
    {Mode::no_capture, "no-capture"},
    {Mode::reject, "reject"},
    {Mode::wrong, "wrong"},
    {Mode::stale, "stale"},
    {Mode::twice, "twice"},
    {Mode::forged, "forged"},
    {Mode::refused, "refused"},
    {Mode::ignored, "ignored"},
    {Mode::exhausted, "exhausted"},
    {Mode::closing, "closing"},
}};

constexpr Choice works{Mode::on, "Works."};
constexpr Choice slow{Mode::slow, "Answers after 0.7 s."};
constexpr Choice off{Mode::off, "Answers 503, and does nothing."};
constexpr Choice fails{Mode::off, "Answers 500, and does nothing."};

constexpr std::array page{works, slow, off};
constexpr std::array operation{works, fails};
constexpr std::array login{works, slow, off,
                           Choice{Mode::flaky, "One sign-in in four, at random, answers 500."}};
constexpr std::array payments{
    works, slow, off,
    Choice{Mode::late, "Does the work, and answers 3 s later; a replay is answered at once."},
    Choice{Mode::lost,
           "Does the work, and closes the connection without an answer; a replay is answered."}};
constexpr std::array authorise{
    works, Choice{Mode::flaky, "One payment in four, at random, fails with processing_error."}};
constexpr std::array capture{
    works, fails,
    Choice{Mode::reject, "Refuses all amounts in EUR with parameter_invalid_integer."},
    Choice{Mode::wrong, "Takes one cent less than it was asked to."}};
constexpr std::array brand{
    works, Choice{Mode::off, "Declined with card_declined."},
    Choice{Mode::no_capture, "Authorised, but the capture fails with processing_error."}};
constexpr std::array reads{
    works, Choice{Mode::stale, "A payment reads as it was before its newest change."}};
constexpr std::array webhooks{works, Choice{Mode::off, "Are not sent."},
                              Choice{Mode::twice, "Each one is delivered twice."},
                              Choice{Mode::forged, "Are signed with another secret."}};
constexpr std::array hotel_writes{
    works, Choice{Mode::refused, "Changes made in the app are refused with pms_write_rejected."},
    Choice{Mode::ignored, "The app says yes, but its changes never reach the PMS."}};
constexpr std::array licences{
    works, slow, off,
    Choice{Mode::exhausted, "None is left, and nobody can be added (licence_limit_reached)."}};
constexpr std::array tickets{
    works, slow, off, Choice{Mode::closing, "Open tickets are closed by mistake when read."}};

constexpr std::array<Switch, 17> table{{
    {"storefront", "Shop", "the front page, /", page},
    {"login", "Shop", "signing in: /login and /api/login", login},
    {"catalogue", "Shop", "the catalogue, /api/catalogue", page},
    {"payments", "Payments", "the whole payment API, /v1/...", payments},
    {"authorise", "Payments", "taking hold of the money", authorise},
    {"capture", "Payments", "taking the money", capture},
    {"cancel", "Payments", "letting go of the money", operation},
    {"refund", "Payments", "giving the money back", operation},
    {"visa", "Payments", "payments with a Visa card", brand},
    {"mastercard", "Payments", "payments with a Mastercard", brand},
    {"amex", "Payments", "payments with an American Express card", brand},
    {"reads", "Payments", "reading payments back", reads},
    {"webhooks", "Payments", "what the gateway tells others", webhooks},
    {"hotel", "Hotel", "both hotel systems, /hotel/...", page},
    {"hotel-writes", "Hotel", "changes on their way from the app to the PMS", hotel_writes},
    {"licences", "Accounts and support", "licences and users, /api/licences and /api/users",
     licences},
    {"tickets", "Accounts and support", "support tickets, /api/tickets", tickets},
}};

}  // namespace

std::string_view text(Mode mode) {
  return std::ranges::find(words, mode, &std::pair<Mode, std::string_view>::first)->second;
}

std::optional<Mode> parse_mode(std::string_view text) {
  const auto found = std::ranges::find(words, text, &std::pair<Mode, std::string_view>::second);
  if (found == words.end()) return std::nullopt;
  return found->first;
}

std::span<const Switch> all_switches() {
  return table;
}

Mode Switches::of(std::string_view name) const {
  const auto found = broken_.find(name);
  return found == broken_.end() ? Mode::on : found->second;
}

bool Switches::set(std::string_view name, Mode mode) {
  const auto found = std::ranges::find(table, name, &Switch::name);
  if (found == table.end()) return false;
  if (std::ranges::count(found->choices, mode, &Choice::mode) == 0) return false;
  if (mode == Mode::on) {
    broken_.erase(std::string(name));
  } else {
    broken_.insert_or_assign(std::string(name), mode);
  }
  return true;
}

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/systems/hotel.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "agent/demo/kit/form_values.h"
#include "agent/demo/kit/json_answer.h"
#include "probes/encoding.h"

namespace vedette::demo {
namespace {

namespace json = boost::json;
using web::Request;
using web::Response;

constexpr std::array<std::string_view, 3> room_types{"standard", "deluxe", "suite"};
constexpr std::array<std::string_view, 4> statuses{"reserved", "checked_in", "checked_out",
                                                   "cancelled"};
constexpr std::int64_t most_of_a_posting = 100'000;

json::object to_json(const std::string& id, const Reservation& reservation) {
  json::array postings;
  for (const auto& posting : reservation.postings) {
    postings.push_back(json::object{{"id", posting.id},
                                    {"text", posting.text},
                                    {"amount", posting.amount},
                                    {"voided", posting.voided}});
  }
  return {{"id", id},
          {"guest_name", reservation.guest_name},
          {"guest_email", reservation.guest_email},
          {"guest_phone", reservation.guest_phone},
          {"room_type", reservation.room_type},
          {"status", reservation.status},
          {"postings", std::move(postings)}};
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::count(words, word) != 0;
}

// False when there is no such field, or it cannot have this value.
bool set(Reservation& reservation, std::string_view field, const std::string& value) {
  if (!is_short_text(value)) return false;
  std::string* place = nullptr;
  if (field == "guest_name") place = &reservation.guest_name;
  if (field == "guest_email") place = &reservation.guest_email;
  if (field == "guest_phone") place = &reservation.guest_phone;
  if (field == "room_type" && is_one_of(value, room_types)) place = &reservation.room_type;
  if (field == "status" && is_one_of(value, statuses)) place = &reservation.status;
  if (place != nullptr) *place = value;
  return place != nullptr;
}

Response no_reservation() {
  return json_refusal(404, "reservation_unknown", "There is no such reservation.");
}

void drop_oldest(std::deque<Posting>& postings) {
  const auto voided = std::ranges::find(postings, true, &Posting::voided);
  postings.erase(voided == postings.end() ? postings.begin() : voided);
}

}  // namespace

Hotel::Hotel(const Switches& switches, Dice& dice) : switches_(switches), dice_(dice) {
  const Reservation canary{.guest_name = "Canary Guest",
                           .guest_email = "canary@example.com",
                           .guest_phone = "+44 20 7946 0000",
                           .room_type = "standard",
                           .status = "reserved"};
  const Book book{{"CANARY-1", canary}, {"CANARY-2", canary}, {"CANARY-3", canary}};
  systems_ = {{"app", book}, {"pms", book}};
}

std::vector<web::Route> Hotel::routes() {
  const auto on = [this](Response (Hotel::*act)(const Request&)) {
    return web::direct([this, act](const Request& request) { return (this->*act)(request); });
  };
  return {
      {"GET", "/hotel/{system}/reservations/{id}", on(&Hotel::show)},
      {"POST", "/hotel/{system}/reservations/{id}", on(&Hotel::change)},
      {"POST", "/hotel/{system}/reservations/{id}/postings", on(&Hotel::post)},
      {"POST", "/hotel/{system}/reservations/{id}/postings/{posting}/void",
       on(&Hotel::void_posting)},
  };
}

std::size_t Hotel::postings_left() const {
  std::size_t left = 0;
  for (const auto& [id, reservation] : systems_.find("pms")->second) {
    left +=
        static_cast<std::size_t>(std::ranges::count(reservation.postings, false, &Posting::voided));
  }
  return left;
}

Response Hotel::show(const Request& request) {
  const auto* reservation = find(request);
  if (reservation == nullptr) return no_reservation();
  return json_answer(200, to_json(request.parameters.at("id"), *reservation));
}

Response Hotel::change(const Request& request) {
  const auto* reservation = find(request);
  if (reservation == nullptr) return no_reservation();
  auto changed = *reservation;
  for (const auto& [field, value] : web::parse_form(request.body)) {
    if (!set(changed, field, value)) {
      return json_refusal(400, "field_invalid",
                          fmt::format("'{}' is no field of a reservation, or cannot be that.",
                                      shorten(printable(field), 100)));
    }
  }
  return write(request, std::move(changed));
}

Response Hotel::post(const Request& request) {
  const auto* reservation = find(request);
  if (reservation == nullptr) return no_reservation();
  auto form = web::parse_form(request.body);
  const auto amount = parse_whole(form["amount"]).value_or(0);
  if (amount < 1 || amount > most_of_a_posting || !is_short_text(form["text"])) {
    return json_refusal(400, "posting_invalid",
                        "A posting has an amount in cents, from 1 to 100000, and a text.");
  }
  auto changed = *reservation;
  if (changed.postings.size() >= most_postings) drop_oldest(changed.postings);
  changed.postings.push_back({dice_.id("post"), form["text"], amount});
  return write(request, std::move(changed));
}

Response Hotel::void_posting(const Request& request) {
  const auto* reservation = find(request);
  if (reservation == nullptr) return no_reservation();
  auto changed = *reservation;
  const auto posting =
      std::ranges::find(changed.postings, request.parameters.at("posting"), &Posting::id);
  if (posting == changed.postings.end()) {
    return json_refusal(404, "posting_unknown", "There is no such posting.");
  }
  if (posting->voided) {
    return json_refusal(409, "posting_voided", "This posting has been voided already.");
  }
  posting->voided = true;
  return write(request, std::move(changed));
}

Reservation* Hotel::find(const Request& request) {
  const auto book = systems_.find(request.parameters.at("system"));
  if (book == systems_.end()) return nullptr;
  const auto found = book->second.find(request.parameters.at("id"));
  return found == book->second.end() ? nullptr : &found->second;
}

Response Hotel::write(const Request& request, Reservation changed) {
  const auto& system = request.parameters.at("system");
  const auto& id = request.parameters.at("id");
  const auto mode = system == "app" ? switches_.of("hotel-writes") : Mode::on;
  if (mode == Mode::refused) {
    return json_refusal(502, "pms_write_rejected", "The PMS did not take the change.");
  }
  systems_[system][id] = changed;
  if (mode == Mode::on) systems_[system == "app" ? "pms" : "app"][id] = changed;
  return json_answer(200, to_json(id, changed));
}

}  // namespace vedette::demo

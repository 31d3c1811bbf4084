// SPDX-License-Identifier: Apache-2.0
// A hotel's reservations in two systems, the guests' app and the PMS (property management system).
// What is changed in one of them arrives in the other, unless a switch breaks the way there.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/web/router.h"

namespace vedette::demo {

struct Posting {
  std::string id;
  std::string text;
  std::int64_t amount = 0;  // in cents
  bool voided = false;
};

struct Reservation {
  std::string guest_name, guest_email, guest_phone;
  std::string room_type;  // standard, deluxe, suite
  std::string status;     // reserved, checked_in, checked_out, cancelled
  std::deque<Posting> postings{};
};

// Used on one loop only; outlives its requests. There are three reservations, CANARY-1 to CANARY-3,
// which nobody can delete.
class Hotel {
 public:
  static constexpr std::size_t most_postings = 50;  // of a reservation; the oldest go first

  // Both outlive the hotel.
  Hotel(const Switches& switches, Dice& dice);
  Hotel(const Hotel&) = delete;
  Hotel& operator=(const Hotel&) = delete;

  // Everything under /hotel/{system}/reservations, for the systems "app" and "pms".
  std::vector<web::Route> routes();
  // In the PMS: what somebody would have to pay.
  std::size_t postings_left() const;

 private:
  using Book = std::map<std::string, Reservation, std::less<>>;

  web::Response show(const web::Request& request);
  web::Response change(const web::Request& request);
  web::Response post(const web::Request& request);
  web::Response void_posting(const web::Request& request);

  // Null when there is no such system or reservation.
  Reservation* find(const web::Request& request);
  // The changed reservation goes into its system, and from there into the other one.
  web::Response write(const web::Request& request, Reservation changed);

  const Switches& switches_;
  Dice& dice_;
  std::map<std::string, Book, std::less<>> systems_;
};

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
// Support tickets: among them a canary that must stay open.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/web/router.h"

namespace vedette::demo {

struct Ticket {
  std::string id;
  std::string subject;
  std::string closed_by{};  // empty: it is open
};

// Used on one loop only; outlives its requests.
class Tickets {
 public:
  static constexpr std::size_t kept = 500;  // the oldest closed ones go first, then the oldest
  static constexpr auto canary = "canary";  // the id of the ticket that is always there

  // Both outlive the tickets.
  Tickets(const Switches& switches, Dice& dice);
  Tickets(const Tickets&) = delete;
  Tickets& operator=(const Tickets&) = delete;

  // Everything under /api/tickets.
  std::vector<web::Route> routes();
  // Without the canary.
  std::size_t open() const;

 private:
  web::Response create(const web::Request& request);
  web::Response show(const web::Request& request);
  web::Response close(const web::Request& request);
  web::Response reopen(const web::Request& request);

  Ticket* find(const web::Request& request);
  void make_room();

  const Switches& switches_;
  Dice& dice_;
  std::deque<Ticket> tickets_;  // the canary first, then the oldest first
};

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/systems/tickets.h"

#include <algorithm>
#include <iterator>

#include <boost/json/value.hpp>

#include "agent/demo/kit/form_values.h"
#include "agent/demo/kit/json_answer.h"

namespace vedette::demo {
namespace {

using web::Request;
using web::Response;

bool is_open(const Ticket& ticket) {
  return ticket.closed_by.empty();
}

Response answer(int status, const Ticket& ticket) {
  const boost::json::value closed_by =
      is_open(ticket) ? boost::json::value(nullptr) : boost::json::value(ticket.closed_by);
  return json_answer(status, {{"id", ticket.id},
                              {"subject", ticket.subject},
                              {"status", is_open(ticket) ? "open" : "closed"},
                              {"closed_by", closed_by}});
}

Response no_ticket() {
  return json_refusal(404, "ticket_unknown", "There is no such ticket.");
}

}  // namespace

Tickets::Tickets(const Switches& switches, Dice& dice) : switches_(switches), dice_(dice) {
  tickets_.push_back({canary, "Canary: this ticket stays open"});
}

std::vector<web::Route> Tickets::routes() {
  const auto on = [this](Response (Tickets::*act)(const Request&)) {
    return web::direct([this, act](const Request& request) { return (this->*act)(request); });
  };
  return {
      {"POST", "/api/tickets", on(&Tickets::create)},
      {"GET", "/api/tickets/{id}", on(&Tickets::show)},
      {"POST", "/api/tickets/{id}/close", on(&Tickets::close)},
      {"POST", "/api/tickets/{id}/reopen", on(&Tickets::reopen)},
  };
}

std::size_t Tickets::open() const {
  return static_cast<std::size_t>(
      std::count_if(std::next(tickets_.begin()), tickets_.end(), is_open));
}

Response Tickets::create(const Request& request) {
  auto subject = web::parse_form(request.body)["subject"];
  if (!is_short_text(subject)) {
    return json_refusal(400, "subject_invalid", "A ticket has a subject of at most 200 bytes.");
  }
  if (tickets_.size() > kept) make_room();
  tickets_.push_back({dice_.id("tic"), std::move(subject)});
  return answer(201, tickets_.back());
}

Response Tickets::show(const Request& request) {
  auto* ticket = find(request);
  if (ticket == nullptr) return no_ticket();
  if (is_open(*ticket) && switches_.is("tickets", Mode::closing)) {
    ticket->closed_by = "mail retrieval";
  }
  return answer(200, *ticket);
}

Response Tickets::close(const Request& request) {
  auto* ticket = find(request);
  if (ticket == nullptr) return no_ticket();
  if (is_open(*ticket)) ticket->closed_by = "request";
  return answer(200, *ticket);
}

Response Tickets::reopen(const Request& request) {
  auto* ticket = find(request);
  if (ticket == nullptr) return no_ticket();
  ticket->closed_by.clear();
  return answer(200, *ticket);
}

Ticket* Tickets::find(const Request& request) {
  const auto found = std::ranges::find(tickets_, request.parameters.at("id"), &Ticket::id);
  return found == tickets_.end() ? nullptr : &*found;
}

void Tickets::make_room() {
  const auto oldest = std::next(tickets_.begin());
  const auto closed =
      std::find_if(oldest, tickets_.end(), [](const Ticket& ticket) { return !is_open(ticket); });
  tickets_.erase(closed == tickets_.end() ? oldest : closed);
}

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
// The way out: the mailbox in which the message is looked for, fetched and cleared away, by IMAP.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/mail/imap_session.h"
#include "probes/round_trip/leftovers.h"
#include "probes/round_trip/settings.h"
#include "probes/round_trip/trip.h"

namespace vedette::round_trip {

// Why there is no next step; nothing: there is one.
using Obstacle = std::optional<net::Failure>;

// One session of one run. Messages are never marked as seen. What it references outlives it.
class Lookout {
 public:
  Lookout(net::Toolbox& net, const Settings& settings, Trip& trip)
      : settings_(settings), trip_(trip), session_(net, settings.mailbox.server, settings.mask) {}

  // Phase "mailbox". Signs in, and notes in each folder where new messages will begin. A folder
  // that does not exist is an obstacle only when it is the first.
  // Phase "clearing": in each folder, what earlier runs left, as leftovers() chooses; `settled` are
  // runs that are over. No obstacle when the server refuses that.
  Awaitable<Obstacle> open(std::vector<Token> settled, Duration in_flight, Deadline deadline);

  // Looks and waits until the message is there or `until` has come. Sets trip.arrival when it is.
  Awaitable<Obstacle> await_arrival(Token token, Deadline until, Deadline deadline);

  // Phase "retrieval". After an arrival: the message, and all its copies.
  Awaitable<Obstacle> fetch(Deadline deadline);

  // Phase "clearing". Deletes what was found and is certainly ours; sets trip.left_behind when
  // something stays. True: nothing does.
  Awaitable<bool> remove(Deadline deadline);

  // Says goodbye if there is time, and tells the trip what the session was like.
  Awaitable<void> close(Deadline deadline);

 private:
  struct Folder {
    std::string name;
    mail::Uid first_new = 1;
    mail::Uids found;
    mail::Uids ours;  // of those found, with our headers
  };

  Awaitable<Obstacle> enter_folder(std::string name, Deadline deadline);
  Awaitable<Obstacle> select(std::string name, Deadline deadline);
  Awaitable<Obstacle> wait(Deadline until, bool silently, Deadline deadline);
  Awaitable<Obstacle> look(Deadline deadline);
  Awaitable<Obstacle> look_into(Folder& folder, Deadline deadline);
  Awaitable<Obstacle> verify(Folder& folder, Deadline deadline);
  Awaitable<Obstacle> clear_folder(std::vector<Token> settled, Duration in_flight,
                                   Deadline deadline);
  Awaitable<mail::Expected<std::vector<Candidate>>> read_headers(mail::Uids uids,
                                                                 Deadline deadline);
  void note_arrival();
  Awaitable<bool> remove_from(Folder& folder, Deadline deadline);
  std::size_t copies() const;
  net::Failure named(net::Failure failure) const;

  const Settings& settings_;
  Trip& trip_;
  mail::ImapSession session_;
  std::string selected_;
  std::string token_;
  std::vector<Folder> folders_;  // those that exist, as in the settings
};

}  // namespace vedette::round_trip

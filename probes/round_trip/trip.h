// SPDX-License-Identifier: Apache-2.0
// Everything that one run saw, filled step by step, as plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/phase_clock.h"
#include "probes/round_trip/compose.h"
#include "probes/transcript.h"

namespace vedette::round_trip {

// A server as the run met it.
struct Met {
  std::string address;
  std::optional<net::TlsFacts> tls;
};

struct Arrival {
  std::string folder;
  bool astray = false;     // not in the first folder
  std::size_t copies = 1;  // in all folders
  std::string raw;         // the message as fetched, at most max_message bytes; empty: not yet
};
inline constexpr std::size_t max_message = std::size_t{256} * 1024;

struct Trip {
  std::string owner;      // of this check's tokens
  net::PhaseClock clock;  // mailbox, submission, delivery, retrieval, clearing
  Met mailbox;
  Met submission;
  Composed sent;
  std::string accepted;                 // the server's last word: "250 2.0.0 Ok: queued as 4Xyz"
  std::optional<net::Failure> failure;  // what ended the run early
  std::optional<Arrival> arrival;
  Duration waited{};       // for the arrival, at most
  bool cut_short = false;  // by the check's timeout, before `within` was over
  std::vector<std::string> missing_folders;
  std::size_t late_copies = 0;  // of messages of earlier runs, which had arrived before
  std::size_t leftovers = 0;    // of earlier runs, cleared away
  std::string left_behind;      // why the message could not be deleted; empty: it was
  Transcript submission_dialogue;
  Transcript mailbox_dialogue;
};

}  // namespace vedette::round_trip

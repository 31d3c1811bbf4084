// SPDX-License-Identifier: Apache-2.0
// One connection of a run as it happened: plain data for the judgement.
#pragma once

#include <optional>
#include <string>

#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/phase_clock.h"
#include "probes/tcp/dialogue.h"
#include "probes/transcript.h"

namespace vedette::tcp {

struct Session {
  static constexpr std::size_t max_answer = 64 << 10;  // bytes that are kept of what was received

  std::optional<net::Failure> failure;
  net::PhaseClock clock;
  std::string remote_address;
  std::optional<net::TlsFacts> tls;
  bool talked = false;  // the dialogue began
  std::string answer;   // everything that was received in it
  Captures captures;
  Transcript transcript;
};

}  // namespace vedette::tcp

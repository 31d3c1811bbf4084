// SPDX-License-Identifier: Apache-2.0
// Lines sent to and heard from a mail server, and the record of them, in which no secret stands.
#pragma once

#include <string>
#include <string_view>

#include "probes/net/stream.h"
#include "probes/transcript.h"

namespace vedette::mail {

// What stands in the record instead of a credential or a challenge.
inline constexpr std::string_view hidden = "***";

class Dialogue {
 public:
  // `mask` outlives it.
  Dialogue(net::Toolbox& net, const Mask& mask) : stream_(net), mask_(mask) {}

  net::Stream& stream() { return stream_; }
  const net::Stream& stream() const { return stream_; }

  // Sends the line with CRLF. `shown` stands in the record.
  Awaitable<net::Expected<void>> send(std::string line, std::string shown, Deadline deadline);
  // For the record: what was heard, and what is neither said nor heard. Reading does not record.
  void heard(std::string_view line) { note("< " + std::string(line)); }
  void note(std::string_view line) { transcript_.add(mask_.apply(line)); }
  const Transcript& transcript() const { return transcript_; }

 private:
  net::Stream stream_;
  const Mask& mask_;
  Transcript transcript_;
};

}  // namespace vedette::mail

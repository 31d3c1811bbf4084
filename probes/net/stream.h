// SPDX-License-Identifier: Apache-2.0
// One TCP connection of one run, with TLS on it once asked for: what native dialogues stand on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "probes/deadline.h"
#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/phase_clock.h"
#include "probes/net/resolver.h"
#include "probes/net/tls_settings.h"
#include "probes/probe.h"

namespace vedette::net {

template <class T>
using Expected = std::expected<T, Failure>;

struct Endpoint {
  std::string host;  // a name or an address, IPv6 with or without brackets
  std::uint16_t port = 0;
  IpFamily family{};
};

// Used on the toolbox's loop thread, by one coroutine at a time. Every operation ends by its
// deadline: with connect_timeout, tls_timeout, or timeout, by phase. When the task is cancelled,
// operation_aborted is thrown, as by every co_await. After a failure only close() makes sense, but
// after a timeout in read_line() or read_some() nothing is lost and reading may go on.
class Stream {
 public:
  explicit Stream(Toolbox& net);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Time from now on counts for this phase (a string literal), and the messages of failures begin
  // with it: "greeting: the server did not answer in time".
  void enter(std::string_view phase);

  // Enters "resolve", then "connect". The addresses of a name are tried in order; one that is
  // silent gets half of the time that is left, the last one all of it.
  Awaitable<Expected<void>> connect(Endpoint endpoint, Deadline deadline);

  // Enters "tls". `host` is the name that is checked and sent, unless settings.server_name says
  // otherwise. protocol_error when the server has sent plain bytes behind its go-ahead: they would
  // be taken for part of what it says under TLS. `settings` outlives the stream.
  Awaitable<Expected<void>> start_tls(const TlsSettings& settings, std::string host,
                                      Deadline deadline);
  // After start_tls() failed: the peer is perhaps only exotic, and the whole session is worth one
  // more try on a new stream. Remembered: that one will talk everything that OpenSSL can.
  bool wants_full_context() const;

  Awaitable<Expected<void>> write(std::string bytes, Deadline deadline);
  // At least one byte and at most `most`; nothing when the server has closed the connection.
  Awaitable<Expected<std::string>> read_some(std::size_t most, Deadline deadline);
  // Up to LF, without it and a CR before it. protocol_error when there is none within `most` bytes,
  // or before the server closes the connection.
  Awaitable<Expected<std::string>> read_line(std::size_t most, Deadline deadline);
  // protocol_error when the server closes the connection before. The caller bounds `count`.
  Awaitable<Expected<std::string>> read_exactly(std::size_t count, Deadline deadline);
  // Whether the server has sent what nobody has read yet, as far as it was received.
  bool has_unread() const;

  // At once and without goodbye. The clock stands still.
  void close();

  const PhaseClock& phases() const;
  // "192.0.2.1"; of the last address tried. Empty before.
  const std::string& remote_address() const;
  // Kept also when the certificate was refused. Empty without TLS.
  const std::optional<TlsFacts>& tls() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vedette::net

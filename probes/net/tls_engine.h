// SPDX-License-Identifier: Apache-2.0
// Makes TLS sessions verify against shared roots, fast, and keeps what was seen of the
// certificates. Streams need nothing but shared(); the rest is for transfers that libcurl drives.
//
// What the caller (the libcurl loop) has to do:
//  1. Own one multi handle per TlsContext and make every call of curl_multi_* for it inside
//     `auto scope = engine.enter(context)`: libcurl makes its SSL_CTX in OpenSSL's default library
//     context, which is a matter of the thread; the scope sets it and puts the old one back. No
//     coroutine may suspend inside a scope.
//  2. For every https transfer: `session = engine.attach(easy, settings, host)`, after the other
//  options were set and
//     before curl_multi_add_handle, then add the handle to the multi of session->context(). The
//     session lives until the transfer is over. Redirects are followed by the caller, each with its
//     own attach(). attach() sets every option that begins with SSL, CA or USE_SSL; leave them
//     alone.
//  3. SNI and the checked name: nothing to do. libcurl keeps the URL's host; the engine replaces
//  the SNI by
//     settings.server_name when the handshake starts, and checks the name itself
//     (CURLOPT_SSL_VERIFYHOST is 0).
//  4. When the transfer ends: session->finish(ok). When the transfer failed in libcurl and it is
//  not a timeout, first
//     ask session->wants_full_context(): if so, attach() and run it once more within the same
//     deadline; the engine remembers and takes the full context this time. Afterwards
//     session->failure() goes before any other explanation of a failed transfer; if it has none and
//     libcurl's code is a TLS one (CURLE_SSL_*, CURLE_PEER_FAILED_VERIFICATION,
//     CURLE_USE_SSL_FAILED), use handshake_failure(error buffer).
//  5. Reuse of connections: libcurl does not compare the engine's callbacks when it looks for a
//  connection. Transfers
//     whose TlsSettings or host differ must not share a connection cache (FRESH_CONNECT and
//     FORBID_REUSE, or a CURLSH per check). On a reused connection there is no handshake: call
//     session->adopt() in the first header callback, so that facts() are those of the connection in
//     use.
//  6. The engine outlives the multi handles and every session.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "probes/clock.h"
#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/tls_settings.h"
#include "probes/tls_counts.h"

namespace vedette::net {

// slim: an OpenSSL library context with the few algorithms that nearly every server of today can
// talk (docs/tls.md). full: OpenSSL's global one, for everything else and for when the slim
// one is switched off.
enum class TlsContext : std::uint8_t { slim, full };

struct TlsClock {
  std::function<Instant()> wall = wall_now;
  std::function<Steady::time_point()> steady = Steady::now;
};

struct TlsEngineSettings {
  std::string ca_file;      // roots of checks that name none; empty: the system's
  bool verify_memo = true;  // both switches are also in TlsSettings; either turns it off
  bool fast = true;
  TlsClock clock;                               // certificates are judged by this wall clock
  std::shared_ptr<TlsCounts> counts = nullptr;  // of all loops, where this one adds its own
};

// Of this engine alone. Monotonic, but memo_entries is a level.
struct TlsCounters {
  std::uint64_t memo_hits = 0;
  std::uint64_t memo_misses = 0;  // chains verified in full
  std::uint64_t memo_entries = 0;
  std::uint64_t roots_loaded = 0;
  std::uint64_t full_context_retries = 0;
  bool slim_available = false;  // false in FIPS mode: then the full context is used throughout
};

// One transfer's view of TLS. Made by TlsEngine::attach; not to be shared.
class TlsSession {
 public:
  virtual ~TlsSession() = default;

  virtual TlsContext context() const = 0;
  // What was seen; empty as long as the server has shown no certificate.
  virtual std::optional<TlsFacts> facts() const = 0;
  // Why TLS did not come about or was not accepted, as far as the engine saw it itself: roots or
  // client certificate not readable, chain or name not accepted, an alert of the server. Empty when
  // verify is off and the rest went well.
  virtual std::optional<Failure> failure() const = 0;
  // Asked after a transfer that failed, and not by a timeout: whether the handshake failed in the
  // slim context in a way that the full one may cure. If so, the engine's next sessions with this
  // peer take the full one.
  virtual bool wants_full_context() = 0;
  // On a reused connection, inside a callback of the transfer: takes over the facts of the
  // connection's handshake. Does nothing when this transfer had a handshake of its own.
  virtual void adopt() = 0;
  // The exchange is over. After one that was not ok, the next handshake of this check is verified
  // in full.
  virtual void finish(bool ok) = 0;
};

class TlsShared;

// Used on one loop thread; takes no locks.
class TlsEngine {
 public:
  // Makes the scope's context the thread's default for OpenSSL, and restores the former at its end.
  class Scope {
   public:
    explicit Scope(void* library_context);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    void* former_;
  };

  explicit TlsEngine(TlsEngineSettings settings);
  ~TlsEngine();
  TlsEngine(const TlsEngine&) = delete;
  TlsEngine& operator=(const TlsEngine&) = delete;

  [[nodiscard]] Scope enter(TlsContext context) const;

  // Prepares one easy handle for one transfer to `host` (the URL's, ASCII; IPv6 with or without
  // brackets). Never fails: what is wrong with files is told by the session, and the transfer ends
  // before a byte is sent.
  std::unique_ptr<TlsSession> attach(CURL* easy, const TlsSettings& settings,
                                     std::string_view host);

  // Forgets all verified chains and reads all roots again at their next use. Changed CA files are
  // noticed without it, within seconds.
  void reload_roots();
  TlsCounters counters() const;
  // For connections that libcurl does not drive (tls_layer.h).
  TlsShared& shared() { return *shared_; }

 private:
  std::unique_ptr<TlsShared> shared_;
};

// What a failed handshake was about when only libcurl's words are there: a sentence for people,
// OpenSSL's tail kept. connect_reset when the server dropped the connection, else tls_handshake.
Failure handshake_failure(std::string_view libcurl_message);

}  // namespace vedette::net

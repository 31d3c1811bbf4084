// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_shared.h"

#include <utility>

namespace vedette::net {
namespace {

// Then the slim context is tried again: servers change.
constexpr auto full_context_for = std::chrono::hours(1);

}  // namespace

TlsShared::TlsShared(TlsEngineSettings settings)
    : settings_(std::move(settings)),
      roots_(settings_.ca_file),
      verifier_(roots_, settings_.clock) {}

OSSL_LIB_CTX* TlsShared::library(TlsContext context) const {
  return context == TlsContext::slim && slim_available() ? slim_.get()
                                                         : OSSL_LIB_CTX_get0_global_default();
}

std::expected<Roots, Failure> TlsShared::roots(const std::string& ca_file, TlsContext context) {
  auto found = roots_.get(ca_file, library(context), settings_.clock.steady());
  // What was verified under former roots could not be found any more; this gives its memory back.
  if (roots_.generation() != std::exchange(known_generation_, roots_.generation()))
    verifier_.forget_chains();
  return found;
}

std::expected<const ClientCertificate*, Failure> TlsShared::client_certificate(
    const TlsSettings& settings) {
  return client_certificates_.get(settings.cert_file, settings.key_file, settings_.clock.steady());
}

void TlsShared::forget_roots() {
  roots_.forget();
  client_certificates_.forget();
  verifier_.forget_chains();
}

TlsContext TlsShared::context_for(const TlsSettings& settings, const std::string& peer) {
  if (!settings_.fast || !settings.fast || !slim_available()) return TlsContext::full;
  const Steady::time_point* until = exotic_.find(peer);
  return until != nullptr && settings_.clock.steady() < *until ? TlsContext::full
                                                               : TlsContext::slim;
}

std::optional<TlsFacts> TlsShared::facts_of(const SSL_CTX* connection) {
  const TlsFacts* facts = connections_.find(connection);
  return facts != nullptr ? std::optional(*facts) : std::nullopt;
}

void TlsShared::needs_full_context(const std::string& peer) {
  ++retries_;
  exotic_.put(peer, settings_.clock.steady() + full_context_for);
}

TlsCounters TlsShared::counters() const {
  const VerifyMemo& memo = verifier_.memo();
  return {.memo_hits = memo.hits(),
          .memo_misses = memo.misses(),
          .memo_entries = memo.size(),
          .roots_loaded = roots_.generation(),
          .full_context_retries = retries_,
          .slim_available = slim_available()};
}

void TlsShared::tell_counts() {
  if (!settings_.counts) return;
  const TlsCounters now = counters();
  const auto add = [&](std::atomic<std::uint64_t>& all, std::uint64_t TlsCounters::*own) {
    all.fetch_add(now.*own - told_.*own, std::memory_order_relaxed);
  };
  add(settings_.counts->memo_hits, &TlsCounters::memo_hits);
  add(settings_.counts->memo_misses, &TlsCounters::memo_misses);
  add(settings_.counts->roots_loaded, &TlsCounters::roots_loaded);
  add(settings_.counts->full_context_retries, &TlsCounters::full_context_retries);
  told_ = now;
}

void TlsShared::exchange_ended(const std::string& peer, TlsContext context, bool ok) {
  tell_counts();
  if (ok) {
    well_.put(peer, true);
    return;
  }
  well_.erase(peer);
  // The full context did not help either: the peer is broken, not exotic.
  if (context == TlsContext::full) exotic_.erase(peer);
}

}  // namespace vedette::net

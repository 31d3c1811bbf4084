// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_verifier.h"

#include <algorithm>
#include <string_view>

#include <openssl/ssl.h>

#include "probes/net/tls_verdict.h"

namespace vedette::net {

struct TlsVerifier::ChainVerdict {
  std::optional<VerifiedChain> chain;  // when accepted
  ChainError error;                    // else
};

namespace {

ChainError error_of(X509_STORE_CTX& context) {
  const int code = X509_STORE_CTX_get_error(&context);
  ChainError error{.code = code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code,
                   .depth = X509_STORE_CTX_get_error_depth(&context)};
  if (const X509* certificate = X509_STORE_CTX_get_current_cert(&context)) {
    error.subject = subject_of(*certificate);
    error.not_before = not_before_of(*certificate);
    error.not_after = not_after_of(*certificate);
  }
  return error;
}

// The same bytes read again, so that their keys are decoded in the full context.
CertificateStackPtr copy_of(const STACK_OF(X509) & chain, OSSL_LIB_CTX* library) {
  CertificateStackPtr copies(sk_X509_new_null());
  for (int i = 0; i < sk_X509_num(&chain); ++i) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sk_X509_value(&chain, i), &der);
    const std::unique_ptr<unsigned char, FreesBytes> owned(der);
    const unsigned char* in = der;
    X509* copy = X509_new_ex(library, nullptr);
    if (size <= 0 || d2i_X509(&copy, &in, size) == nullptr) return nullptr;
    sk_X509_push(copies.get(), copy);
  }
  return copies;
}

Instant earliest_expiry(const std::vector<Certificate>& chain) {
  return std::ranges::min(chain, {}, &Certificate::not_after).not_after;
}

}  // namespace

bool is_address(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  ASN1_OCTET_STRING_free(address);
  return address != nullptr;
}

bool names_host(X509& certificate, const std::string& host) {
  if (host.empty()) return false;
  if (is_address(host)) return X509_check_ip_asc(&certificate, host.c_str(), 0) == 1;
  constexpr unsigned flags =
      X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return X509_check_host(&certificate, host.data(), host.size(), flags, nullptr) == 1;
}

TlsVerifier::TlsVerifier(RootSets& roots, const TlsClock& clock) : roots_(roots), clock_(clock) {}

TlsFacts TlsVerifier::verify(X509_STORE_CTX& presented, const VerifyOrder& order) {
  const STACK_OF(X509)& chain = *X509_STORE_CTX_get0_untrusted(&presented);
  const auto digest = hasher_(chain);
  TlsFacts facts;
  facts.chain = facts_.of(chain, digest);
  facts.earliest_expiry = earliest_expiry(*facts.chain);

  const ChainVerdict verdict = verify_chain(presented, order, digest);
  if (verdict.chain) facts.last_chain_expiry = verdict.chain->not_after;
  const bool right_host = names_host(*X509_STORE_CTX_get0_cert(&presented), order.host);
  facts.verification =
      judge({.presented = *facts.chain,
             .chain_error = verdict.chain ? std::nullopt : std::optional(verdict.error),
             .names_host = right_host,
             .host = order.host},
            clock_.wall());
  const int refused = verdict.chain ? X509_V_ERR_HOSTNAME_MISMATCH : verdict.error.code;
  X509_STORE_CTX_set_error(&presented, facts.verification ? refused : X509_V_OK);
  return facts;
}

TlsVerifier::ChainVerdict TlsVerifier::verify_chain(X509_STORE_CTX& presented,
                                                    const VerifyOrder& order,
                                                    const std::optional<ChainDigest>& digest) {
  const X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(&presented);
  const bool memo = order.memo && order.roots.memo_allowed && digest;
  const MemoKey key{
      .chain = digest.value_or(ChainDigest{}),
      .roots_generation = order.roots.generation,
      .security_level = X509_VERIFY_PARAM_get_auth_level(parameters),
      .purpose = X509_PURPOSE_SSL_SERVER,
      .flags = X509_VERIFY_PARAM_get_flags(const_cast<X509_VERIFY_PARAM*>(parameters)),
      .profile = static_cast<int>(order.context)};
  if (memo && !order.in_full) {
    if (const auto known = memo_.find(key, clock_.steady(), clock_.wall())) return {known, {}};
  } else {
    memo_.count_miss();
  }
  ChainVerdict verdict = verify_plainly(presented, order);
  if (memo && verdict.chain) memo_.remember(key, *verdict.chain, clock_.steady(), clock_.wall());
  return verdict;
}

TlsVerifier::ChainVerdict TlsVerifier::verify_plainly(X509_STORE_CTX& presented,
                                                      const VerifyOrder& order) {
  X509_VERIFY_PARAM_set_time(
      X509_STORE_CTX_get0_param(&presented),
      std::chrono::floor<std::chrono::seconds>(clock_.wall()).time_since_epoch().count());
  if (X509_verify_cert(&presented) == 1)
    return {dates_of(*X509_STORE_CTX_get0_chain(&presented)), {}};
  const ChainError error = error_of(presented);
  if (order.context == TlsContext::full) return {std::nullopt, error};
  // A refusal must not come from what the slim context does not know: the full one has the last
  // word.
  return verify_in_full_context(presented, order);
}

TlsVerifier::ChainVerdict TlsVerifier::verify_in_full_context(X509_STORE_CTX& presented,
                                                              const VerifyOrder& order) {
  OSSL_LIB_CTX* full = OSSL_LIB_CTX_get0_global_default();
  const TlsEngine::Scope scope(full);
  const auto roots = roots_.get(order.ca_file, full, clock_.steady());
  const CertificateStackPtr chain = copy_of(*X509_STORE_CTX_get0_untrusted(&presented), full);
  const StoreContextPtr context(X509_STORE_CTX_new_ex(full, nullptr));
  if (!roots || !chain ||
      X509_STORE_CTX_init(context.get(), roots->store, sk_X509_value(chain.get(), 0),
                          chain.get()) != 1 ||
      X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(context.get()),
                             X509_STORE_CTX_get0_param(&presented)) != 1) {
    return {std::nullopt, error_of(presented)};
  }
  if (X509_verify_cert(context.get()) == 1)
    return {dates_of(*X509_STORE_CTX_get0_chain(context.get())), {}};
  return {std::nullopt, error_of(*context)};
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/peer/facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::peer {
namespace {

constexpr std::size_t max_names = 50;  // of a certificate
constexpr std::size_t max_chain = 10;

std::vector<std::string> bounded_names(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  const std::size_t kept = std::min(names.size(), max_names);
  for (std::size_t i = 0; i < kept; ++i) out.push_back(printable(names[i]));
  if (names.size() > kept) out.push_back(fmt::format("and {} more", names.size() - kept));
  return out;
}

std::vector<std::string> chain_lines(const std::vector<net::Certificate>& chain) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(chain.size(), max_chain); ++i) {
    out.push_back(fmt::format("{}, issued by {}, until {}", printable(chain[i].subject),
                              printable(chain[i].issuer), format_instant(chain[i].not_after)));
  }
  return out;
}

void add_certificate(std::vector<Fact>& facts, const net::Certificate& leaf) {
  add_text(facts, "certificate_subject", leaf.subject);
  add_text(facts, "certificate_issuer", leaf.issuer);
  facts.push_back({"certificate_names", bounded_names(leaf.names)});
  add_text(facts, "certificate_serial", leaf.serial);
  add_text(facts, "certificate_sha256", leaf.sha256);
  facts.push_back({"certificate_not_before", format_instant(leaf.not_before)});
  facts.push_back({"certificate_not_after", format_instant(leaf.not_after)});
}

}  // namespace

void add_text(std::vector<Fact>& facts, std::string_view name, std::string_view text) {
  if (!text.empty()) facts.push_back({std::string(name), printable(text)});
}

void add_tls(std::vector<Fact>& facts, const net::TlsFacts& tls) {
  add_certificate(facts, tls.chain->front());
  if (tls.chain->size() > 1) facts.push_back({"certificate_chain", chain_lines(*tls.chain)});
  add_text(facts, "tls_version", tls.version);
  add_text(facts, "tls_cipher", tls.cipher);
  if (tls.verification) add_text(facts, "tls_verification_error", tls.verification->message);
}

}  // namespace vedette::peer

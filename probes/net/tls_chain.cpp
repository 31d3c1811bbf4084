// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_chain.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include <arpa/inet.h>

namespace vedette::net {
namespace {

// Hostile certificates hold thousands of names; what is left out is not needed to understand a
// failure.
constexpr int max_names = 200;
constexpr std::size_t max_text = 512;

std::string render(const X509_NAME* name) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  // UTF-8 as it is, control characters escaped.
  X509_NAME_print_ex(out.get(), name, 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, std::min(static_cast<std::size_t>(std::max(size, 0L)), max_text)};
}

std::string hex(const unsigned char* bytes, std::size_t size, const char* digits) {
  std::string text;
  text.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::string serial_of(const X509& certificate) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(&certificate);
  const auto size = static_cast<std::size_t>(std::max(ASN1_STRING_length(serial), 0));
  const bool negative = (ASN1_STRING_type(serial) & V_ASN1_NEG) != 0;
  return (negative ? "-" : "") +
         hex(ASN1_STRING_get0_data(serial), std::min(size, max_text), "0123456789ABCDEF");
}

std::string sha256_of(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  return hex(digest.data(), size, "0123456789abcdef");
}

std::string address(int family, const unsigned char* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, bytes, text.data(), text.size()) != nullptr ? text.data() : "";
}

std::string printable(const ASN1_STRING* string) {
  const auto size = static_cast<std::size_t>(std::max(ASN1_STRING_length(string), 0));
  std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                   std::min(size, max_text));
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c == 0x7f; }, '?');
  return text;
}

std::string name_of(const GENERAL_NAME& name) {
  int type = 0;
  const void* value = GENERAL_NAME_get0_value(&name, &type);
  const auto* string = static_cast<const ASN1_STRING*>(value);
  if (type == GEN_DNS) return printable(string);
  if (type != GEN_IPADD) return {};
  if (ASN1_STRING_length(string) == 4) return address(AF_INET, ASN1_STRING_get0_data(string));
  if (ASN1_STRING_length(string) == 16) return address(AF_INET6, ASN1_STRING_get0_data(string));
  return {};
}

std::vector<std::string> names_of(const X509& certificate) {
  const NamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> texts;
  for (int i = 0; i < std::min(sk_GENERAL_NAME_num(names.get()), max_names); ++i) {
    std::string text = name_of(*sk_GENERAL_NAME_value(names.get(), i));
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return std::chrono::time_point_cast<Instant::duration>(
             std::chrono::system_clock::from_time_t(0)) +
         std::chrono::seconds(timegm(&parts));
}

}  // namespace

std::string subject_of(const X509& certificate) {
  return render(X509_get_subject_name(&certificate));
}
Instant not_before_of(const X509& certificate) {
  return instant_of(X509_get0_notBefore(&certificate));
}
Instant not_after_of(const X509& certificate) {
  return instant_of(X509_get0_notAfter(&certificate));
}

Certificate describe(const X509& certificate) {
  return {.subject = subject_of(certificate),
          .issuer = render(X509_get_issuer_name(&certificate)),
          .names = names_of(certificate),
          .serial = serial_of(certificate),
          .sha256 = sha256_of(certificate),
          .not_before = not_before_of(certificate),
          .not_after = not_after_of(certificate)};
}

VerifiedChain dates_of(const STACK_OF(X509) & chain) {
  VerifiedChain dates{Instant::min(), Instant::max()};
  for (int i = 0; i < sk_X509_num(&chain); ++i) {
    const X509& certificate = *sk_X509_value(&chain, i);
    dates.not_before = std::max(dates.not_before, not_before_of(certificate));
    dates.not_after = std::min(dates.not_after, not_after_of(certificate));
  }
  return dates;
}

ChainHasher::ChainHasher()
    : sha256_(EVP_MD_fetch(OSSL_LIB_CTX_get0_global_default(), "SHA256", nullptr)),
      context_(EVP_MD_CTX_new()) {}

bool ChainHasher::add(const X509& certificate) {
  const int size = i2d_X509(&certificate, nullptr);
  if (size <= 0) return false;
  der_.resize(static_cast<std::size_t>(size));
  unsigned char* out = der_.data();
  i2d_X509(&certificate, &out);
  return EVP_DigestUpdate(context_.get(), &size, sizeof size) == 1 &&
         EVP_DigestUpdate(context_.get(), der_.data(), der_.size()) == 1;
}

std::optional<ChainDigest> ChainHasher::operator()(const STACK_OF(X509) & chain) {
  const int count = sk_X509_num(&chain);
  bool ok = EVP_DigestInit_ex2(context_.get(), sha256_.get(), nullptr) == 1 &&
            EVP_DigestUpdate(context_.get(), &count, sizeof count) == 1;
  for (int i = 0; ok && i < count; ++i) ok = add(*sk_X509_value(&chain, i));
  ChainDigest digest{};
  if (!ok || EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) != 1) return std::nullopt;
  return digest;
}

CertificateChain ChainFacts::of(const STACK_OF(X509) & chain,
                                const std::optional<ChainDigest>& digest) {
  const CertificateChain* known = digest ? rendered_.find(*digest) : nullptr;
  if (known != nullptr) return *known;
  auto certificates = std::make_shared<std::vector<Certificate>>();
  for (int i = 0; i < sk_X509_num(&chain); ++i)
    certificates->push_back(describe(*sk_X509_value(&chain, i)));
  if (digest) rendered_.put(*digest, certificates);
  return certificates;
}

}  // namespace vedette::net

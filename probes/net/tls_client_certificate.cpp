// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_client_certificate.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace vedette::net {
namespace {

std::unexpected<Failure> unusable(std::string_view what, const std::string& file,
                                  std::string_view why) {
  ERR_clear_error();
  return std::unexpected(
      Failure{Reason::tls_handshake, fmt::format("the {} {} cannot be used: {}", what, file, why)});
}

// OpenSSL's default asks on the terminal, which would stop the loop.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

// Null with errno set.
BioPtr open_regular(const std::string& file) {
  std::error_code error;
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error)) {
    errno = EINVAL;
    return nullptr;
  }
  errno = 0;
  return BioPtr(BIO_new_file(file.c_str(), "r"));
}

OSSL_LIB_CTX* full_library() {
  return OSSL_LIB_CTX_get0_global_default();
}

CertificatePtr next_certificate(BIO* pem) {
  X509* certificate = X509_new_ex(full_library(), nullptr);
  if (PEM_read_bio_X509(pem, &certificate, no_passphrase, nullptr) == nullptr) {
    X509_free(certificate);
    return nullptr;
  }
  return CertificatePtr(certificate);
}

bool key_is_encrypted() {
  const unsigned long error = ERR_peek_last_error();
  for (unsigned long one = ERR_get_error(); one != 0; one = ERR_get_error()) {
    if (ERR_GET_LIB(one) == ERR_LIB_PEM && ERR_GET_REASON(one) == PEM_R_BAD_PASSWORD_READ)
      return true;
  }
  return ERR_GET_REASON(error) == PEM_R_BAD_PASSWORD_READ;
}

std::expected<KeyPtr, Failure> read_key(const std::string& file) {
  const BioPtr pem = open_regular(file);
  if (!pem) return unusable("client key", file, std::strerror(errno));
  ERR_clear_error();
  KeyPtr key(PEM_read_bio_PrivateKey_ex(pem.get(), nullptr, no_passphrase, nullptr, full_library(),
                                        nullptr));
  if (key) return key;
  return unusable("client key", file,
                  key_is_encrypted() ? "it is encrypted" : "it holds no PEM key");
}

}  // namespace

bool ClientCertificate::use_in(SSL_CTX& context) const {
  return SSL_CTX_use_cert_and_key(&context, leaf.get(), key.get(), others.get(), 1) == 1;
}

std::expected<ClientCertificate, Failure> read_client_certificate(const std::string& cert_file,
                                                                  const std::string& key_file) {
  const BioPtr pem = open_regular(cert_file);
  if (!pem) return unusable("client certificate", cert_file, std::strerror(errno));
  ClientCertificate read{next_certificate(pem.get()), CertificateStackPtr(sk_X509_new_null()),
                         nullptr};
  if (!read.leaf) return unusable("client certificate", cert_file, "it holds no PEM certificate");
  while (CertificatePtr other = next_certificate(pem.get()))
    sk_X509_push(read.others.get(), other.release());
  auto key = read_key(key_file.empty() ? cert_file : key_file);
  if (!key) return std::unexpected(std::move(key.error()));
  read.key = std::move(*key);
  if (X509_check_private_key(read.leaf.get(), read.key.get()) != 1) {
    return unusable("client key", key_file, "it does not belong to the client certificate");
  }
  ERR_clear_error();
  return read;
}

std::expected<const ClientCertificate*, Failure> ClientCertificates::get(
    const std::string& cert_file, const std::string& key_file, Steady::time_point now) {
  const auto name = std::pair(cert_file, key_file);
  auto place = known_.find(name);
  if (place == known_.end() || now - place->second.checked_at >= recheck_after) {
    const auto stamps = std::pair(stamp_of(cert_file), stamp_of(key_file));
    if (place == known_.end() || !place->second.certificate || place->second.stamps != stamps) {
      Entry entry{stamps, now, read_client_certificate(cert_file, key_file)};
      place = known_.insert_or_assign(name, std::move(entry)).first;
    }
    place->second.checked_at = now;
  }
  if (!place->second.certificate) return std::unexpected(place->second.certificate.error());
  return &*place->second.certificate;
}

}  // namespace vedette::net

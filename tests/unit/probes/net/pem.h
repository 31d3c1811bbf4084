// SPDX-License-Identifier: Apache-2.0
// PEM text to OpenSSL's certificates, for the tests of TLS.
#pragma once

#include <string>

#include <openssl/pem.h>

#include "probes/net/tls_openssl.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

inline net::CertificateStackPtr certificates(const std::string& pem,
                                             OSSL_LIB_CTX* library = nullptr) {
  net::CertificateStackPtr stack(sk_X509_new_null());
  const net::BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  for (;;) {
    X509* certificate = X509_new_ex(library, nullptr);
    if (PEM_read_bio_X509(in.get(), &certificate, nullptr, nullptr) == nullptr) {
      X509_free(certificate);
      return stack;
    }
    sk_X509_push(stack.get(), certificate);
  }
}

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Owners of OpenSSL's objects.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace vedette::net {

template <auto function>
struct Frees {
  template <class T>
  void operator()(T* object) const {
    function(object);
  }
};

// sk_X509_pop_free is a macro, and so cannot be named as a template argument.
struct FreesCertificates {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
struct FreesNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
struct FreesBytes {
  void operator()(void* bytes) const { OPENSSL_free(bytes); }
};

using BioPtr = std::unique_ptr<BIO, Frees<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, Frees<X509_free>>;
using CertificateStackPtr = std::unique_ptr<STACK_OF(X509), FreesCertificates>;
using DigestPtr = std::unique_ptr<EVP_MD, Frees<EVP_MD_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Frees<EVP_MD_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Frees<EVP_PKEY_free>>;
using LibraryContextPtr = std::unique_ptr<OSSL_LIB_CTX, Frees<OSSL_LIB_CTX_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, FreesNames>;
using ProviderPtr = std::unique_ptr<OSSL_PROVIDER, Frees<OSSL_PROVIDER_unload>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, Frees<SSL_CTX_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Frees<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Frees<X509_STORE_CTX_free>>;

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tls_files.h"

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "tests/support/temp_dir.h"

namespace vedette::test {
namespace {

using KeyPtr = std::shared_ptr<EVP_PKEY>;
using CertPtr = std::shared_ptr<X509>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

void require(bool ok, const char* what) {
  if (!ok) {
    throw std::runtime_error(std::string("OpenSSL: ") + what);
  }
}

KeyPtr make_key(KeyKind kind) {
  EVP_PKEY* key = nullptr;
  switch (kind) {
    case KeyKind::p256:
      key = EVP_EC_gen("P-256");
      break;
    case KeyKind::p384:
      key = EVP_EC_gen("P-384");
      break;
    case KeyKind::p521:
      key = EVP_EC_gen("P-521");
      break;
    case KeyKind::rsa2048:
      key = EVP_RSA_gen(2048);
      break;
    case KeyKind::ed25519:
      key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
      break;
  }
  require(key != nullptr, "key generation");
  return {key, EVP_PKEY_free};
}

const EVP_MD* digest_for(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "ED25519") == 1) {
    return nullptr;  // has its own
  }
  return EVP_PKEY_get_bits(&key) == 384 ? EVP_sha384() : EVP_sha256();
}

template <class Write>
std::string pem_text(Write write) {
  const BioPtr bio(BIO_new(BIO_s_mem()), BIO_free);
  require(write(bio.get()) == 1, "writing PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509& certificate) {
  return pem_text([&](BIO* bio) { return PEM_write_bio_X509(bio, &certificate); });
}

std::string to_pem(EVP_PKEY& key) {
  return pem_text([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, &key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

void set_serial(X509& certificate) {
  std::uint64_t number = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof(number)) == 1, "random");
  require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(&certificate), number | 1) == 1, "serial");
}

void set_time(ASN1_TIME* field, std::chrono::seconds from_now) {
  require(X509_gmtime_adj(field, static_cast<long>(from_now.count())) != nullptr, "time");
}

void add_extension(X509& certificate, X509& issuer, int nid, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  require(extension != nullptr, "extension");
  const int added = X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
  require(added == 1, "adding an extension");
}

std::string alternative_names(const CertificateOptions& options) {
  std::string text;
  const auto add = [&text](std::string_view kind, const std::string& name) {
    text += (text.empty() ? "" : ",") + std::string(kind) + ":" + name;
  };
  for (const std::string& name : options.dns) {
    add("DNS", name);
  }
  for (const std::string& address : options.ip) {
    add("IP", address);
  }
  return text;
}

CertPtr start_certificate(const CertificateOptions& options, EVP_PKEY& key) {
  CertPtr made(X509_new(), X509_free);
  require(made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1, "certificate");
  set_serial(*made);
  set_time(X509_getm_notBefore(made.get()), options.not_before);
  set_time(X509_getm_notAfter(made.get()), options.not_after);
  const auto* name = reinterpret_cast<const unsigned char*>(options.common_name.c_str());
  require(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8, name,
                                     -1, -1, 0) == 1,
          "subject");
  require(X509_set_pubkey(made.get(), &key) == 1, "public key");
  return made;
}

void finish_certificate(X509& certificate, X509& issuer, EVP_PKEY& issuer_key) {
  require(X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) == 1, "issuer");
  add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  if (&certificate != &issuer) {
    add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  }
  require(X509_sign(&certificate, &issuer_key, digest_for(issuer_key)) > 0, "signing");
}

void add_leaf_extensions(X509& certificate, X509& issuer, const CertificateOptions& options) {
  add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(certificate, issuer, NID_ext_key_usage,
                options.client ? "clientAuth" : "serverAuth");
  if (const std::string names = alternative_names(options); !names.empty()) {
    add_extension(certificate, issuer, NID_subject_alt_name, names);
  }
}

void add_authority_extensions(X509& certificate, X509& issuer) {
  add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
}

CertificateOptions authority_options(const std::string& common_name, KeyKind key,
                                     std::chrono::seconds not_after) {
  CertificateOptions options;
  options.common_name = common_name;
  options.key = key;
  options.not_before = -std::chrono::hours(24 * 365);
  options.not_after = not_after;
  return options;
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  require(static_cast<bool>(out.flush()), "writing a PEM file");
}

}  // namespace

struct Authority::Parts {
  CertPtr certificate;
  KeyPtr key;
  std::string chain_pem;  // what a leaf's chain goes on with; empty for a root
};

Authority Authority::root(const std::string& common_name, KeyKind kind) {
  const auto options = authority_options(common_name, kind, std::chrono::hours(24 * 3650));
  KeyPtr key = make_key(kind);
  CertPtr made = start_certificate(options, *key);
  add_authority_extensions(*made, *made);
  finish_certificate(*made, *made, *key);
  return Authority(std::make_shared<const Parts>(Parts{std::move(made), std::move(key), ""}));
}

Authority Authority::intermediate(const std::string& common_name, KeyKind kind,
                                  std::chrono::seconds not_after) const {
  KeyPtr key = make_key(kind);
  CertPtr made = start_certificate(authority_options(common_name, kind, not_after), *key);
  add_authority_extensions(*made, *parts_->certificate);
  finish_certificate(*made, *parts_->certificate, *parts_->key);
  std::string chain = to_pem(*made) + parts_->chain_pem;
  return Authority(
      std::make_shared<const Parts>(Parts{std::move(made), std::move(key), std::move(chain)}));
}

Identity Authority::issue(const CertificateOptions& options) const {
  const KeyPtr key = make_key(options.key);
  const CertPtr made = start_certificate(options, *key);
  add_leaf_extensions(*made, *parts_->certificate, options);
  finish_certificate(*made, *parts_->certificate, *parts_->key);
  return {to_pem(*made) + parts_->chain_pem, to_pem(*key)};
}

std::string Authority::pem() const {
  return to_pem(*parts_->certificate);
}

Identity self_signed(const CertificateOptions& options) {
  const KeyPtr key = make_key(options.key);
  const CertPtr made = start_certificate(options, *key);
  add_leaf_extensions(*made, *made, options);
  finish_certificate(*made, *made, *key);
  return {to_pem(*made), to_pem(*key)};
}

std::string bundle_with(const std::string& ours_pem, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += i == count / 2 ? ours_pem : Authority::root("Stranger " + std::to_string(i)).pem();
  }
  return text;
}

CertificateOptions TlsFiles::shop() {
  CertificateOptions options;
  options.dns = {"shop.test", "*.shop.test", "localhost"};
  options.ip = {"127.0.0.1", "::1"};
  return options;
}

TlsFiles::TlsFiles(std::filesystem::path directory)
    : directory_(std::move(directory)), authority_(Authority::root("Vedette Test Root")) {
  std::filesystem::create_directories(directory_);
  write_file(root(), authority_.pem());
  authority_ = authority_.intermediate("Vedette Test Intermediate");
  const Authority clients = Authority::root("Vedette Test Clients");
  write_file(client_root(), clients.pem());

  add("good", shop());
  CertificateOptions expired = shop();
  expired.not_before = -std::chrono::hours(48);
  expired.not_after = -std::chrono::hours(24);
  add("expired", expired);
  CertificateOptions early = shop();
  early.not_before = std::chrono::hours(24);
  add("not_yet_valid", early);
  CertificateOptions other = shop();
  other.common_name = "other.test";
  other.dns = {"other.test"};
  other.ip = {"192.0.2.1"};
  add("wrong_host", other);
  add("self_signed", self_signed(shop()));
  const Authority nobody = Authority::root("Nobody's Root").intermediate("Nobody's Intermediate");
  add("unknown_issuer", nobody.issue(shop()));
  CertificateOptions client;
  client.common_name = "probe";
  client.client = true;
  add("client", clients.issue(client));
  add("stranger_client", nobody.issue(client));
}

std::filesystem::path TlsFiles::chain(std::string_view name) const {
  return directory_ / (std::string(name) + ".pem");
}

std::filesystem::path TlsFiles::key(std::string_view name) const {
  return directory_ / (std::string(name) + ".key");
}

Identity TlsFiles::identity(std::string_view name) const {
  return {read_text_file(chain(name)), read_text_file(key(name))};
}

void TlsFiles::add(const std::string& name, const CertificateOptions& options) const {
  add(name, authority_.issue(options));
}

void TlsFiles::add(const std::string& name, const Identity& identity) const {
  write_file(chain(name), identity.chain_pem);
  write_file(key(name), identity.key_pem);
}

}  // namespace vedette::test

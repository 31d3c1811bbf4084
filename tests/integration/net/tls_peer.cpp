// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/net/tls_peer.h"

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/dsa.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/net/tls_openssl.h"

namespace vedette::test {
namespace {

using net::BioPtr;
using net::CertificatePtr;
using net::KeyPtr;

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(what);
}

KeyPtr dsa_key() {
  const std::unique_ptr<EVP_PKEY_CTX, net::Frees<EVP_PKEY_CTX_free>> parameters(
      EVP_PKEY_CTX_new_from_name(nullptr, "DSA", nullptr));
  EVP_PKEY_paramgen_init(parameters.get());
  EVP_PKEY_CTX_set_dsa_paramgen_bits(parameters.get(), 2048);
  EVP_PKEY* group = nullptr;
  require(EVP_PKEY_paramgen(parameters.get(), &group) == 1, "DSA parameters");
  const KeyPtr owned(group);
  const std::unique_ptr<EVP_PKEY_CTX, net::Frees<EVP_PKEY_CTX_free>> generator(
      EVP_PKEY_CTX_new(group, nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_keygen_init(generator.get());
  require(EVP_PKEY_keygen(generator.get(), &key) == 1, "DSA key");
  return KeyPtr(key);
}

KeyPtr rsa_pss_key() {
  const std::unique_ptr<EVP_PKEY_CTX, net::Frees<EVP_PKEY_CTX_free>> generator(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_keygen_init(generator.get());
  require(EVP_PKEY_keygen(generator.get(), &key) == 1, "RSA-PSS key");
  return KeyPtr(key);
}

KeyPtr make_key(const std::string& kind) {
  if (kind == "DSA") return dsa_key();
  if (kind == "RSA-PSS") return rsa_pss_key();
  if (kind.starts_with("P-")) return KeyPtr(EVP_EC_gen(kind.c_str()));
  return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, kind.c_str()));
}

template <class Write>
std::string pem(Write write) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  require(write(out.get()) == 1, "PEM");
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

CertificatePtr first_certificate(const std::string& text) {
  const BioPtr in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return CertificatePtr(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

std::string to_pem(const X509& certificate) {
  return pem([&](BIO* out) { return PEM_write_bio_X509(out, &certificate); });
}

std::string to_pem(const EVP_PKEY& key) {
  return pem([&](BIO* out) {
    return PEM_write_bio_PKCS8PrivateKey(out, &key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

void add_extension(X509& certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  require(extension != nullptr && X509_add_ext(&certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

struct Party {
  std::string name;
  EVP_PKEY* key;
  std::string dns_name;  // empty: an authority
};

void set_name(X509_NAME* field, const std::string& name) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(field, "CN", MBSTRING_UTF8, bytes, -1, -1, 0);
}

CertificatePtr certificate(const Party& subject, const Party& issuer) {
  CertificatePtr made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 7);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  set_name(X509_get_subject_name(made.get()), subject.name);
  set_name(X509_get_issuer_name(made.get()), issuer.name);
  X509_set_pubkey(made.get(), subject.key);
  if (subject.dns_name.empty()) {
    add_extension(*made, NID_basic_constraints, "critical,CA:TRUE");
  } else {
    add_extension(*made, NID_subject_alt_name, "DNS:" + subject.dns_name);
  }
  const bool own_digest = issuer.name.starts_with("ED");
  require(X509_sign(made.get(), issuer.key, own_digest ? nullptr : EVP_sha256()) > 0, "signing");
  return made;
}

void use_identity(SSL_CTX& context, const Identity& identity) {
  const BioPtr chain(
      BIO_new_mem_buf(identity.chain_pem.data(), static_cast<int>(identity.chain_pem.size())));
  const CertificatePtr leaf(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
  require(SSL_CTX_use_certificate(&context, leaf.get()) == 1, "server certificate");
  while (X509* next = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
    SSL_CTX_add_extra_chain_cert(&context, next);
  }
  const BioPtr in(
      BIO_new_mem_buf(identity.key_pem.data(), static_cast<int>(identity.key_pem.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  require(SSL_CTX_use_PrivateKey(&context, key.get()) == 1, "server key");
}

bool read_request(SSL& session) {
  std::string request;
  std::array<char, 4096> piece{};
  while (request.find("\r\n\r\n") == std::string::npos) {
    const int count = SSL_read(&session, piece.data(), piece.size());
    if (count <= 0) return false;
    request.append(piece.data(), static_cast<std::size_t>(count));
  }
  return true;
}

// A close with unread data in the socket would be a reset, and the alert be lost on the way.
void let_it_read(int socket) {
  shutdown(socket, SHUT_WR);
  std::array<char, 4096> rest{};
  while (recv(socket, rest.data(), rest.size(), 0) > 0) {
  }
}

}  // namespace

Identity exotic_identity(const std::string& key_kind, const std::string& dns_name) {
  const KeyPtr key = make_key(key_kind);
  const CertificatePtr made =
      certificate({key_kind, key.get(), dns_name}, {key_kind, key.get(), ""});
  return {to_pem(*made), to_pem(*key)};
}

ExoticIssue issued_by_exotic(const std::string& root_key_kind, const std::string& dns_name) {
  const KeyPtr root = make_key(root_key_kind);
  const KeyPtr key = make_key("P-256");
  const Party issuer{root_key_kind, root.get(), ""};
  return {to_pem(*certificate(issuer, issuer)),
          {to_pem(*certificate({"leaf", key.get(), dns_name}, issuer)), to_pem(*key)}};
}

TlsPeer::TlsPeer(TlsPeerOptions options)
    : options_(std::move(options)),
      context_(SSL_CTX_new(TLS_server_method())),
      listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  use_identity(*context_, options_.identity);
  if (!options_.client_root_pem.empty()) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_),
                        first_certificate(options_.client_root_pem).get());
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  SSL_CTX_set_tlsext_servername_callback(context_, on_server_name);
  SSL_CTX_set_tlsext_servername_arg(context_, this);
  if (options_.configure) options_.configure(*context_);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  require(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
              listen(listener_, 16) == 0 &&
              getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0,
          "listening");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TlsPeer::~TlsPeer() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  if (const int socket = talking_.load(); socket >= 0) shutdown(socket, SHUT_RDWR);
  thread_.join();
  close(listener_);
  SSL_CTX_free(context_);
}

std::vector<std::string> TlsPeer::names_asked_for() const {
  const std::lock_guard lock(mutex_);
  return names_;
}

int TlsPeer::on_server_name(SSL* session, int*, void* self) noexcept {
  auto& peer = *static_cast<TlsPeer*>(self);
  const char* name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
  const std::lock_guard lock(peer.mutex_);
  peer.names_.emplace_back(name != nullptr ? name : "");
  return SSL_TLSEXT_ERR_OK;
}

void TlsPeer::serve() {
  // A client that goes away while it is being written to must not end the test program.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (!stopping_) {
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0) continue;
    talking_ = socket;
    if (!stopping_) talk(socket);
    talking_ = -1;
    close(socket);
  }
}

void TlsPeer::talk(int socket) {
  constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  const std::unique_ptr<SSL, net::Frees<SSL_free>> session(SSL_new(context_));
  SSL_set_fd(session.get(), socket);
  if (SSL_accept(session.get()) != 1) {
    let_it_read(socket);
    return;
  }
  while (read_request(*session)) {
    SSL_write(session.get(), answer.data(), static_cast<int>(answer.size()));
    if (!options_.keep_alive) break;
  }
  SSL_shutdown(session.get());
}

}  // namespace vedette::test

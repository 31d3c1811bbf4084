// SPDX-License-Identifier: Apache-2.0
// Certificates made at test time: authorities, leaves of every kind of trouble, bundles. All as PEM
// text.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::test {

enum class KeyKind { p256, p384, p521, rsa2048, ed25519 };

// What goes into a certificate. Times are relative to now.
struct CertificateOptions {
  std::string common_name = "shop.test";
  std::vector<std::string> dns = {};  // subjectAltName
  std::vector<std::string> ip = {};
  std::chrono::seconds not_before = -std::chrono::hours(1);
  std::chrono::seconds not_after = std::chrono::hours(24 * 90);
  KeyKind key = KeyKind::p256;
  bool client = false;  // for client authentication instead of server authentication
};

// What a server (or client) shows and proves itself with.
struct Identity {
  std::string chain_pem;  // leaf first, without the root
  std::string key_pem;
};

// Signs certificates. Cheap to copy.
class Authority {
 public:
  static Authority root(const std::string& common_name, KeyKind key = KeyKind::p256);
  // Signed by this one; what it issues carries it in the chain.
  Authority intermediate(const std::string& common_name, KeyKind key = KeyKind::p256,
                         std::chrono::seconds not_after = std::chrono::hours(24 * 365)) const;
  Identity issue(const CertificateOptions& options) const;
  // This authority's own certificate.
  std::string pem() const;

 private:
  struct Parts;
  explicit Authority(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

Identity self_signed(const CertificateOptions& options);

// `count` roots that have nothing to do with each other, with `ours` in their midst.
std::string bundle_with(const std::string& ours_pem, int count);

// One of each, written into a directory: NAME.pem (chain) and NAME.key for each identity.
// Good leaves are for shop.test, *.shop.test, localhost, 127.0.0.1 and ::1.
class TlsFiles {
 public:
  explicit TlsFiles(std::filesystem::path directory);

  std::filesystem::path root() const { return directory_ / "root.pem"; }
  // Signed `client`; no server certificate comes from it.
  std::filesystem::path client_root() const { return directory_ / "client_root.pem"; }
  // Names: good, expired, not_yet_valid, wrong_host, self_signed, unknown_issuer, client,
  // stranger_client.
  std::filesystem::path chain(std::string_view name) const;
  std::filesystem::path key(std::string_view name) const;
  Identity identity(std::string_view name) const;
  // Issues one more below the same intermediate and writes it.
  void add(const std::string& name, const CertificateOptions& options) const;
  void add(const std::string& name, const Identity& identity) const;

  // For shop.test and its friends; the start for certificates with other trouble.
  static CertificateOptions shop();

 private:
  std::filesystem::path directory_;
  Authority authority_;
};

}  // namespace vedette::test

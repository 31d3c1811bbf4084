// SPDX-License-Identifier: Apache-2.0
// A TLS server of the test's own making: whatever OpenSSL can be told to be, on a thread and
// loopback port of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

#include "tests/support/tls_files.h"

namespace vedette::test {

// Key and certificate of any kind that OpenSSL can make: "ED448", "P-521", "DSA".
Identity exotic_identity(const std::string& key_kind, const std::string& dns_name);

// A leaf with a P-256 key, issued by a root with a key of any kind.
struct ExoticIssue {
  std::string root_pem;
  Identity leaf;
};
ExoticIssue issued_by_exotic(const std::string& root_key_kind, const std::string& dns_name);

struct TlsPeerOptions {
  Identity identity;
  std::string client_root_pem = {};              // then a client certificate is demanded
  std::function<void(SSL_CTX&)> configure = {};  // the last word
  bool keep_alive = false;                       // serve more than one request on a connection
};

// Answers each HTTP request with 200 and "hello".
class TlsPeer {
 public:
  explicit TlsPeer(TlsPeerOptions options);
  ~TlsPeer();
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  std::uint16_t port() const { return port_; }
  // The SNI of each handshake, "" for none; and how many there were.
  std::vector<std::string> names_asked_for() const;

 private:
  void serve();
  void talk(int socket);
  static int on_server_name(SSL* session, int* alert, void* self) noexcept;

  TlsPeerOptions options_;
  SSL_CTX* context_;
  int listener_;
  std::uint16_t port_;
  mutable std::mutex mutex_;
  std::vector<std::string> names_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> talking_ = -1;  // the socket that stop shuts down
  std::thread thread_;
};

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// The sets of trusted roots: each CA file is read once and shared by all sessions of a loop, and
// read again when it changes.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include <openssl/ssl.h>
#include <sys/stat.h>

#include "probes/clock.h"
#include "probes/net/failure.h"
#include "probes/net/tls_openssl.h"

namespace vedette::net {

// Tells whether a file is still the one that was read.
struct FileStamp {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t modified = 0, changed = 0;  // nanoseconds
  bool operator==(const FileStamp&) const = default;
};
// All bits zero when there is no such file.
FileStamp stamp_of(const std::string& path);

// Files that hold the system's roots: SSL_CERT_FILE and SSL_CERT_DIR as OpenSSL reads them, else
// OpenSSL's default file, else where the distributions keep theirs. Empty when there are none.
std::vector<std::string> system_root_files();

struct Roots {
  X509_STORE* store = nullptr;  // owned by the RootSets; take a reference to keep it
  std::uint64_t generation = 0;
  bool memo_allowed = true;
};

class RootSets {
 public:
  static constexpr auto recheck_after = std::chrono::seconds(2);

  explicit RootSets(std::string default_ca_file) : default_ca_file_(std::move(default_ca_file)) {}

  // The roots of `ca_file` (empty: the default's) for sessions of one library context. Looks
  // whether the file changed at most every two seconds. An unreadable or empty file is an error as
  // long as it is so: no old roots are used on.
  std::expected<Roots, Failure> get(const std::string& ca_file, OSSL_LIB_CTX* library,
                                    Steady::time_point now);

  // Everything is read anew at its next use.
  void forget() { sets_.clear(); }

  // Number of the last set that was read. It changes exactly when a set was read or forgotten.
  std::uint64_t generation() const { return generation_; }

 private:
  struct Set {
    std::vector<std::string> files;
    std::vector<FileStamp> stamps;
    Steady::time_point checked_at{};
    std::uint64_t generation = 0;
    bool memo_allowed = true;
    std::map<OSSL_LIB_CTX*, StorePtr> stores;
    std::optional<Failure> failure;
  };
  void refresh(Set& set, const std::string& ca_file);
  void load(Set& set, OSSL_LIB_CTX* library);

  std::string default_ca_file_;
  std::map<std::string, Set> sets_;
  std::uint64_t generation_ = 0;
};

}  // namespace vedette::net

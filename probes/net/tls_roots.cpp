// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_roots.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <openssl/err.h>

namespace vedette::net {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_file_bytes = 64 << 20;

Failure unreadable(const std::string& file, std::string_view why) {
  return {Reason::tls_handshake, fmt::format("the CA file {} cannot be used: {}", file, why)};
}

// Empty when the file can be handed to OpenSSL. A pipe or a device would block the loop or never
// end.
std::string unfit(const std::string& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return "no such file";
  if (error) return error.message();
  if (!fs::is_regular_file(status)) return "not a regular file";
  if (fs::file_size(file, error) > max_file_bytes) return "larger than 64 MiB";
  if (!std::ifstream(file)) return std::strerror(errno);
  return {};
}

std::string last_error() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  std::string copy = text != nullptr ? text : "not PEM";
  ERR_clear_error();
  return copy;
}

bool self_issued(const X509& certificate) {
  return X509_NAME_cmp(X509_get_subject_name(&certificate), X509_get_issuer_name(&certificate)) ==
         0;
}

struct Contents {
  bool any = false;
  bool only_roots = true;
};

Contents contents_of(const X509_STORE& store) {
  Contents contents;
  const STACK_OF(X509_OBJECT)* objects = X509_STORE_get0_objects(&store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    const X509* certificate = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
    if (certificate == nullptr) continue;
    contents.any = true;
    contents.only_roots = contents.only_roots && self_issued(*certificate);
  }
  return contents;
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// "5f3b2a10.0": the names under which OpenSSL finds a certificate in a directory.
bool hash_name(const std::string& name) {
  return name.size() >= 10 && name[8] == '.' && name.find_first_not_of("0123456789abcdef") == 8 &&
         name.find_first_not_of("0123456789", 9) == std::string::npos;
}

std::vector<std::string> files_of_directories(std::string_view directories) {
  std::vector<std::string> files;
  while (!directories.empty()) {
    const auto end = std::min(directories.find(':'), directories.size());
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directories.substr(0, end), error)) {
      if (hash_name(entry.path().filename())) files.push_back(entry.path());
    }
    directories.remove_prefix(std::min(end + 1, directories.size()));
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

FileStamp stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

std::vector<std::string> system_root_files() {
  if (const char* file = std::getenv(X509_get_default_cert_file_env())) return {file};
  if (const char* directories = std::getenv(X509_get_default_cert_dir_env()))
    return files_of_directories(directories);
  const std::array candidates = {X509_get_default_cert_file(),          // OpenSSL's own
                                 "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch
                                 "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, RHEL
                                 "/etc/ssl/ca-bundle.pem",              // SUSE
                                 "/etc/ssl/cert.pem"};                  // Alpine
  std::error_code error;
  for (const char* candidate : candidates) {
    if (fs::is_regular_file(candidate, error)) return {candidate};
  }
  return {};
}

std::expected<Roots, Failure> RootSets::get(const std::string& ca_file, OSSL_LIB_CTX* library,
                                            Steady::time_point now) {
  const std::string& name = ca_file.empty() ? default_ca_file_ : ca_file;
  const auto [place, is_new] = sets_.try_emplace(name);
  Set& set = place->second;
  const bool missing = !set.failure && !set.stores.contains(library);
  if (is_new || missing || now - set.checked_at >= recheck_after) {
    set.checked_at = now;
    refresh(set, name);
    if (!set.failure && !set.stores.contains(library)) load(set, library);
  }
  if (set.failure) return std::unexpected(*set.failure);
  return Roots{set.stores.at(library).get(), set.generation, set.memo_allowed};
}

void RootSets::refresh(Set& set, const std::string& ca_file) {
  std::vector<std::string> files = ca_file.empty() ? system_root_files() : std::vector{ca_file};
  std::vector<FileStamp> stamps;
  for (const std::string& file : files) stamps.push_back(stamp_of(file));
  // What could not be read is tried again: permissions of a directory leave no trace in the stamp.
  if (!set.failure && set.generation != 0 && files == set.files && stamps == set.stamps) return;
  set.stores.clear();
  set.failure.reset();
  set.files = std::move(files);
  set.stamps = std::move(stamps);
  set.generation = ++generation_;
  if (set.files.empty()) {
    set.failure =
        Failure{Reason::tls_handshake, "no trusted roots were found on this system: set ca_file"};
  }
}

void RootSets::load(Set& set, OSSL_LIB_CTX* library) {
  StorePtr store(X509_STORE_new());
  for (const std::string& file : set.files) {
    std::string why = unfit(file);
    if (why.empty() && X509_STORE_load_file_ex(store.get(), file.c_str(), library, nullptr) != 1)
      why = last_error();
    if (!why.empty()) {
      set.failure = unreadable(file, why);
      return;
    }
  }
  const Contents contents = contents_of(*store);
  if (!contents.any) {
    set.failure = unreadable(set.files.front(), "it holds no certificate");
    return;
  }
  // An intermediate in a CA file is meant to be trusted, as curl and blackbox_exporter do. Such
  // chains end below a root, and are always verified in full.
  set.memo_allowed = contents.only_roots;
  if (!contents.only_roots) X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  set.stores[library] = std::move(store);
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_slim_context.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>

namespace vedette::net {
namespace {

constexpr std::array ciphers = {std::string_view("AES-256-GCM"), std::string_view("AES-128-GCM"),
                                std::string_view("ChaCha20-Poly1305")};
constexpr std::array key_types = {std::string_view("RSA"),     std::string_view("RSA-PSS"),
                                  std::string_view("EC"),      std::string_view("X25519"),
                                  std::string_view("ED25519"), std::string_view("HKDF"),
                                  std::string_view("HMAC"),    std::string_view("TLS1-PRF")};
constexpr std::array public_keys = {std::string_view("RSA"), std::string_view("RSA-PSS"),
                                    std::string_view("EC"), std::string_view("ED25519")};
constexpr std::array groups = {std::string_view("x25519"), std::string_view("secp256r1"),
                               std::string_view("secp384r1")};

template <class Names>
bool among(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string_view first_name(const OSSL_ALGORITHM& algorithm) {
  const std::string_view names = algorithm.algorithm_names;
  return names.substr(0, names.find(':'));
}

bool decodes_peer_keys(const OSSL_ALGORITHM& algorithm) {
  const std::string_view properties = algorithm.property_definition;
  return properties.find("input=der") != std::string_view::npos &&
         properties.find("structure=SubjectPublicKeyInfo") != std::string_view::npos &&
         among(public_keys, first_name(algorithm));
}

bool keeps(int operation, const OSSL_ALGORITHM& algorithm) {
  switch (operation) {
    case OSSL_OP_DECODER:
      return decodes_peer_keys(algorithm);
    case OSSL_OP_CIPHER:
      return among(ciphers, first_name(algorithm));
    case OSSL_OP_KEYMGMT:
      return among(key_types, first_name(algorithm));
    case OSSL_OP_ENCODER:
    case OSSL_OP_STORE:
      return false;
    default:
      return true;
  }
}

// The functions of the default provider, the same for every instance of it.
struct Original {
  OSSL_FUNC_provider_query_operation_fn* query = nullptr;
  OSSL_FUNC_provider_get_capabilities_fn* capabilities = nullptr;
  std::vector<OSSL_DISPATCH> dispatch;
};
Original read_original(const OSSL_DISPATCH* entry);

// Read from the first lender that is shown, which is before any slim provider can run.
const Original& original(const OSSL_PROVIDER* lender = nullptr) {
  static const Original read = read_original(OSSL_PROVIDER_get0_dispatch(lender));
  return read;
}

using Table = std::vector<OSSL_ALGORITHM>;

Table filtered(void* provider, int operation) {
  int no_cache = 0;
  Table table;
  const OSSL_ALGORITHM* all = original().query(provider, operation, &no_cache);
  for (; all != nullptr && all->algorithm_names != nullptr; ++all) {
    if (keeps(operation, *all)) table.push_back(*all);
  }
  table.push_back({});
  return table;
}

// The tables are constant data of libcrypto; copies are made once and live as long as the program.
const OSSL_ALGORITHM* query(void* provider, int operation, int* no_cache) {
  *no_cache = 0;
  switch (operation) {
    case OSSL_OP_DECODER: {
      static const Table decoders = filtered(provider, operation);
      return decoders.data();
    }
    case OSSL_OP_CIPHER: {
      static const Table all_ciphers = filtered(provider, operation);
      return all_ciphers.data();
    }
    case OSSL_OP_KEYMGMT: {
      static const Table managers = filtered(provider, operation);
      return managers.data();
    }
    case OSSL_OP_ENCODER:
    case OSSL_OP_STORE:
      return nullptr;
    default:
      return original().query(provider, operation, no_cache);
  }
}

struct CapabilitySink {
  OSSL_CALLBACK* callback;
  void* argument;
};

int pass_known_group(const OSSL_PARAM params[], void* argument) {
  const auto& sink = *static_cast<const CapabilitySink*>(argument);
  const OSSL_PARAM* name = OSSL_PARAM_locate_const(params, OSSL_CAPABILITY_TLS_GROUP_NAME);
  const char* text = nullptr;
  if (name == nullptr || OSSL_PARAM_get_utf8_string_ptr(name, &text) != 1 || !among(groups, text))
    return 1;
  return sink.callback(params, sink.argument);
}

int capabilities(void* provider, const char* capability, OSSL_CALLBACK* callback, void* argument) {
  if (std::string_view(capability) != "TLS-GROUP") {
    return original().capabilities(provider, capability, callback, argument);
  }
  CapabilitySink sink{callback, argument};
  return original().capabilities(provider, capability, pass_known_group, &sink);
}

Original read_original(const OSSL_DISPATCH* entry) {
  Original read;
  for (; entry->function_id != 0; ++entry) {
    OSSL_DISPATCH copy = *entry;
    if (entry->function_id == OSSL_FUNC_PROVIDER_TEARDOWN)
      continue;  // the lender tears its provider down
    if (entry->function_id == OSSL_FUNC_PROVIDER_QUERY_OPERATION) {
      read.query = OSSL_FUNC_provider_query_operation(entry);
      copy.function = reinterpret_cast<void (*)()>(query);
    }
    if (entry->function_id == OSSL_FUNC_PROVIDER_GET_CAPABILITIES) {
      read.capabilities = OSSL_FUNC_provider_get_capabilities(entry);
      copy.function = reinterpret_cast<void (*)()>(capabilities);
    }
    read.dispatch.push_back(copy);
  }
  read.dispatch.push_back({});
  return read;
}

// OpenSSL hands no argument to a built-in provider's start; only this thread's constructor sets and
// uses it.
thread_local void* provider_to_lend = nullptr;

int start_filter(const OSSL_CORE_HANDLE*, const OSSL_DISPATCH*, const OSSL_DISPATCH** out,
                 void** provider) {
  *out = original().dispatch.data();
  *provider = provider_to_lend;
  return 1;
}

}  // namespace

SlimContext::SlimContext() {
  if (EVP_default_properties_is_fips_enabled(nullptr) == 1) return;
  lender_.reset(OSSL_LIB_CTX_new());
  if (lender_) lent_.reset(OSSL_PROVIDER_load(lender_.get(), "default"));
  if (!lent_ || original(lent_.get()).query == nullptr || original().capabilities == nullptr)
    return;
  LibraryContextPtr slim(OSSL_LIB_CTX_new());
  if (!slim || OSSL_PROVIDER_add_builtin(slim.get(), "vedette-slim", start_filter) != 1) return;
  provider_to_lend = OSSL_PROVIDER_get0_provider_ctx(lent_.get());
  ProviderPtr filter(OSSL_PROVIDER_load(slim.get(), "vedette-slim"));
  provider_to_lend = nullptr;
  if (!filter) return;
  slim_ = std::move(slim);
  filter_ = std::move(filter);
}

}  // namespace vedette::net

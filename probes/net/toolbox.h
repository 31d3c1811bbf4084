// SPDX-License-Identifier: Apache-2.0
// What the probes of one loop share: the loop itself, the resolver, the HTTP client, the TLS roots.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "probes/net/http_client.h"
#include "probes/net/resolver.h"
#include "probes/net/scratch.h"
#include "probes/net/timeouts.h"
#include "probes/tls_counts.h"

namespace vedette::net {

struct ToolboxSettings {
  std::string
      dns_servers{};      // "127.0.0.1:5353,..." ; empty: the system's (for tests and odd hosts)
  std::string ca_file{};  // the system's roots when empty
  bool verify_memo = true;
  bool fast_tls = true;
  std::size_t max_pooled_handles = 64;
  std::shared_ptr<TlsCounts> tls_counts{};  // of all loops; null: not kept
};

// Lives and dies on one loop thread. Runs that use it have ended before it is destroyed
// (TaskGroup::stop).
class Toolbox {
 public:
  // Throws std::runtime_error when the list of DNS servers makes no sense or a library cannot
  // start.
  Toolbox(boost::asio::io_context& loop, const ToolboxSettings& settings);
  ~Toolbox();
  Toolbox(const Toolbox&) = delete;
  Toolbox& operator=(const Toolbox&) = delete;

  boost::asio::io_context& loop();
  Resolver& resolver();
  TlsEngine& tls();
  HttpClient& http();
  Scratch& scratch();
  Timeouts& timeouts();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vedette::net

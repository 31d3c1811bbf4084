// SPDX-License-Identifier: Apache-2.0
// What all exchanges of one loop share.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "probes/net/connection_shares.h"
#include "probes/net/curl_loop.h"
#include "probes/net/easy_pool.h"
#include "probes/net/resolver.h"
#include "probes/net/tls_engine.h"

namespace vedette::net {

struct HttpCore {
  HttpCore(boost::asio::io_context& loop, Resolver& names, std::shared_ptr<TlsEngine> engine,
           std::size_t max_pooled_handles)
      : resolver(names),
        tls(std::move(engine)),
        pool(max_pooled_handles),
        full(loop, *tls, TlsContext::full),
        slim(loop, *tls, TlsContext::slim) {}

  Resolver& resolver;
  const std::shared_ptr<TlsEngine> tls;
  ConnectionShares shares;
  EasyPool pool;
  CurlLoop full;  // also plain HTTP
  CurlLoop slim;
};

}  // namespace vedette::net

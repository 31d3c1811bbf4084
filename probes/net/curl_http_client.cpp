// SPDX-License-Identifier: Apache-2.0
// The HTTP client of one loop: each exchange keeps alive what it needs, so that it may be dropped
// after the client.
#include <memory>
#include <utility>

#include "probes/net/exchange.h"
#include "probes/net/http_client.h"

namespace vedette::net {
namespace {

class CurlHttpClient final : public HttpClient {
 public:
  CurlHttpClient(boost::asio::io_context& loop, Resolver& resolver, std::shared_ptr<TlsEngine> tls,
                 std::size_t max_pooled_handles)
      : core_(std::make_shared<HttpCore>(loop, resolver, std::move(tls), max_pooled_handles)) {}

  Awaitable<HttpExchange> exchange(HttpRequest request, const HttpOptions& options,
                                   Deadline deadline, HttpVisit* visit) override {
    const auto core = core_;
    Exchange exchange(*core, std::move(request), options, deadline, visit);
    co_return co_await exchange.run();
  }

 private:
  std::shared_ptr<HttpCore> core_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(boost::asio::io_context& loop, Resolver& resolver,
                                             std::shared_ptr<TlsEngine> tls,
                                             std::size_t max_pooled_handles) {
  return std::make_unique<CurlHttpClient>(loop, resolver, std::move(tls), max_pooled_handles);
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/toolbox.h"

#include "probes/net/tls_engine.h"

namespace vedette::net {

struct Toolbox::Parts {
  Parts(boost::asio::io_context& where, const ToolboxSettings& settings)
      : loop(where),
        resolver(make_resolver(where, settings.dns_servers)),
        tls(std::make_shared<TlsEngine>(TlsEngineSettings{.ca_file = settings.ca_file,
                                                          .verify_memo = settings.verify_memo,
                                                          .fast = settings.fast_tls,
                                                          .clock = {},
                                                          .counts = settings.tls_counts})),
        http(make_http_client(where, *resolver, tls, settings.max_pooled_handles)) {}

  boost::asio::io_context& loop;
  std::unique_ptr<Resolver> resolver;
  std::shared_ptr<TlsEngine> tls;
  std::unique_ptr<HttpClient> http;
  std::shared_ptr<Scratch> scratch = std::make_shared<Scratch>();
  Timeouts timeouts{loop};
};

Toolbox::Toolbox(boost::asio::io_context& loop, const ToolboxSettings& settings)
    : parts_(std::make_unique<Parts>(loop, settings)) {}

Toolbox::~Toolbox() = default;

boost::asio::io_context& Toolbox::loop() {
  return parts_->loop;
}
Resolver& Toolbox::resolver() {
  return *parts_->resolver;
}
TlsEngine& Toolbox::tls() {
  return *parts_->tls;
}
HttpClient& Toolbox::http() {
  return *parts_->http;
}
Scratch& Toolbox::scratch() {
  return *parts_->scratch;
}
Timeouts& Toolbox::timeouts() {
  return parts_->timeouts;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/toolbox.h"

namespace vedette::net {

struct Toolbox::Parts {
  Parts(boost::asio::io_context& where, const ToolboxSettings& settings)
      : loop(where),
        resolver(make_resolver(where, settings.dns_servers)),
        http(make_http_client(where, *resolver,
                              {.ca_file = settings.ca_file,
                               .verify_memo = settings.verify_memo,
                               .fast_tls = settings.fast_tls,
                               .max_pooled_handles = settings.max_pooled_handles})) {}

  boost::asio::io_context& loop;
  std::unique_ptr<Resolver> resolver;
  std::unique_ptr<HttpClient> http;
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
HttpClient& Toolbox::http() {
  return *parts_->http;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
// The calls under /v1/webhook_endpoints.
#pragma once

#include <boost/json/object.hpp>

#include "agent/demo/payments/announcer.h"
#include "agent/web/message.h"

namespace vedette::demo {

class EndpointCalls {
 public:
  using Answer = Api<boost::json::object>;

  // The announcer outlives the calls.
  explicit EndpointCalls(Announcer& announcer) : announcer_(announcer) {}

  // url: on this machine. enabled_events[]: "*", the only choice. The answer tells the secret.
  Answer create(const web::Request& request);
  Answer list(const web::Request& request) const;
  Answer remove(const web::Request& request);

 private:
  Announcer& announcer_;
};

}  // namespace vedette::demo

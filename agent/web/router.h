// SPDX-License-Identifier: Apache-2.0
// The explicit table of paths: which handler answers which method on which path.
#pragma once

#include <string>
#include <vector>

#include "agent/web/message.h"

namespace vedette::web {

// Patterns are literal but for {name}, which takes one whole, non-empty part of the path:
// "/incidents/{id}".
struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
};

std::vector<Route> joined(std::vector<Route> routes, std::vector<Route> more);

class Router {
 public:
  // `not_found` answers paths that no route has.
  Router(std::vector<Route> routes, DirectHandler not_found);

  // A HEAD is answered as the GET (the server sends no body); a known path with another method is a
  // 405 with Allow; OPTIONS is answered with Allow. The router outlives the request.
  Awaitable<Response> handle(const Request& request) const;

 private:
  std::vector<Route> routes_;
  DirectHandler not_found_;
};

}  // namespace vedette::web

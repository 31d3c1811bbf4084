// SPDX-License-Identifier: Apache-2.0
// A response with a JSON body.
#pragma once

#include <memory>
#include <string>

#include "agent/web/message.h"

namespace vedette::demo {

inline web::Response json_answer(int status, std::string body) {
  web::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/kit/json_answer.h"

#include <memory>
#include <string>

#include <boost/json/serialize.hpp>

namespace vedette::demo {

web::Response json_answer(int status, const boost::json::object& body) {
  web::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(boost::json::serialize(body));
  return response;
}

web::Response json_refusal(int status, std::string_view code, std::string_view message) {
  return json_answer(status,
                     {{"error", boost::json::object{{"code", code}, {"message", message}}}});
}

web::Response to_page_or(const web::Request& request, std::string page, web::Response otherwise) {
  if (request.header("Accept").find("text/html") == std::string_view::npos) return otherwise;
  otherwise.status = 303;
  otherwise.headers.push_back({"Location", std::move(page)});
  return otherwise;
}

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/answers.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace vedette::operators {

web::Response answer(const boost::json::value& value, int status) {
  auto response = web::text_response(status, boost::json::serialize(value));
  response.content_type = "application/json; charset=utf-8";
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

web::Response problem(int status, std::string_view what) {
  return answer(boost::json::object{{"error", what}}, status);
}

}  // namespace vedette::operators

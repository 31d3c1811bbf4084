// SPDX-License-Identifier: Apache-2.0
// What the demo answers: JSON to programs, and to a browser the way to a page.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "agent/web/message.h"

namespace vedette::demo {

web::Response json_answer(int status, const boost::json::object& body);

// {"error":{"code":...,"message":...}}, as the smaller systems of the demo say it.
web::Response json_refusal(int status, std::string_view code, std::string_view message);

// A browser asks for HTML, and is sent on to `page`; anything else gets `otherwise`.
web::Response to_page_or(const web::Request& request, std::string page, web::Response otherwise);

}  // namespace vedette::demo

// SPDX-License-Identifier: Apache-2.0
// Talks to the operator API of a running agent.
#pragma once

#include <expected>
#include <string>

#include <boost/json/value.hpp>

namespace vedette::cli {

// Where the agent is, and how it knows us. What is not said comes from VEDETTE_SERVER and
// VEDETTE_TOKEN, else from http://127.0.0.1:9876.
struct Server {
  std::string url;
  std::string token_file;
};

// The answer, or one sentence that says what went wrong and what to do.
using Answered = std::expected<boost::json::value, std::string>;

// `path` below the server's address; an empty method is a GET. Takes ten seconds at most.
Answered call(const Server& server, const std::string& method, const std::string& path,
              const boost::json::value& body = nullptr);

}  // namespace vedette::cli

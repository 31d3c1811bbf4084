// SPDX-License-Identifier: Apache-2.0
// The steps that a Script is made of; see scripted_server.h for what they do.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include <boost/asio/ssl/context.hpp>

#include "tests/support/scripted_server.h"

namespace vedette::test {
namespace script {

struct Handshake {
  std::shared_ptr<boost::asio::ssl::context> context;
};
struct ReadRequest {};
struct ReadLine {};
struct Send {
  std::string bytes;
};
struct Drip {
  std::string bytes;
  std::chrono::milliseconds pause;
};
struct Repeat {
  std::string bytes;
  std::size_t limit;
};
struct Wait {
  std::chrono::milliseconds pause;
};
struct Stall {};
struct Serve {
  Handler handler;
};
struct HangUp {};
struct Reset {};

}  // namespace script

struct Script::Step {
  std::variant<script::Handshake, script::ReadRequest, script::ReadLine, script::Send, script::Drip,
               script::Repeat, script::Wait, script::Stall, script::Serve, script::HangUp,
               script::Reset>
      what;
};

}  // namespace vedette::test

// SPDX-License-Identifier: Apache-2.0
// Where providers' calls come in, and where the flows that wait for them are told.
#pragma once

#include <map>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "agent/web/message.h"
#include "probes/flow/callbacks.h"

namespace vedette::flows {

struct CallbackLine;

// On the loop of the server that takes the calls.
class CallbackDesk {
 public:
  explicit CallbackDesk(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

  // For POST /hooks/{token}: 200 when somebody waits for it, 404 when nobody does, 503 when too
  // many wait to be taken.
  web::Response take(const std::string& token, const web::Request& request);

  const boost::asio::any_io_executor& loop() const { return loop_; }
  void add(std::shared_ptr<CallbackLine> line);
  void remove(const std::string& token);

 private:
  boost::asio::any_io_executor loop_;
  std::map<std::string, std::shared_ptr<CallbackLine>> lines_;
};

// Of a server that does nothing else. The desk outlives it.
web::Handler callback_handler(CallbackDesk& desk);

// The callbacks of the flows on one loop. `url` is what the addresses begin with:
// "https://status.example.com". The desk outlives it, and the loops outlive the callbacks.
std::unique_ptr<flow::Callbacks> callbacks_of(CallbackDesk& desk, std::string url,
                                              boost::asio::any_io_executor loop);

}  // namespace vedette::flows

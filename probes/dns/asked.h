// SPDX-License-Identifier: Apache-2.0
// What came of asking one server one question.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "probes/dns/wire/message.h"
#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/phase_clock.h"

namespace vedette::dns {

struct Asked {
  std::string server;   // as people know it: "127.0.0.1:5353", "ns1.example.com (192.0.2.1)"
  std::string address;  // that was asked last; empty when the server's name was not resolved
  std::optional<boost::asio::ip::address> ip;  // the same
  net::PhaseClock clock;
  std::optional<Message> answer;
  std::optional<net::Failure> failure;  // there is no answer
  std::vector<std::string> remarks;     // what happened on the way, one line each
  std::optional<net::TlsFacts> tls;
  std::string_view transport;  // of the answer: "udp", "tcp", "tls"
  bool bogus = false;          // SERVFAIL, because what the resolver found did not stand validation

  // What was heard by the way that was tried last, in place of what was heard before.
  void hear(Message&& message, std::string_view by);
  void hear(net::Failure&& why, std::string_view by);
};

// The server could not be talked to at all: another one may be tried.
bool was_unreachable(const Asked& asked);

}  // namespace vedette::dns

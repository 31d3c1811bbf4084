// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/ask.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/dns/tcp.h"
#include "probes/dns/udp.h"
#include "probes/dns/wire/words.h"
#include "probes/net/address.h"
#include "probes/net/socket_reason.h"
#include "probes/net/stream.h"

namespace vedette::dns {
namespace {

// Puts one question to one server, at one of its addresses after the other if need be.
class Asking {
 public:
  Asking(net::Toolbox& net, const Way& way, const Query& query, const peer::Server& server,
         Asked& out)
      : net_(net), way_(way), query_(query), server_(server), out_(out) {
    out_.server = server_.text();
  }

  Awaitable<void> at(std::string address, Deadline deadline) {
    out_.ip = net::parse_address(address);
    out_.address = std::move(address);
    if (way_.transport != Transport::udp) return over_stream(way_.transport, deadline);
    out_.clock.enter("request");
    return ask_over_udp(net_, query_, endpoint(), deadline, out_);
  }

  // The answer over UDP was not all of it.
  bool was_cut() const {
    return way_.transport == Transport::udp && out_.answer && out_.answer->header.truncated;
  }

  Awaitable<void> over_tcp_instead(Deadline deadline) {
    if (!way_.tcp_fallback) {
      refuse_truncated("and TCP is not to be used");
      co_return;
    }
    out_.remarks.push_back("the answer over UDP was truncated: asked again over TCP");
    co_await over_stream(Transport::tcp, deadline);
    if (out_.failure) refuse_truncated("and over TCP there was none: " + out_.failure->message);
  }

 private:
  boost::asio::ip::udp::endpoint endpoint() const {
    return {out_.ip.value_or(boost::asio::ip::address()), server_.port};
  }

  void refuse_truncated(const std::string& why) {
    out_.hear(
        net::Failure{Reason::dns_truncated, "request: the answer over UDP was truncated, " + why},
        text(Transport::udp));
  }

  // A peer that cannot talk TLS as we usually do is met once more with all that OpenSSL can.
  Awaitable<void> over_stream(Transport transport, Deadline deadline) {
    const bool again = co_await over_one_stream(transport, deadline);
    if (again) co_await over_one_stream(transport, deadline);
  }

  // Whether it is worth one more try.
  Awaitable<bool> over_one_stream(Transport transport, Deadline deadline) {
    net::Stream stream(net_);
    out_.clock.enter("connect");
    net::Endpoint endpoint{out_.address, server_.port, {}};
    auto ready = co_await stream.connect(std::move(endpoint), deadline);
    if (ready && transport == Transport::tls) {
      out_.clock.enter("tls");
      ready = co_await stream.start_tls(way_.tls, server_.host, deadline);
    }
    out_.tls = stream.tls();
    if (!ready) {
      out_.hear(std::move(ready.error()), text(transport));
      co_return stream.wants_full_context();
    }
    out_.clock.enter("request");
    stream.enter("request");
    auto answer = co_await ask_over(stream, query_, net_.scratch().random16(), deadline);
    if (answer)
      out_.hear(*std::move(answer), text(transport));
    else
      out_.hear(std::move(answer.error()), text(transport));
    co_return false;
  }

  net::Toolbox& net_;
  const Way& way_;
  const Query& query_;
  const peer::Server& server_;
  Asked& out_;
};

bool says_bogus(const Message& answer) {
  return answer.edns && std::ranges::any_of(answer.edns->errors, is_bogus, &ExtendedError::code);
}

// Whether the resolver has an answer when it does not have to validate it; be it one that is cut.
Awaitable<bool> has_unchecked_answer(net::Toolbox& net, const Way& way, Query query,
                                     const peer::Server& server, std::string address,
                                     Deadline deadline) {
  query.checking_disabled = true;
  Asked asked;
  Asking asking(net, way, query, server, asked);
  co_await asking.at(std::move(address), deadline);
  const auto& answer = asked.answer;
  co_return answer &&
      (answer->header.rcode == rcode::noerror || answer->header.rcode == rcode::nxdomain);
}

Awaitable<void> ask_in_order(net::Toolbox& net, const Way& way, const Query& query,
                             const std::vector<peer::Server>& servers, Deadline deadline,
                             Asked& out) {
  std::vector<std::string> remarks;
  for (const peer::Server& server : servers) {
    const bool last = &server == &servers.back();
    out = Asked();
    co_await ask_server(net, way, query, server, last ? deadline : deadline.halfway(), out);
    if (last || !was_unreachable(out) || deadline.expired()) break;
    remarks.push_back(fmt::format("{}: {}", out.server, out.failure->message));
  }
  out.remarks.insert(out.remarks.begin(), remarks.begin(), remarks.end());
}

}  // namespace

void Asked::hear(Message&& message, std::string_view by) {
  answer = std::move(message);
  failure.reset();
  transport = by;
}

void Asked::hear(net::Failure&& why, std::string_view by) {
  answer.reset();
  failure = std::move(why);
  transport = by;
}

bool was_unreachable(const Asked& asked) {
  if (!asked.failure) return false;
  const Reason reason = asked.failure->reason;
  return reason == Reason::dns_timeout || net::worth_another_address(reason);
}

Awaitable<void> ask_server(net::Toolbox& net, const Way& way, const Query& query,
                           const peer::Server& server, Deadline deadline, Asked& out) {
  Asking asking(net, way, query, server, out);
  out.clock.enter("resolve");
  auto known = net::addresses_at_once(server.host, way.family);
  if (!known) known = co_await net.resolver().resolve(server.host, way.family, deadline);
  const net::Addresses& addresses = *known;
  if (!addresses) {
    out.failure = addresses.error();
    out.clock.stop();
    co_return;
  }
  for (const std::string& address : *addresses) {
    const bool last = &address == &addresses->back();
    const Deadline until = last ? deadline : deadline.halfway();
    co_await asking.at(address, until);
    if (asking.was_cut()) co_await asking.over_tcp_instead(until);
    if (!was_unreachable(out) || deadline.expired()) break;
  }
  out.clock.stop();
  const bool servfail = out.answer && out.answer->header.rcode == rcode::servfail;
  if (servfail && query.recursion && !query.checking_disabled) {
    out.bogus = says_bogus(*out.answer);
    if (!out.bogus) {
      out.bogus = co_await has_unchecked_answer(net, way, query, server, out.address, deadline);
    }
  }
}

Awaitable<void> ask_first(net::Toolbox& net, const Way& way, const Query& query,
                          const std::vector<peer::Server>& servers, Deadline deadline, Asked& out) {
  if (servers.size() == 1) return ask_server(net, way, query, servers.front(), deadline, out);
  return ask_in_order(net, way, query, servers, deadline, out);
}

}  // namespace vedette::dns

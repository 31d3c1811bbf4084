// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/udp.h"

#include <algorithm>
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>
#include <netinet/in.h>

#include "probes/dns/rejected.h"
#include "probes/dns/settings.h"
#include "probes/net/socket_reason.h"
#include "probes/net/timeouts.h"
#include "probes/net/toolbox.h"

namespace vedette::dns {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t max_remarks = 10;

std::string words(const udp::endpoint& endpoint) {
  return fmt::format("{} port {}", endpoint.address().to_string(), endpoint.port());
}

class Exchange {
 public:
  Exchange(net::Toolbox& net, const Query& query, udp::endpoint server, Asked& out)
      : query_(query),
        server_(std::move(server)),
        out_(out),
        id_(net.scratch().random16()),
        socket_(net.loop()),
        timeout_(net.timeouts(), [this] { give_up(); }),
        // What is larger than what was asked for is cut by the kernel, one byte too late.
        size_(std::max<std::size_t>(query.edns_size.value_or(0), 4096) + 1),
        buffer_(net.scratch().buffer(size_)) {}

  // Whether that was the end of it.
  bool begin(Deadline deadline) {
    timeout_.set(deadline.at);
    const error_code error = send();
    return error && fail(unreachable(error));
  }

  auto receive() {
    return socket_.async_receive_from(asio::buffer(buffer_.get(), size_), sender_, as_tuple);
  }

  // Whether that was the end of it, a datagram or an error; else the answer may still come.
  bool received(error_code error, std::size_t length) {
    if (late_) return fail(timed_out());
    if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
    if (error) return fail(unreachable(error));
    return look_at({buffer_.get(), length});
  }

 private:
  bool fail(net::Failure why) {
    out_.hear(std::move(why), text(Transport::udp));
    return true;
  }

  void give_up() {
    late_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  }

  // Not connected: a server that answers from another address shall be seen. So that "port
  // unreachable" is heard all the same, errors are asked for.
  error_code send() {
    error_code error;
    socket_.open(server_.protocol(), error);
    if (error) return error;
    const int on = 1;
    const bool v4 = server_.protocol() == udp::v4();
    ::setsockopt(socket_.native_handle(), v4 ? IPPROTO_IP : IPPROTO_IPV6,
                 v4 ? IP_RECVERR : IPV6_RECVERR, &on, sizeof on);
    const std::string bytes = encode_query(query_, id_);
    socket_.send_to(asio::buffer(bytes), server_, 0, error);
    return error;
  }

  net::Failure unreachable(error_code error) const {
    if (error == asio::error::connection_refused) {
      return {Reason::connect_refused,
              fmt::format("request: no server listens at {}", words(server_))};
    }
    return net::connect_failure(error.value(), words(server_));
  }

  bool look_at(std::string_view bytes) {
    if (sender_ != server_) {
      return pass_over({Reason::dns_wrong_source,
                        fmt::format("request: an answer came from {}, but {} was asked",
                                    words(sender_), words(server_))});
    }
    if (bytes.size() == size_) {
      return fail(
          {Reason::dns_malformed, "request: the answer was larger than what was asked for"});
    }
    auto matched = match_answer(query_, id_, bytes);
    if (!matched) return look_at(failure_of(std::move(matched.error())), bytes.size());
    out_.hear(*std::move(matched), text(Transport::udp));
    return true;
  }

  // Only our server knows the id, so what it has to say with it counts.
  bool look_at(net::Failure failure, std::size_t length) {
    const bool ours = failure.reason == Reason::dns_malformed && length >= header_size;
    return ours ? fail(std::move(failure)) : pass_over(std::move(failure));
  }

  bool pass_over(net::Failure failure) {
    auto& remarks = out_.remarks;
    if (remarks.size() < max_remarks) remarks.push_back("passed over: " + failure.message);
    passed_over_ = std::move(failure);
    return false;
  }

  net::Failure timed_out() {
    if (!passed_over_) {
      return {Reason::dns_timeout,
              fmt::format("request: {} did not answer in time", words(server_))};
    }
    passed_over_->message += "; nothing right came in time";
    return *std::move(passed_over_);
  }

  const Query& query_;
  const udp::endpoint server_;
  Asked& out_;
  const std::uint16_t id_;
  udp::socket socket_;
  udp::endpoint sender_;
  net::Timeout timeout_;
  bool late_ = false;
  std::optional<net::Failure> passed_over_;
  const std::size_t size_;
  net::Scratch::Buffer buffer_;
};

}  // namespace

Awaitable<void> ask_over_udp(net::Toolbox& net, const Query& query, udp::endpoint server,
                             Deadline deadline, Asked& out) {
  Exchange exchange(net, query, std::move(server), out);
  for (bool over = exchange.begin(deadline); !over;) {
    const auto [error, length] = co_await exchange.receive();
    over = exchange.received(error, length);
  }
}

}  // namespace vedette::dns

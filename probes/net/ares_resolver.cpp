// SPDX-License-Identifier: Apache-2.0
// The resolver of one loop: literals and localhost at once, everything else through a c-ares
// channel.
#include <chrono>
#include <stdexcept>
#include <utility>

#include <ares.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "probes/net/address.h"
#include "probes/net/ares_channel.h"
#include "probes/net/ares_reason.h"
#include "probes/net/http_client.h"
#include "probes/net/resolver.h"

namespace vedette::net {
namespace {

int socket_family(IpFamily family) {
  return family == IpFamily::any ? AF_UNSPEC : family == IpFamily::v4 ? AF_INET : AF_INET6;
}

Addresses literal_answer(const std::string& address, IpFamily family) {
  if (is_family(address, family)) {
    return std::vector{address};
  }
  return std::unexpected(Failure{
      .reason = Reason::dns_no_data,
      .message = fmt::format("resolve: {} is not an address of the family asked for", address)});
}

// c-ares reads the system's settings once, when a channel is made. An agent runs for months.
class SystemSettings {
 public:
  // True when /etc/resolv.conf is another one than at the last call. Looks at most once a second.
  bool changed() {
    const auto now = Steady::now();
    if (now < next_look_) {
      return false;
    }
    next_look_ = now + std::chrono::seconds(1);
    struct stat found {};
    if (::stat("/etc/resolv.conf", &found) != 0) {
      return false;
    }
    const Version version{found.st_ino, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
    return std::exchange(version_, version) != version;
  }

 private:
  struct Version {
    ino_t file = 0;
    time_t seconds = 0;
    long nanoseconds = 0;
    bool operator==(const Version&) const = default;
  };
  Version version_;
  Steady::time_point next_look_{};
};

class AresResolver final : public Resolver {
 public:
  AresResolver(boost::asio::io_context& loop, std::string servers)
      : loop_(loop), servers_(std::move(servers)) {
    settings_.changed();
    channel_ = std::make_unique<AresChannel>(loop_, servers_, AresChannel::Answers::checked);
  }

  Awaitable<Addresses> resolve(std::string host, IpFamily family, Deadline deadline) override {
    if (auto known = addresses_at_once(host, family)) {
      co_return *std::move(known);
    }
    follow_settings();
    auto question = co_await ask(*channel_, host, family, deadline);
    if (question->answered && ares_status_is_folded(question->status)) {
      question = co_await ask(diagnosis(), host, family, deadline);
    }
    if (!question->answered) {
      co_return std::unexpected(ares_failure(ARES_ETIMEOUT, host));
    }
    if (question->status != ARES_SUCCESS || question->addresses.empty()) {
      const int status = question->status == ARES_SUCCESS ? ARES_ENODATA : question->status;
      co_return std::unexpected(ares_failure(status, host));
    }
    co_return std::move(question->addresses);
  }

 private:
  using Asked = std::shared_ptr<AresQuestion>;

  // Comes back answered, or with the deadline. A waiter that goes away leaves its question to
  // c-ares's own timeouts.
  Awaitable<Asked> ask(AresChannel& channel, const std::string& host, IpFamily family,
                       Deadline deadline) {
    auto question = std::make_shared<AresQuestion>(loop_);
    question->wake.expires_at(deadline.at);
    channel.ask(host, socket_family(family), question);
    while (!question->answered && !deadline.expired()) {
      co_await question->wake.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
    co_return question;
  }

  // Null when the process is out of descriptors or memory: then what is there has to do.
  std::unique_ptr<AresChannel> try_channel(AresChannel::Answers answers) {
    try {
      return std::make_unique<AresChannel>(loop_, servers_, answers);
    } catch (const std::runtime_error&) {
      return nullptr;
    }
  }

  AresChannel& diagnosis() {
    if (!diagnosis_) {
      diagnosis_ = try_channel(AresChannel::Answers::raw);
    }
    return diagnosis_ ? *diagnosis_ : *channel_;
  }

  // Channels with questions in them stay until those are answered.
  void follow_settings() {
    if (!servers_.empty() || !settings_.changed()) {
      return;
    }
    std::erase_if(retired_, [](const auto& channel) { return channel->idle(); });
    if (auto fresh = try_channel(AresChannel::Answers::checked)) {
      retired_.push_back(std::exchange(channel_, std::move(fresh)));
      if (diagnosis_) {
        retired_.push_back(std::move(diagnosis_));
      }
    }
  }

  boost::asio::io_context& loop_;
  std::string servers_;
  SystemSettings settings_;
  std::unique_ptr<AresChannel> channel_;
  std::unique_ptr<AresChannel> diagnosis_;  // made when it is first needed
  std::vector<std::unique_ptr<AresChannel>> retired_;
};

}  // namespace

std::optional<Addresses> addresses_at_once(std::string_view host, IpFamily family) {
  if (const auto literal = address_literal(host)) {
    return literal_answer(*literal, family);
  }
  if (auto loopback = loopback_of(host, family); !loopback.empty()) {
    return loopback;
  }
  return std::nullopt;
}

std::unique_ptr<Resolver> make_resolver(boost::asio::io_context& loop, const std::string& servers) {
  return std::make_unique<AresResolver>(loop, servers);
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/ares_channel.h"

#include <array>
#include <chrono>
#include <stdexcept>

#include <ares.h>
#include <arpa/inet.h>
#include <fmt/format.h>

#include "probes/net/resolver.h"

namespace vedette::net {
namespace {

// A lost packet is asked for again after one second, not after c-ares's five: most runs are over by
// then.
constexpr int first_timeout_ms = 1000;
constexpr int tries = 3;

void start_library() {
  // Once in a process; a static's initialisation is safe between the shards' threads.
  static const int status = ares_library_init(ARES_LIB_INIT_ALL);
  if (status != ARES_SUCCESS) {
    throw std::runtime_error(fmt::format("c-ares does not start: {}", ares_strerror(status)));
  }
}

std::string address_text(const ares_addrinfo_node& node) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (node.ai_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(node.ai_addr)->sin_addr;
  } else {
    bytes = &reinterpret_cast<const sockaddr_in6*>(node.ai_addr)->sin6_addr;
  }
  inet_ntop(node.ai_family, bytes, text.data(), text.size());
  return text.data();
}

std::vector<std::string> address_texts(const ares_addrinfo& answer) {
  std::vector<std::string> texts;
  for (auto* node = answer.nodes; node != nullptr && texts.size() < Resolver::max_addresses;
       node = node->ai_next) {
    texts.push_back(address_text(*node));
  }
  return texts;
}

}  // namespace

AresChannel::AresChannel(boost::asio::io_context& loop, const std::string& servers, Answers answers)
    : sockets_(loop,
               [this](SocketSet::Ready ready) {
                 ares_process_fd(channel_, ready.readable ? ready.socket : ARES_SOCKET_BAD,
                                 ready.writable ? ready.socket : ARES_SOCKET_BAD);
                 set_alarm();
               }),
      alarm_(loop, [this] {
        ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        set_alarm();
      }) {
  start_library();
  ares_options options{};
  options.flags = answers == Answers::raw ? ARES_FLAG_NOCHECKRESP : 0;
  options.timeout = first_timeout_ms;
  options.tries = tries;
  options.sock_state_cb = &AresChannel::on_socket_state;
  options.sock_state_cb_data = this;
  int given = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
#ifdef ARES_OPT_QUERY_CACHE
  // Newer versions remember answers, which is not what a probe wants to see.
  options.qcache_max_ttl = 0;
  given |= ARES_OPT_QUERY_CACHE;
#endif
  int status = ares_init_options(&channel_, &options, given);
  if (status != ARES_SUCCESS) {
    throw std::runtime_error(fmt::format("c-ares does not start: {}", ares_strerror(status)));
  }
  if (!servers.empty()) {
    status = ares_set_servers_ports_csv(channel_, servers.c_str());
  }
  if (status != ARES_SUCCESS) {
    ares_destroy(channel_);
    throw std::runtime_error(
        fmt::format("the list of DNS servers \"{}\" is not understood", servers));
  }
}

AresChannel::~AresChannel() {
  ares_destroy(channel_);
}

void AresChannel::ask(const std::string& host, int family,
                      const std::shared_ptr<AresQuestion>& question) {
  ares_addrinfo_hints hints{};
  // Sorting asks the kernel for a route to each address (RFC 6724); within one family the server's
  // order does.
  hints.ai_flags = family == AF_UNSPEC ? 0 : ARES_AI_NOSORT;
  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel_, host.c_str(), nullptr, &hints, &AresChannel::on_answer,
                   std::make_unique<std::shared_ptr<AresQuestion>>(question).release());
  set_alarm();
}

bool AresChannel::idle() const {
  timeval unused{};
  return ares_timeout(channel_, nullptr, &unused) == nullptr;
}

void AresChannel::on_socket_state(void* self, int socket, int readable, int writable) noexcept {
  static_cast<AresChannel*>(self)->sockets_.watch(socket, readable != 0, writable != 0);
}

void AresChannel::on_answer(void* question, int status, int /*timeouts*/,
                            ares_addrinfo* answer) noexcept {
  const std::unique_ptr<std::shared_ptr<AresQuestion>> held(
      static_cast<std::shared_ptr<AresQuestion>*>(question));
  auto& asked = **held;
  asked.status = status;
  if (status == ARES_SUCCESS && answer != nullptr) {
    asked.addresses = address_texts(*answer);
  }
  ares_freeaddrinfo(answer);
  asked.answered = true;
  asked.wake.cancel();
}

void AresChannel::set_alarm() {
  timeval left{};
  if (ares_timeout(channel_, nullptr, &left) == nullptr) {
    alarm_.clear();
    return;
  }
  // One millisecond more, or c-ares finds that it is not yet time and the last millisecond spins.
  alarm_.set(Steady::now() + std::chrono::seconds(left.tv_sec) +
             std::chrono::microseconds(left.tv_usec) + std::chrono::milliseconds(1));
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/socket_set.h"

#include <array>
#include <cerrno>
#include <utility>

#include <boost/asio/error.hpp>
#include <sys/epoll.h>

namespace vedette::net {
namespace {

// One go of at most this many sockets; the loop's other work has its turn before the next.
constexpr int batch = 64;

int make_epoll() {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) {
    throw boost::system::system_error(errno, boost::system::system_category(), "epoll_create1");
  }
  return epoll;
}

// The table of what is watched can be stale when a library closed a socket without a word and the
// number came back.
void set_interest(int epoll, int socket, std::uint32_t interest, bool known) {
  epoll_event event{.events = interest, .data = {.fd = socket}};
  const int first = known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  const int second = known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  if (::epoll_ctl(epoll, first, socket, &event) != 0 && (errno == ENOENT || errno == EEXIST)) {
    ::epoll_ctl(epoll, second, socket, &event);
  }
}

}  // namespace

SocketSet::SocketSet(boost::asio::io_context& loop, OnReady on_ready)
    : epoll_(loop, make_epoll()),
      on_ready_(std::move(on_ready)),
      alive_(std::make_shared<bool>(true)) {}

SocketSet::~SocketSet() {
  *alive_ = false;
}

void SocketSet::watch(int socket, bool readable, bool writable) {
  if (!readable && !writable) {
    forget(socket);
    return;
  }
  const auto place = static_cast<std::size_t>(socket);
  if (place >= wanted_.size()) {
    wanted_.resize(place + 64);
  }
  const std::uint32_t interest =
      (readable ? std::uint32_t{EPOLLIN} : 0U) | (writable ? std::uint32_t{EPOLLOUT} : 0U);
  if (wanted_[place] == interest) {
    return;
  }
  set_interest(epoll_.native_handle(), socket, interest, wanted_[place] != 0);
  watched_ += wanted_[place] == 0 ? 1 : 0;
  wanted_[place] = interest;
  arm();
}

void SocketSet::forget(int socket) {
  const auto place = static_cast<std::size_t>(socket);
  if (place >= wanted_.size() || wanted_[place] == 0) {
    return;
  }
  ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, socket, nullptr);
  wanted_[place] = 0;
  if (--watched_ == 0) {
    disarm();
  }
}

void SocketSet::arm() {
  if (armed_ != 0 || serving_ || watched_ == 0) {
    return;
  }
  armed_ = ++waits_;
  epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [this, alive = alive_, wait = armed_](boost::system::error_code error) {
                      // A wait that was called off may have been on its way already.
                      if (error || !*alive || wait != armed_) {
                        return;
                      }
                      armed_ = 0;
                      serve();
                      arm();
                    });
}

void SocketSet::disarm() {
  if (armed_ != 0) {
    armed_ = 0;
    epoll_.cancel();
  }
}

void SocketSet::serve() {
  std::array<epoll_event, batch> events;
  const int count = ::epoll_wait(epoll_.native_handle(), events.data(), batch, 0);
  const auto seen = Steady::now();
  serving_ = true;
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    const bool trouble = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    on_ready_({.socket = event.data.fd,
               .readable = trouble || (event.events & EPOLLIN) != 0,
               .writable = trouble || (event.events & EPOLLOUT) != 0,
               .seen = seen});
  }
  serving_ = false;
}

}  // namespace vedette::net

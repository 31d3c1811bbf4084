// SPDX-License-Identifier: Apache-2.0
#include "probes/net/curl_loop.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::net {
namespace {

void start_library() {
  // Once in a process; a static's initialisation is safe between the shards' threads.
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl does not start: ") + curl_easy_strerror(code));
  }
}

CURLM* make_multi() {
  start_library();
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) {
    throw std::runtime_error("libcurl does not start: no multi handle");
  }
  return multi;
}

}  // namespace

// Lives in the frame of perform(). While the handle is in the multi, CURLOPT_PRIVATE points here.
struct CurlLoop::Running {
  Running(CurlLoop& owner, CURL* handle) : loop(owner), easy(handle), wake(owner.loop_) {}
  ~Running() { loop.remove(*this); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  CurlLoop& loop;
  CURL* easy;
  bool added = false;
  boost::asio::steady_timer wake;  // fires when the time is over, cancelled at the end
  TransferEnd end{};
};

CurlLoop::CurlLoop(boost::asio::io_context& loop, const TlsEngine& engine, TlsContext context)
    : loop_(loop),
      engine_(engine),
      context_(context),
      multi_(make_multi()),
      sockets_(
          loop,
          [this](SocketSet::Ready ready) {
            act(ready.socket,
                (ready.readable ? CURL_CSELECT_IN : 0) | (ready.writable ? CURL_CSELECT_OUT : 0),
                ready.seen);
          }),
      alarm_(loop, [this] { act(CURL_SOCKET_TIMEOUT, 0, Steady::now()); }) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  // Two runs never share a connection at the same time: each would disturb the other's timing.
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
}

CurlLoop::~CurlLoop() {
  const auto scope = engine_.enter(context_);
  curl_multi_cleanup(multi_);
}

Awaitable<TransferEnd> CurlLoop::perform(CURL* easy, Deadline connect_by, Deadline deadline) {
  Running transfer(*this, easy);
  add(transfer);
  while (!transfer.end.code) {
    const auto limit =
        transfer.end.connected ? deadline : Deadline{std::min(connect_by.at, deadline.at)};
    if (limit.expired()) {
      break;
    }
    transfer.wake.expires_at(limit.at);
    co_await transfer.wake.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
  if (!transfer.end.code) {
    transfer.end.at = Steady::now();
  }
  co_return transfer.end;
}

void CurlLoop::add(Running& transfer) {
  curl_easy_setopt(transfer.easy, CURLOPT_PRIVATE, &transfer);
  const auto scope = engine_.enter(context_);
  adding_ = true;
  const CURLMcode code = curl_multi_add_handle(multi_, transfer.easy);
  adding_ = false;
  if (code != CURLM_OK) {
    transfer.end = {.code = CURLE_FAILED_INIT, .at = Steady::now()};
    return;
  }
  transfer.added = true;
  // Connect now rather than at the next turn of the loop, which may be a while.
  act(CURL_SOCKET_TIMEOUT, 0, Steady::now());
}

void CurlLoop::remove(Running& transfer) {
  if (transfer.added) {
    const auto scope = engine_.enter(context_);
    curl_multi_remove_handle(multi_, transfer.easy);
    transfer.added = false;
  }
}

void CurlLoop::act(curl_socket_t socket, int events, Steady::time_point seen) {
  const auto scope = engine_.enter(context_);
  seen_ = seen;
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  collect();
}

void CurlLoop::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) {
      continue;
    }
    Running* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    transfer->end.code = message->data.result;
    transfer->end.at = seen_;
    remove(*transfer);
    // Its coroutine goes on in a turn of its own, not inside this call.
    transfer->wake.cancel();
  }
}

int CurlLoop::on_socket(CURL* easy, curl_socket_t socket, int what, void* self,
                        void* /*known*/) noexcept {
  const bool readable = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  const bool writable = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
  auto& loop = *static_cast<CurlLoop*>(self);
  loop.sockets_.watch(socket, readable, writable);
  Running* transfer = nullptr;
  // A socket that connects is waited for to become writable; something to read is wanted only
  // afterwards.
  if (readable && curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer) == CURLE_OK &&
      transfer != nullptr && !transfer->end.connected) {
    transfer->end.connected = loop.seen_;
  }
  return 0;
}

int CurlLoop::on_timer(CURLM* /*multi*/, long timeout_ms, void* self) noexcept {
  auto& loop = *static_cast<CurlLoop*>(self);
  if (timeout_ms < 0) {
    loop.alarm_.clear();
  } else if (timeout_ms > 0 || !loop.adding_) {  // add() acts at once by itself
    loop.alarm_.set(Steady::now() + std::chrono::milliseconds(timeout_ms));
  }
  return 0;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "agent/flows/callback_desk.h"

#include <atomic>
#include <deque>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::flows {

namespace asio = boost::asio;

// Between the desk and one callback; the members without a note belong to the callback's loop.
struct CallbackLine {
  explicit CallbackLine(asio::any_io_executor executor)
      : loop(std::move(executor)), arrival(loop) {}

  const asio::any_io_executor loop;
  std::string token;             // immutable once it is open
  std::atomic<int> waiting = 0;  // counted up by the desk, down by the callback
  asio::steady_timer arrival;
  std::deque<Answer> calls;
};

namespace {

class DeskCallback final : public flow::Callback {
 public:
  DeskCallback(CallbackDesk& desk, const std::string& url, const asio::any_io_executor& loop)
      : desk_(desk), line_(std::make_shared<CallbackLine>(loop)) {
    line_->token = hex(net::random_bytes(16));
    url_ = fmt::format("{}/hooks/{}", url, line_->token);
    asio::post(desk_.loop(), [&desk = desk_, line = line_] { desk.add(line); });
  }
  ~DeskCallback() override {
    asio::post(desk_.loop(), [&desk = desk_, token = line_->token] { desk.remove(token); });
  }

  const std::string& url() const override { return url_; }

  Awaitable<std::optional<Answer>> next(Deadline deadline) override {
    const auto line = line_;
    if (line->calls.empty()) {
      line->arrival.expires_at(deadline.at);
      const auto [error] = co_await line->arrival.async_wait(asio::as_tuple(asio::use_awaitable));
      const auto state = co_await asio::this_coro::cancellation_state;
      if (error && state.cancelled() != asio::cancellation_type::none)
        throw boost::system::system_error(error);
    }
    if (line->calls.empty()) co_return std::nullopt;
    Answer call = std::move(line->calls.front());
    line->calls.pop_front();
    --line->waiting;
    co_return call;
  }

 private:
  CallbackDesk& desk_;
  std::shared_ptr<CallbackLine> line_;
  std::string url_;
};

class DeskCallbacks final : public flow::Callbacks {
 public:
  DeskCallbacks(CallbackDesk& desk, std::string url, asio::any_io_executor loop)
      : desk_(desk), url_(std::move(url)), loop_(std::move(loop)) {}

  std::expected<std::unique_ptr<flow::Callback>, std::string> open() override {
    return std::make_unique<DeskCallback>(desk_, url_, loop_);
  }

 private:
  CallbackDesk& desk_;
  const std::string url_;
  const asio::any_io_executor loop_;
};

Answer answer_of(const web::Request& request) {
  Answer answer;
  for (const web::Header& header : request.headers)
    answer.headers.emplace_back(header.name, header.value);
  answer.body = request.body;
  return answer;
}

}  // namespace

web::Response CallbackDesk::take(const std::string& token, const web::Request& request) {
  const auto found = lines_.find(token);
  if (found == lines_.end()) return web::text_response(404, "nobody waits for this call");
  const auto& line = found->second;
  if (line->waiting >= static_cast<int>(flow::Callback::most_waiting))
    return web::text_response(503, "too many calls at once");
  ++line->waiting;
  asio::post(line->loop, [line, call = answer_of(request)]() mutable {
    line->calls.push_back(std::move(call));
    line->arrival.cancel();
  });
  return web::text_response(200, "thank you");
}

web::Handler callback_handler(CallbackDesk& desk) {
  return web::direct([&desk](const web::Request& request) {
    constexpr std::string_view prefix = "/hooks/";
    if (request.method != "POST" || !request.path.starts_with(prefix))
      return web::text_response(404, "there is nothing at this address");
    return desk.take(request.path.substr(prefix.size()), request);
  });
}

void CallbackDesk::add(std::shared_ptr<CallbackLine> line) {
  lines_.insert_or_assign(line->token, std::move(line));
}

void CallbackDesk::remove(const std::string& token) {
  lines_.erase(token);
}

std::unique_ptr<flow::Callbacks> callbacks_of(CallbackDesk& desk, std::string url,
                                              asio::any_io_executor loop) {
  return std::make_unique<DeskCallbacks>(desk, std::move(url), std::move(loop));
}

}  // namespace vedette::flows

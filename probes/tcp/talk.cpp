// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/talk.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/expect/quote.h"
#include "probes/overloaded.h"

namespace vedette::tcp {
namespace {

using net::Expected;
using net::Failure;

constexpr std::size_t read_at_once = 16 << 10;
constexpr std::size_t answer_shown = 120;

class Talk {
 public:
  Talk(const Settings& settings, net::Toolbox& net, Deadline deadline)
      : settings_(settings), stream_(net), deadline_(deadline) {}

  Awaitable<Session> run(net::IpFamily family) {
    const auto done = co_await all(family);
    stream_.close();
    if (!done) session_.failure = done.error();
    session_.clock = stream_.phases();
    session_.remote_address = stream_.remote_address();
    session_.tls = stream_.tls();
    co_return std::move(session_);
  }

  bool wants_full_context() const { return stream_.wants_full_context(); }

 private:
  Awaitable<Expected<void>> all(net::IpFamily family) {
    net::Endpoint endpoint{settings_.server.host, settings_.server.port, family};
    auto done = co_await stream_.connect(std::move(endpoint), deadline_);
    if (done && settings_.starttls) done = co_await agree_on_tls();
    if (done && settings_.secure) done = co_await go_secure();
    for (const Step& step : settings_.dialogue) {
      if (!done) break;
      done = co_await play(step);
    }
    co_return done;
  }

  Awaitable<Expected<void>> agree_on_tls() {
    stream_.enter("starttls");
    const std::string& name = settings_.tls.server_name;
    StartTls negotiation(*settings_.starttls, name.empty() ? settings_.server.host : name);
    auto sent = co_await say(negotiation.opening());
    while (sent) {
      const auto heard = co_await stream_.read_some(read_at_once, deadline_);
      if (!heard) co_return std::unexpected(heard.error());
      note('<', *heard);
      if (heard->empty()) {
        co_return std::unexpected(
            Failure{Reason::protocol_error, "starttls: the server closed the connection"});
      }
      const StartTls::Turn turn = negotiation.feed(*heard);
      if (turn.state == StartTls::State::ready) break;
      if (turn.state == StartTls::State::refused) {
        co_return std::unexpected(
            Failure{Reason::protocol_error, settings_.mask.apply(turn.trouble)});
      }
      sent = co_await say(turn.send);
    }
    co_return sent;
  }

  Awaitable<Expected<void>> go_secure() {
    return stream_.start_tls(settings_.tls, settings_.server.host, deadline_);
  }

  Awaitable<Expected<void>> play(const Step& step) {
    if (std::holds_alternative<GoSecure>(step)) return go_secure();
    stream_.enter("dialogue");
    session_.talked = true;
    if (const auto* wanted = std::get_if<Await>(&step)) return wait_for(*wanted);
    return say(std::get<Send>(step).text(session_.captures));
  }

  Awaitable<Expected<void>> say(std::string bytes) {
    if (bytes.empty()) co_return Expected<void>{};
    note('>', bytes);
    co_return co_await stream_.write(std::move(bytes), deadline_);
  }

  // What was received behind what was waited for is the beginning of the next answer.
  Awaitable<Expected<void>> wait_for(const Await& wanted) {
    for (;;) {
      if (const auto end = wanted.find(unused_, session_.captures)) {
        unused_.erase(0, *end);
        co_return Expected<void>{};
      }
      if (session_.answer.size() > Session::max_answer)
        co_return missed(wanted, "talks without end");
      const auto heard = co_await stream_.read_some(read_at_once, deadline_);
      if (!heard) co_return missed(wanted, heard.error());
      if (heard->empty()) co_return missed(wanted, "closed the connection");
      note('<', *heard);
      session_.answer += *heard;
      unused_ += *heard;
    }
  }

  Expected<void> missed(const Await& wanted, std::string_view what_it_did) const {
    return std::unexpected(
        Failure{Reason::expectation_failed,
                settings_.mask.apply(fmt::format("dialogue: waited for {}, but the server {}; {}",
                                                 wanted.words, what_it_did, what_came()))});
  }

  Expected<void> missed(const Await& wanted, const Failure& why) const {
    return std::unexpected(
        Failure{why.reason, settings_.mask.apply(fmt::format("{}: waited for {}; {}", why.message,
                                                             wanted.words, what_came()))});
  }

  std::string what_came() const {
    if (unused_.empty()) return "nothing came";
    return fmt::format("what came was {}", expect::quote(unused_, settings_.mask, answer_shown));
  }

  void note(char mark, std::string_view bytes) {
    session_.transcript.add(
        fmt::format("{} {}", mark, settings_.mask.apply(bytes.substr(0, Transcript::max_bytes))));
  }

  const Settings& settings_;
  net::Stream stream_;
  Deadline deadline_;
  Session session_;
  std::string unused_;  // received, and no step has taken it
};

}  // namespace

Awaitable<Session> talk(const Settings& settings, net::IpFamily family, net::Toolbox& net,
                        Deadline deadline) {
  Talk first(settings, net, deadline);
  Session session = co_await first.run(family);
  if (!first.wants_full_context()) co_return session;
  Talk second(settings, net, deadline);
  co_return co_await second.run(family);
}

}  // namespace vedette::tcp

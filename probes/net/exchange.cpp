// SPDX-License-Identifier: Apache-2.0
#include "probes/net/exchange.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "probes/net/address.h"
#include "probes/net/http_visit.h"
#include "probes/net/redirect.h"
#include "probes/net/request_check.h"
#include "probes/net/socket_reason.h"

namespace vedette::net {
namespace {

Microseconds between(Steady::time_point from, Steady::time_point to) {
  return std::max(Microseconds::zero(), std::chrono::duration_cast<Microseconds>(to - from));
}

void add(HttpTimings& sum, const HttpTimings& part) {
  sum.connect += part.connect;
  sum.tls += part.tls;
  sum.processing += part.processing;
  sum.transfer += part.transfer;
}

bool keeps_cookies(const HttpOptions& options) {
  return options.cookies && options.max_redirects > 0;
}

// Client certificate and server name belong to the host they were configured for.
TlsSettings for_another_host(TlsSettings settings) {
  settings.cert_file.clear();
  settings.key_file.clear();
  settings.server_name.clear();
  return settings;
}

}  // namespace

Exchange::Exchange(HttpCore& core, HttpRequest request, const HttpOptions& options,
                   Deadline deadline, HttpVisit* visit)
    : core_(core),
      request_(std::move(request)),
      options_(options),
      deadline_(deadline),
      visit_(visit),
      began_(Steady::now()),
      ended_(began_) {}

Awaitable<HttpExchange> Exchange::run() {
  if (prepare()) {
    do {
      co_await hop();
    } while (!result_.failure && redirect());
    const bool as_asked = result_.redirects == 0 && request_.url.find('@') == std::string::npos;
    result_.final_url = as_asked ? request_.url : url_->shown();
  }
  result_.timings.total = between(began_, ended_);
  co_return std::move(result_);
}

bool Exchange::prepare() {
  if (auto trouble = request_trouble(request_)) {
    fail(std::move(*trouble));
    return false;
  }
  url_ = Url::parse(request_.url);
  if (!url_) {
    fail({Reason::protocol_error,
          "request: this is not a usable http or https URL with a host name in ASCII (xn--...)"});
    return false;
  }
  if (!options_.proxy.empty()) {
    proxy_ = Url::parse(options_.proxy);
    if (!proxy_ || proxy_->secure()) {
      fail({Reason::protocol_error, "proxy: this is not a usable http URL"});
      return false;
    }
  }
  easy_ = core_.pool.take(visit_ != nullptr || keeps_cookies(options_));
  return true;
}

// On return, result_ is about this hop's URL alone, but for the times.
Awaitable<void> Exchange::hop() {
  auto addresses = co_await locate();
  if (!addresses) {
    fail(std::move(addresses.error()));
    co_return;
  }
  for (const auto& address : *addresses) {
    const bool last = &address == &addresses->back();
    const Deadline connect_by = last ? deadline_ : deadline_.halfway();
    co_await attempt(address, connect_by);
    if (again_in_full_) {
      co_await attempt(address, connect_by);
    }
    if (!result_.failure || !worth_another_address(result_.failure->reason) ||
        deadline_.expired()) {
      co_return;
    }
  }
}

Awaitable<Exchange::Addresses> Exchange::locate() {
  const Url& target = proxy_ ? *proxy_ : *url_;
  const auto begin = Steady::now();
  const auto* fixed = override_of(target);
  auto addresses = co_await core_.resolver.resolve(fixed != nullptr ? *fixed : target.host(),
                                                   options_.family, deadline_);
  ended_ = Steady::now();
  result_.timings.resolve += between(begin, ended_);
  co_return addresses;
}

const std::string* Exchange::override_of(const Url& target) const {
  if (options_.resolve.empty()) {
    return nullptr;
  }
  for (const auto& name : {target.authority(), target.host()}) {
    if (const auto found = options_.resolve.find(name); found != options_.resolve.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

Awaitable<void> Exchange::attempt(const std::string& address, Deadline connect_by) {
  if (std::exchange(used_, true)) {
    curl_easy_reset(easy_.get());
  }
  Transfer transfer(easy_.get(),
                    {.request = request_,
                     .options = options_,
                     .url = *url_,
                     .proxy = proxy_ ? &*proxy_ : nullptr,
                     .address = address,
                     .deadline = deadline_,
                     .keep_connection = visit_ != nullptr || options_.reuse_connection});
  share_connections();
  const auto session = attach();
  transfer.set_session(session.get());
  const bool slim = session && session->context() == TlsContext::slim;
  const auto begin = Steady::now();
  const auto end =
      co_await (slim ? core_.slim : core_.full).perform(easy_.get(), connect_by, deadline_);
  if (visit_ != nullptr) visit_->leave(easy_.get());
  absorb(transfer, end, begin);
  conclude(transfer, session.get(), end);
}

void Exchange::share_connections() {
  if (visit_ != nullptr) {
    visit_->enter(easy_.get(), tls_settings());
  } else if (options_.reuse_connection && url_->secure()) {
    use_share(easy_.get(), core_.shares.of(tls_settings()));
  }
}

const TlsSettings& Exchange::tls_settings() const {
  return foreign_tls_ ? *foreign_tls_ : options_.tls;
}

std::unique_ptr<TlsSession> Exchange::attach() {
  if (!url_->secure()) return nullptr;
  return core_.tls->attach(easy_.get(), tls_settings(), url_->host());
}

void Exchange::absorb(Transfer& transfer, const TransferEnd& end, Steady::time_point begin) {
  ended_ = end.at;
  if (end.connected) {
    transfer.set_connected(std::max(Microseconds(1), between(begin, *end.connected)));
  }
  add(result_.timings, transfer.times(between(begin, end.at)));
  auto& answer = transfer.answer();
  result_.status = transfer.status();
  result_.version = transfer.version();
  result_.remote_address = transfer.remote_address();
  result_.wire_body_bytes = transfer.wire_body_bytes();
  result_.body_bytes = answer.body_bytes();
  result_.headers = answer.take_headers();
  result_.body = answer.take_body();
}

void Exchange::conclude(const Transfer& transfer, TlsSession* session, const TransferEnd& end) {
  const bool ok = end.code == CURLE_OK;
  result_.failure.reset();
  if (!end.code) {
    fail(timeout_failure(transfer.facts()));
  } else if (!ok) {
    fail(transfer_failure(transfer, session, *end.code));
  } else if (!transfer.head_complete()) {
    fail({Reason::protocol_error, "processing: the server closed the connection in its headers"});
  }
  const bool retried = std::exchange(again_in_full_, false);
  if (session == nullptr) {
    return;
  }
  result_.tls = session->facts();
  again_in_full_ = !retried && !ok && end.code && session->wants_full_context();
  if (!again_in_full_) {
    session->finish(ok);
  }
}

Failure Exchange::transfer_failure(const Transfer& transfer, TlsSession* session,
                                   CURLcode code) const {
  const auto facts = transfer.facts();
  if (auto stopped = stopped_by_us(transfer.stopped(), facts)) {
    return std::move(*stopped);
  }
  if (session != nullptr) {
    if (auto failure = session->failure()) {
      return std::move(*failure);
    }
    if (is_tls_code(code) || (facts.stage == Stage::tls && code != CURLE_OPERATION_TIMEDOUT)) {
      return handshake_failure(facts.detail);
    }
  }
  return curl_failure(code, facts);
}

std::optional<Failure> Exchange::stopped_by_us(AnswerReader::Stop stop,
                                               const TransferFacts& facts) const {
  switch (stop) {
    case AnswerReader::Stop::none:
      break;
    case AnswerReader::Stop::headers:
      return Failure{Reason::protocol_error, "transfer: the answer's headers do not end"};
    case AnswerReader::Stop::bomb:
      return Failure{Reason::body_too_large,
                     "transfer: the compressed body grows out of all proportion"};
    case AnswerReader::Stop::deadline:
      return timeout_failure(facts);
  }
  return std::nullopt;
}

bool Exchange::redirect() {
  const auto* location = find_header(result_.headers, "Location");
  if (options_.max_redirects == 0 || !is_redirect(result_.status) || location == nullptr) {
    return false;
  }
  if (result_.redirects == options_.max_redirects) {
    if (options_.fail_on_too_many_redirects) {
      fail({Reason::too_many_redirects,
            fmt::format("redirect: there is still no end after {} redirects", result_.redirects)});
    }
    return false;
  }
  auto next = url_->follow(*location);
  if (!next) {
    fail({Reason::protocol_error, "redirect: the Location is not a usable http or https URL"});
    return false;
  }
  const bool same_origin = next->same_origin(*url_);
  apply_redirect(request_, result_.status, same_origin);
  if (!same_origin) drop_headers(request_.headers, options_.private_headers);
  if (!foreign_tls_ && next->host() != url_->host()) {
    foreign_tls_ = for_another_host(options_.tls);
  }
  url_ = std::move(next);
  ++result_.redirects;
  return true;
}

}  // namespace vedette::net

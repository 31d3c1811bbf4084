// SPDX-License-Identifier: Apache-2.0
#include "probes/net/transfer.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/net/address.h"
#include "probes/net/redirect.h"

namespace vedette::net {
namespace {

long http_version(const HttpOptions& options, bool secure) {
  switch (options.version) {
    case HttpVersion::http1:
      return CURL_HTTP_VERSION_1_1;
    case HttpVersion::http2:
      return secure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case HttpVersion::negotiate:
      break;
  }
  return CURL_HTTP_VERSION_2TLS;
}

// These announce a length even when it is zero (RFC 9110, section 8.6).
bool means_a_body(const HttpRequest& request) {
  return request.has_body || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

Microseconds micros(curl_off_t count) {
  return Microseconds(count);
}

}  // namespace

Transfer::Transfer(CURL* easy, const Plan& plan)
    : easy_(easy),
      secure_(plan.url.secure()),
      tunnel_(plan.proxy != nullptr && secure_),
      address_(plan.address),
      peer_(fmt::format("{} port {}", plan.address,
                        plan.proxy != nullptr ? plan.proxy->port() : plan.url.port())),
      answer_(plan.options.body_cap, plan.deadline) {
  set_common(plan);
  set_route(plan);
  set_method(plan.request);
  set_headers(plan);
}

void Transfer::set_common(const Plan& plan) {
  curl_easy_setopt(easy_, CURLOPT_CURLU, plan.url.handle());
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  // Names never reach libcurl; should one, it must neither be remembered nor be waited for.
  curl_easy_setopt(easy_, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, http_version(plan.options, secure_));
  curl_easy_setopt(easy_, CURLOPT_USERAGENT, "vedette/0.1");
  if (plan.options.compression) {
    curl_easy_setopt(easy_, CURLOPT_ACCEPT_ENCODING, "");
  }
  if (!plan.keep_connection) {
    curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, 1L);
  }
}

// An empty CURLOPT_PROXY and CURLOPT_NOPROXY keep libcurl from asking the environment.
void Transfer::set_route(const Plan& plan) {
  curl_easy_setopt(easy_, CURLOPT_NOPROXY, "");
  if (plan.proxy != nullptr) {
    curl_easy_setopt(easy_, CURLOPT_PROXY, plan.proxy->with_host(bracketed(plan.address)).c_str());
    return;
  }
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  const auto address = bracketed(plan.address);
  if (address != plan.url.host()) {
    pin_.add(fmt::format("::{}:", address));
    curl_easy_setopt(easy_, CURLOPT_CONNECT_TO, pin_.get());
  }
}

void Transfer::set_method(const HttpRequest& request) {
  if (request.method == "HEAD") {
    curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    return;
  }
  if (means_a_body(request)) {
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (request.method != (means_a_body(request) ? "POST" : "GET")) {
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void Transfer::set_headers(const Plan& plan) {
  const auto& request = plan.request;
  for (const auto& [name, value] : request.headers) {
    // "Name:" would make libcurl leave the header out.
    headers_.add(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
  }
  if (means_a_body(request)) {
    // libcurl would call every body a form, and wait a second for "100 Continue" before a big one.
    for (const char* name : {"Content-Type", "Expect"}) {
      if (find_header(request.headers, name) == nullptr) {
        headers_.add(fmt::format("{}:", name));
      }
    }
  }
  if (!plan.keep_connection && find_header(request.headers, "Connection") == nullptr) {
    headers_.add("Connection: close");
  }
  if (!headers_.empty()) {
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_.get());
  }
}

HttpTimings Transfer::times(Microseconds elapsed) const {
  const auto reached = [&](CURLINFO what) { return std::min(elapsed, micros(large(what))); };
  const auto connected = std::min(elapsed, connect_time());
  const auto ready = std::max(connected, reached(CURLINFO_APPCONNECT_TIME_T));
  const auto answered = std::max(ready, reached(CURLINFO_STARTTRANSFER_TIME_T));
  switch (stage()) {
    case Stage::connect:
      return {.connect = elapsed};
    case Stage::tunnel:
    case Stage::tls:
      return {.connect = connected, .tls = elapsed - connected};
    case Stage::processing:
      return {.connect = connected, .tls = ready - connected, .processing = elapsed - ready};
    case Stage::transfer:
      break;
  }
  return {.connect = connected,
          .tls = ready - connected,
          .processing = answered - ready,
          .transfer = elapsed - answered};
}

TransferFacts Transfer::facts() const {
  return {.stage = stage(),
          .os_error = static_cast<int>(number(CURLINFO_OS_ERRNO)),
          .proxy_status = tunnel_ ? static_cast<int>(number(CURLINFO_HTTP_CONNECTCODE)) : 0,
          .peer = peer_,
          .detail = error_.data()};
}

std::string Transfer::version() const {
  switch (number(CURLINFO_HTTP_VERSION)) {
    case CURL_HTTP_VERSION_1_0:
      return "1.0";
    case CURL_HTTP_VERSION_1_1:
      return "1.1";
    case CURL_HTTP_VERSION_2_0:
      return "2";
    default:
      return "";
  }
}

std::string Transfer::remote_address() const {
  const char* address = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr && *address != '\0') {
    return address;
  }
  return connected_ ? address_ : "";  // libcurl tells it only after the TLS handshake
}

std::size_t Transfer::wire_body_bytes() const {
  return static_cast<std::size_t>(large(CURLINFO_SIZE_DOWNLOAD_T));
}

Microseconds Transfer::connect_time() const {
  const auto told = micros(large(CURLINFO_CONNECT_TIME_T));
  return told > Microseconds::zero() ? told : connected_.value_or(Microseconds::zero());
}

Stage Transfer::stage() const {
  if (answered_ || large(CURLINFO_STARTTRANSFER_TIME_T) > 0) {
    return Stage::transfer;
  }
  if (connect_time() == Microseconds::zero()) {
    return Stage::connect;
  }
  if (secure_ && large(CURLINFO_APPCONNECT_TIME_T) == 0) {
    const bool open = !tunnel_ || number(CURLINFO_HTTP_CONNECTCODE) / 100 == 2;
    return open ? Stage::tls : Stage::tunnel;
  }
  return Stage::processing;
}

long Transfer::number(CURLINFO what) const {
  long value = 0;
  curl_easy_getinfo(easy_, what, &value);
  return value;
}

curl_off_t Transfer::large(CURLINFO what) const {
  curl_off_t value = 0;
  curl_easy_getinfo(easy_, what, &value);
  return value;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count,
                                void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!std::exchange(transfer.answered_, true) && transfer.session_ != nullptr) {
    transfer.session_->adopt();
  }
  return transfer.answer_.header_line({data, size * count}) ? size * count : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count,
                              void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const bool go_on =
      transfer.answer_.body({data, size * count}, [&] { return transfer.wire_body_bytes(); });
  return go_on ? size * count : CURL_WRITEFUNC_ERROR;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
// One request to one address on one easy handle: the options it gets, and what can be read from it
// afterwards.
#pragma once

#include <array>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "probes/net/answer_reader.h"
#include "probes/net/curl_list.h"
#include "probes/net/curl_reason.h"
#include "probes/net/http_client.h"
#include "probes/net/tls_engine.h"
#include "probes/net/url.h"

namespace vedette::net {

class Transfer {
 public:
  struct Plan {
    const HttpRequest& request;
    const HttpOptions& options;
    const Url& url;
    const Url* proxy;     // null: none
    std::string address;  // of the host, or of the proxy if there is one; without brackets
    Deadline deadline;
    bool keep_connection;  // for another transfer, and take one that was kept
  };

  // Sets all options but those of TLS, on a handle without options. What the plan refers to, and
  // this object, outlive the transfer.
  Transfer(CURL* easy, const Plan& plan);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Told when the first header comes in, so that it sees a reused connection. Null for plain HTTP.
  void set_session(TlsSession* session) { session_ = session; }

  // The rest is for when the transfer has ended.

  // Comes before all else: how long it was until the TCP connection stood, if it did.
  void set_connected(std::optional<Microseconds> after) { connected_ = after; }

  // How `elapsed` was spent: the parts add up to it, the part that was not over has what is left.
  HttpTimings times(Microseconds elapsed) const;
  TransferFacts facts() const;
  int status() const { return static_cast<int>(number(CURLINFO_RESPONSE_CODE)); }
  std::string version() const;
  std::string remote_address() const;
  std::size_t wire_body_bytes() const;
  AnswerReader& answer() { return answer_; }
  AnswerReader::Stop stopped() const { return answer_.stopped(); }
  bool head_complete() const { return answer_.head_complete(); }

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count,
                               void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;

  void set_common(const Plan& plan);
  void set_route(const Plan& plan);
  void set_method(const HttpRequest& request);
  void set_headers(const Plan& plan);
  Stage stage() const;
  Microseconds connect_time() const;
  long number(CURLINFO what) const;
  curl_off_t large(CURLINFO what) const;

  CURL* easy_;
  TlsSession* session_ = nullptr;
  bool secure_;
  bool tunnel_;
  bool answered_ = false;
  std::optional<Microseconds> connected_;
  std::string address_;
  std::string peer_;
  AnswerReader answer_;
  CurlList headers_;
  CurlList pin_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace vedette::net

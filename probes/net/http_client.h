// SPDX-License-Identifier: Apache-2.0
// One HTTP exchange as an awaitable: names resolved on the loop and pinned, every phase timed, the
// body bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/secret.h"
#include "probes/deadline.h"
#include "probes/net/certificate.h"
#include "probes/net/failure.h"
#include "probes/net/resolver.h"
#include "probes/net/tls_settings.h"
#include "probes/probe.h"

namespace vedette::net {

enum class IpFamily : std::uint8_t { any, v4, v6 };
enum class HttpVersion : std::uint8_t {
  negotiate,
  http1,
  http2
};  // http2: over TLS by ALPN, else prior knowledge

using Headers = std::vector<std::pair<std::string, std::string>>;

// How to talk; shared by all runs of a check, immutable.
struct HttpOptions {
  HttpVersion version = HttpVersion::negotiate;
  IpFamily family = IpFamily::any;
  int max_redirects = 0;  // 0: a redirect is an answer like any other
  bool fail_on_too_many_redirects = true;
  bool compression = true;  // offers what libcurl can decode
  bool cookies = true;      // kept for the redirects of one run
  bool reuse_connection = false;
  std::size_t body_cap = 1 << 20;  // bytes kept; the rest is counted
  std::map<std::string, std::string>
      resolve{};  // "host" or "host:port", lower case -> IP address or another name
  // Names of headers that hold secrets: like Authorization and Cookie, they are not sent on when a
  // redirect leads to another origin.
  std::vector<std::string> private_headers{};
  std::string proxy{};  // "http://host:port", empty: none (the environment is ignored)
  TlsSettings tls{};
};

struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  Headers headers{};
  std::string body{};
  bool has_body = false;
};

struct HttpTimings {  // summed over redirects; RFC 9110 has no names for these, blackbox_exporter
                      // does
  Microseconds resolve{}, connect{}, tls{}, processing{}, transfer{}, total{};
};

// What came of it. On failure, whatever was learned before it is here too (certificate, address,
// phases).
struct HttpExchange {
  std::optional<Failure> failure;
  int status = 0;
  std::string version;              // "1.1", "2"
  Headers headers;                  // of the last answer, names as received
  std::string body;                 // decoded, at most body_cap
  std::size_t body_bytes = 0;       // decoded, all of it
  std::size_t wire_body_bytes = 0;  // as transferred
  std::string final_url;
  int redirects = 0;
  std::string remote_address;  // "192.0.2.1" or "2001:db8::1"
  HttpTimings timings;
  std::optional<TlsFacts> tls;
  bool body_truncated() const { return body.size() < body_bytes; }
};

class HttpVisit;

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // The addresses of a name are tried in order until one takes the connection; one that is silent
  // gets half of the time that is left, the last one all of it. Ends by the deadline. `options`
  // must outlive the exchange. Headers given twice are sent twice. The environment's proxies are
  // ignored. When the task is cancelled, operation_aborted is thrown, as by every co_await. Name
  // the request and move it in: g++ 12 frees a temporary in braces twice when it stands inside a
  // co_await. With a `visit`, which must outlive the exchange, its connections and cookies are
  // used whatever the options say of reuse.
  virtual Awaitable<HttpExchange> exchange(HttpRequest request, const HttpOptions& options,
                                           Deadline deadline, HttpVisit* visit = nullptr) = 0;
};

class TlsEngine;

// The resolver outlives the client. Throws std::runtime_error when libcurl cannot start.
std::unique_ptr<HttpClient> make_http_client(boost::asio::io_context& loop, Resolver& resolver,
                                             std::shared_ptr<TlsEngine> tls,
                                             std::size_t max_pooled_handles);

}  // namespace vedette::net

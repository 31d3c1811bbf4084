// SPDX-License-Identifier: Apache-2.0
// A URL as libcurl understands it: the same parser decides whom we resolve and whom it connects to.
#pragma once

#include <memory>
#include <optional>
#include <string>

struct Curl_URL;

namespace vedette::net {

class Url {
 public:
  // Empty unless it is an absolute http or https URL. Names with other letters than ASCII's are
  // refused: what libcurl makes of them depends on the process's locale. They are written as
  // xn--... (RFC 5891).
  static std::optional<Url> parse(const std::string& text);
  // Where a Location header leads from here; empty when it leads nowhere that we would go. Blanks
  // are put up with.
  std::optional<Url> follow(const std::string& location) const;

  bool secure() const { return secure_; }
  const std::string& host() const { return host_; }  // lower case; IPv6 in brackets
  const std::string& port() const { return port_; }  // "443" when it was not written
  std::string authority() const { return host_ + ":" + port_; }
  bool same_origin(const Url& other) const;

  // The whole URL without user and password.
  std::string shown() const;
  // The same URL with another host, credentials kept.
  std::string with_host(const std::string& host) const;
  // For CURLOPT_CURLU, which copies it.
  Curl_URL* handle() const { return handle_.get(); }

 private:
  struct Free {
    void operator()(Curl_URL* url) const;
  };
  using Handle = std::unique_ptr<Curl_URL, Free>;
  static std::optional<Url> from(Handle handle);

  Handle handle_;
  bool secure_ = false;
  std::string host_;
  std::string port_;
};

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/net/url.h"

#include <algorithm>
#include <utility>

#include <curl/curl.h>

#include "probes/ascii.h"

namespace vedette::net {
namespace {

// Keeps a hostile Location from being copied and parsed at length.
constexpr std::size_t max_length = 16 * 1024;

std::optional<std::string> part(Curl_URL* url, CURLUPart which, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) {
    return std::nullopt;
  }
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string text_of(Curl_URL* url) {
  return part(url, CURLUPART_URL, 0).value_or("");
}

}  // namespace

void Url::Free::operator()(Curl_URL* url) const {
  curl_url_cleanup(url);
}

std::optional<Url> Url::parse(const std::string& text) {
  Handle handle(curl_url());
  if (text.size() > max_length || text.find('\0') != std::string::npos ||
      curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return std::nullopt;
  }
  return from(std::move(handle));
}

std::optional<Url> Url::follow(const std::string& location) const {
  Handle handle(curl_url_dup(handle_.get()));
  if (location.empty() || location.size() > max_length ||
      location.find('\0') != std::string::npos ||
      curl_url_set(handle.get(), CURLUPART_URL, location.c_str(),
                   CURLU_URLENCODE | CURLU_ALLOW_SPACE) != CURLUE_OK) {
    return std::nullopt;
  }
  return from(std::move(handle));
}

std::optional<Url> Url::from(Handle handle) {
  auto scheme = part(handle.get(), CURLUPART_SCHEME, 0);
  auto host = part(handle.get(), CURLUPART_HOST, 0);
  auto port = part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (!scheme || !host || !port) {
    return std::nullopt;
  }
  *scheme = lower_case(*scheme);
  *host = lower_case(*host);
  const bool ascii = std::ranges::all_of(*host, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!ascii || (*scheme != "http" && *scheme != "https")) {
    return std::nullopt;
  }
  Url url;
  url.handle_ = std::move(handle);
  url.secure_ = *scheme == "https";
  url.host_ = std::move(*host);
  url.port_ = std::move(*port);
  return url;
}

bool Url::same_origin(const Url& other) const {
  return secure_ == other.secure_ && host_ == other.host_ && port_ == other.port_;
}

std::string Url::shown() const {
  Handle copy(curl_url_dup(handle_.get()));
  curl_url_set(copy.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(copy.get(), CURLUPART_PASSWORD, nullptr, 0);
  return text_of(copy.get());
}

std::string Url::with_host(const std::string& host) const {
  Handle copy(curl_url_dup(handle_.get()));
  curl_url_set(copy.get(), CURLUPART_HOST, host.c_str(), 0);
  return text_of(copy.get());
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
// What can be expected of an HTTP exchange.
#pragma once

#include <array>

#include "probes/clock.h"
#include "probes/expect/json_document.h"
#include "probes/expect/observed.h"
#include "probes/net/http_client.h"

namespace vedette::http {

// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr std::array<expect::Subject, 15> subjects{{
    {.key = "status", .words = "status", .kind = expect::Kind::status},
    {.key = "headers", .words = "header", .kind = expect::Kind::named_texts, .alias = "header"},
    {.key = "body", .words = "body"},
    {.key = "json", .words = "JSON", .kind = expect::Kind::json},
    {.key = "final_url", .words = "final URL"},
    {.key = "redirects", .words = "number of redirects", .kind = expect::Kind::number},
    {.key = "http_version", .words = "HTTP version"},
    {.key = "remote_address", .words = "remote address"},
    {.key = "resolve", .words = "resolve time", .kind = expect::Kind::time},
    {.key = "connect", .words = "connect time", .kind = expect::Kind::time},
    {.key = "tls", .words = "TLS handshake time", .kind = expect::Kind::time},
    {.key = "processing", .words = "processing time", .kind = expect::Kind::time},
    {.key = "transfer", .words = "transfer time", .kind = expect::Kind::time},
    {.key = "total", .words = "total time", .kind = expect::Kind::time},
    {.key = "certificate_expires_in",
     .words = "the certificate",
     .kind = expect::Kind::time_left,
     .missing = "there was no certificate"},
}};
inline constexpr std::size_t status_subject = 0;

// The values are views into the exchange and the document, which is its body. `now` is compared
// with the certificate's end.
expect::Observed observe(const net::HttpExchange& exchange, const expect::JsonDocument& document,
                         Instant now);

}  // namespace vedette::http

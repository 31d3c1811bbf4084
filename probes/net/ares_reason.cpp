// SPDX-License-Identifier: Apache-2.0
#include "probes/net/ares_reason.h"

#include <ares.h>
#include <fmt/format.h>

namespace vedette::net {
namespace {

struct Words {
  Reason reason;
  const char* sentence;  // with one place for the name
};

Words words(int status) {
  switch (status) {
    case ARES_ENOTFOUND:
    case ARES_ENONAME:
      return {Reason::dns_nxdomain, "resolve: the name {} does not exist"};
    case ARES_ENODATA:
      return {Reason::dns_no_data, "resolve: {} has no address of the kind asked for"};
    case ARES_EREFUSED:
      return {Reason::dns_refused, "resolve: the DNS server refused to answer for {}"};
    case ARES_ENOTIMP:
      return {Reason::dns_refused,
              "resolve: the DNS server does not do such queries as the one for {}"};
    case ARES_ECONNREFUSED:
      return {Reason::dns_refused, "resolve: no DNS server listens where {} was asked for"};
    case ARES_ETIMEOUT:
      return {Reason::dns_timeout, "resolve: no DNS server answered for {} in time"};
    case ARES_EFORMERR:
    case ARES_EBADRESP:
      return {Reason::dns_malformed, "resolve: the DNS answer for {} makes no sense"};
    case ARES_EBADNAME:
    case ARES_EBADSTR:
      return {Reason::dns_malformed, "resolve: {} cannot be a name in the DNS"};
    default:
      return {Reason::dns_servfail, "resolve: the DNS server failed to answer for {}"};
  }
}

}  // namespace

Failure ares_failure(int status, std::string_view host) {
  const auto [reason, sentence] = words(status);
  return {.reason = reason, .message = fmt::format(fmt::runtime(sentence), host)};
}

bool ares_status_is_folded(int status) {
  return status == ARES_ECONNREFUSED;
}

}  // namespace vedette::net

// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/rejected.h"

namespace vedette::dns {
namespace {

Reason reason_of(Mismatch why) {
  switch (why) {
    case Mismatch::malformed:
      return Reason::dns_malformed;
    case Mismatch::wrong_id:
      return Reason::dns_wrong_id;
    case Mismatch::wrong_question:
      return Reason::dns_wrong_question;
  }
  return Reason::dns_malformed;
}

}  // namespace

net::Failure failure_of(Rejected rejected) {
  return {reason_of(rejected.why), "request: " + std::move(rejected.sentence)};
}

}  // namespace vedette::dns

// SPDX-License-Identifier: Apache-2.0
#include "probes/registry/registry.h"

#include <algorithm>
#include <array>
#include <vector>

#include "probes/dns/dns_probe.h"
#include "probes/flow/flow_probe.h"
#include "probes/http/http_probe.h"
#include "probes/imap/imap_probe.h"
#include "probes/mailbox/mailbox_probe.h"
#include "probes/pop3/pop3_probe.h"
#include "probes/round_trip/round_trip_probe.h"
#include "probes/smtp/smtp_probe.h"
#include "probes/tcp/tcp_probe.h"

namespace vedette {

std::span<const ProbeType> probe_types() {
  // A mailbox guard compares with its run before, which a step does not have.
  static const std::array steps{
      http::probe_type(), tcp::tcp_type(),    tcp::tls_type(),    dns::probe_type(),
      smtp::probe_type(), imap::probe_type(), pop3::probe_type(), round_trip::probe_type(),
  };
  static const std::vector<ProbeType> types = [] {
    std::vector<ProbeType> all(steps.begin(), steps.end());
    all.push_back(mailbox::probe_type());
    all.push_back(flow::probe_type(steps));
    return all;
  }();
  return types;
}

const ProbeType* find_probe_type(std::string_view name) {
  const auto types = probe_types();
  const auto found = std::ranges::find(types, name, &ProbeType::name);
  return found == types.end() ? nullptr : &*found;
}

}  // namespace vedette

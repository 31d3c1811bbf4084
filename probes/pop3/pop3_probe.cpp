// SPDX-License-Identifier: Apache-2.0
#include "probes/pop3/pop3_probe.h"

#include "probes/mail/run.h"
#include "probes/pop3/run.h"
#include "probes/pop3/settings.h"
#include "probes/pop3/subjects.h"

namespace vedette::pop3 {

ProbeType probe_type() {
  return {.name = "pop3",
          .parse = mail::parse_probe<Settings, parse_settings, run>,
          .gauges = gauges,
          .infos = peer::tls_infos};
}

}  // namespace vedette::pop3

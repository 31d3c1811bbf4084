// SPDX-License-Identifier: Apache-2.0
#include "probes/smtp/smtp_probe.h"

#include "probes/mail/run.h"
#include "probes/smtp/run.h"
#include "probes/smtp/settings.h"
#include "probes/smtp/subjects.h"

namespace vedette::smtp {

ProbeType probe_type() {
  return {.name = "smtp",
          .parse = mail::parse_probe<Settings, parse_settings, run>,
          .gauges = gauges,
          .infos = peer::tls_infos};
}

}  // namespace vedette::smtp

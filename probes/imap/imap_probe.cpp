// SPDX-License-Identifier: Apache-2.0
#include "probes/imap/imap_probe.h"

#include "probes/imap/run.h"
#include "probes/imap/settings.h"
#include "probes/imap/subjects.h"
#include "probes/mail/run.h"

namespace vedette::imap {

ProbeType probe_type() {
  return {.name = "imap",
          .parse = mail::parse_probe<Settings, parse_settings, run>,
          .gauges = gauges,
          .infos = peer::tls_infos};
}

}  // namespace vedette::imap

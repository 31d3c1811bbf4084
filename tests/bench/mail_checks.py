# SPDX-License-Identifier: Apache-2.0
"""The SMTP check of the benchmarks (greeting, EHLO, QUIT), as each of the programs is told it."""

MODULE = ("{prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4, query_response: ["
          "{expect: '^220 ([^ ]+) ESMTP (.+)$'}, {send: \"EHLO prober\\r\"}, {expect: '^250-SIZE'}, {expect: '^250 DSN'}, "
          "{send: \"QUIT\\r\"}, {expect: '^221'}]}}")


def section(target):
    return (f"smtp: {{server: '{target}', client_name: prober, "
            "expect: {banner: {matches: '^[^ ]+ ESMTP'}, capability: [SIZE, DSN]}}")

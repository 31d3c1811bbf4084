# SPDX-License-Identifier: Apache-2.0
"""The SMTP check of the benchmarks (greeting, EHLO, QUIT), as each of the programs is told it."""

MODULE = ("{prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4, query_response: ["
          "{expect: '^220 ([^ ]+) ESMTP (.+)$'}, {send: \"EHLO prober\\r\"}, {expect: '^250-SIZE'}, {expect: '^250 DSN'}, "
          "{send: \"QUIT\\r\"}, {expect: '^221'}]}}")


def write_config(folder, target):
    path = folder / "smtp.yaml"
    path.write_text(
        f"agent: {{region: bench, listen: 127.0.0.1:0, store: 'sqlite:{folder}/bench.db'}}\n"
        "components:\n  - {id: bench, name: Bench}\nchecks:\n"
        f"  - {{name: bench, component: bench, smtp: {{server: '{target}', client_name: prober, "
        "expect: {banner: {matches: '^[^ ]+ ESMTP'}, capability: [SIZE, DSN]}}}\n")
    return path

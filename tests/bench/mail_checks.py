# SPDX-License-Identifier: Apache-2.0
"""Mail in the benchmarks: the SMTP check (greeting, EHLO, QUIT) as each of the programs is told it, and the round trip."""

import json
import statistics
import subprocess

MODULE = ("{prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4, query_response: ["
          "{expect: '^220 ([^ ]+) ESMTP (.+)$'}, {send: \"EHLO prober\\r\"}, {expect: '^250-SIZE'}, {expect: '^250 DSN'}, "
          "{send: \"QUIT\\r\"}, {expect: '^221'}]}}")


def section(target):
    return (f"smtp: {{server: '{target}', client_name: prober, "
            "expect: {banner: {matches: '^[^ ]+ ESMTP'}, capability: [SIZE, DSN]}}")


def round_trip(build):
    """CPU of our process alone: the servers it starts are others."""
    spent = json.loads(subprocess.run([build / "tests/bench/bench_round_trip"], stdout=subprocess.PIPE, text=True, check=True).stdout)
    return [(f"mail round trip with {name}, ms of CPU", 5, statistics.median(ms), min(ms), max(ms), f"{len(ms)} trips")
            for name, ms in spent.items()]

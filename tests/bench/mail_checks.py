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


WAYS = {"plain": "PLAIN", "scram": "SCRAM", "scram-new-salts": "SCRAM, a new salt each time"}


class RoundTrips:
    """CPU of our process alone: the servers that it starts are others. It moves to its core by itself."""

    def __init__(self, build):
        self.process = subprocess.Popen([build / "tests/bench/bench_round_trip"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)

    def cost(self, way):
        """CPU microseconds of a trip: the median of some."""
        print(way, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("bench: bench_round_trip ended")
        return statistics.median(json.loads(line)) * 1e3

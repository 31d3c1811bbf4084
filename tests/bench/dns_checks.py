# SPDX-License-Identifier: Apache-2.0
"""The DNS check of the benchmarks, as each of the programs is told it."""

ZONE = "bench.test"
RECORDS = "@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 127.0.0.1\n* A 192.0.2.1\n"
MODULE = (f"{{prober: dns, timeout: 5s, dns: {{query_name: www.{ZONE}, query_type: A, preferred_ip_protocol: ip4, "
          "validate_answer_rrs: {fail_if_not_matches_regexp: ['192.0.2.1']}}}")


def section(target, number):
    return f"dns: {{name: www{number}.{ZONE}, server: '{target}', expect: {{answer: 192.0.2.1}}}}"


def write_queries(folder):
    path = folder / "queries.txt"
    path.write_text("".join(f"www{i}.{ZONE} A\n" for i in range(100)))
    return path

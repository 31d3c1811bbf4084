# SPDX-License-Identifier: Apache-2.0
"""What flows cost: four steps against four single checks, a thousand flows a minute with their journal, and JSONPath on a large body."""

import json
import re
import subprocess
import time

import peers

STEPS = 4
FLOWS = 17  # one a second each: 1,020 a minute
WATCH = 12  # seconds


def four_steps(url):
    """Every step has something to fill in, as in a real flow; connections are shared, as by default."""
    steps = ", ".join(
        f"{{name: s{i}, http: {{url: '{url}?run=${{run.id}}', version: '1.1', expect: {{status: 200, body: {{contains: xxx}}}}}}}}"
        for i in range(STEPS))
    return f"flow: {{steps: [{steps}]}}"


def payment(gateway):
    """Authorise and cancel: one note in the journal for each run."""
    return f"""
    flow:
      steps:
        - name: authorise
          http: {{url: '{gateway}/payment_intents', form: {{amount: 100, currency: eur, card: visa}}, expect: {{json: {{$.status: requires_capture}}}}}}
          capture: {{intent: $.id}}
          cleanup: [{{name: cancel, http: {{method: POST, url: '{gateway}/payment_intents/${{intent}}/cancel'}}}}]
"""


def write_config(folder, gateway):
    checks = "".join(f"  - name: flow-{i}\n    component: shop\n    every: 1s\n    timeout: 1s{payment(gateway)}" for i in range(FLOWS))
    path = folder / "flows.yaml"
    path.write_text(f"agent: {{region: bench, listen: 127.0.0.1:0, shards: 1, store: 'sqlite:{folder}/flows.db'}}\n"
                    f"components: [{{id: shop, name: Shop}}]\nchecks:\n{checks}")
    return path


def started(command, core, log, words):
    process = subprocess.Popen(peers.pinned(core, command), stdout=log.open("w"), stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = re.search(words, log.read_text())
        if found:
            return process, int(found[1])
        time.sleep(0.05)
    process.kill()
    raise SystemExit(f"{command[0]} did not start: {log.read_text()}")


def buckets(port):
    text = subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/metrics"], capture_output=True, text=True, check=True).stdout
    return {float(bound): float(count)
                    for bound, count in re.findall(r'vedette_flow_journal_seconds_bucket{le="([^"]+)"} (\S+)', text)}


def journal(build, folder):
    demo, gateway = started([build / "vedette", "demo", "--listen", "127.0.0.1:0"], peers.THEIRS, folder / "demo.log",
                            r"The shop is open: +http://127\.0\.0\.1:(\d+)/")
    config = write_config(folder, f"http://127.0.0.1:{gateway}/v1")
    agent, port = started([build / "vedette", "run", config], peers.OURS, folder / "agent.log", r"listening on http://[^:]+:(\d+)")
    try:
        time.sleep(3)
        before = buckets(port)
        cpu = peers.cpu_of(agent.pid)
        began = time.monotonic()
        time.sleep(WATCH)
        after = buckets(port)
        seconds = time.monotonic() - began
        used = peers.cpu_of(agent.pid) - cpu
    finally:
        for process in (agent, demo):
            process.terminate()
            process.wait(20)
    notes = {bound: after[bound] - before[bound] for bound in after}
    count = notes[float("inf")]
    p99 = next(bound for bound, below in sorted(notes.items()) if below >= 0.99 * count) * 1000
    detail = f"{count / seconds * 60:.0f} notes a minute, {used / seconds:.1%} of a core"
    return [("flows: a note in the journal at p99, ms (1,000 flows a minute)", "-", p99, p99, p99, detail)]


def jsonpath(build):
    figures = json.loads(subprocess.run(peers.pinned(peers.OURS, [build / "tests/bench/bench_jsonpath"]), capture_output=True, text=True,
                                        check=True).stdout)
    ms, mib = figures["ms"], figures["mib"]
    return [("JSONPath on a body of 1 MB, ms", 20, ms, ms, figures["worst_ms"], f"{figures['values']} values"),
            ("JSONPath on a body of 1 MB, MiB for the document", 10, mib, mib, mib, "")]

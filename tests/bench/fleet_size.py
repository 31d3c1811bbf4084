# SPDX-License-Identifier: Apache-2.0
"""10,000 checks every 30 s in the real program: memory, start, lateness, and a scrape of all their series."""

import contextlib
import pathlib
import re
import subprocess
import sys
import time

import peers

CHECKS = 10_000
WATCH = 10  # seconds without a scrape, then as many with one each second
SETTLE = 35  # seconds: every check has run at least once, and the start is over


def write_config(folder, section):
    lines = [f"agent: {{region: bench, listen: 127.0.0.1:0, store: 'sqlite:{folder}/fleet.db'}}", "defaults: {every: 30s, timeout: 5s}",
             "components:"]
    lines += [f"  - {{id: c{i}, name: Component {i}}}" for i in range(100)]
    lines.append("checks:")
    for i in range(CHECKS):
        lines += [f"  - name: check-{i}", f"    component: c{i % 100}", f"    {section(i)}"]
    path = folder / "fleet.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def memory(pid, field):
    return int(re.search(rf"{field}:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def starts(text):
    """{upper bound: how many runs were started at most so late} of the whole process so far."""
    return {float(bound): float(count)
            for bound, count in re.findall(r'vedette_schedule_lateness_seconds_bucket{le="([^"]+)"} (\S+)', text)}


def p99_between(before, after):
    """Upper bound, in milliseconds, of the bucket that holds the 99th percentile of the starts in between."""
    counts = {bound: after[bound] - before[bound] for bound in after}
    return next(bound for bound, count in sorted(counts.items()) if count >= 0.99 * counts[float("inf")]) * 1000


def scrape(port, folder):
    """(text, milliseconds until the last byte was there)."""
    out = folder / "scrape.txt"
    took = subprocess.run(peers.pinned(peers.THEIRS, ["curl", "-s", "-o", out, "-w", "%{time_total}", f"http://127.0.0.1:{port}/metrics"]),
                          capture_output=True, text=True, check=True).stdout
    return out.read_text(), float(took) * 1000


@contextlib.contextmanager
def agent(build, folder, section):
    """(process, port, seconds until it listened) of an agent that runs the checks."""
    config = write_config(folder, section)
    log = folder / "fleet.log"
    began = time.monotonic()
    process = subprocess.Popen(peers.pinned(peers.OURS, [build / "vedette", "run", config]), stderr=log.open("w"))
    try:
        while not (found := re.search(r"listening on http://127.0.0.1:(\d+)", log.read_text())):
            if process.poll() is not None or time.monotonic() > began + 60:
                raise SystemExit(f"bench: the agent did not start:\n{log.read_text()}")
            time.sleep(0.01)
        yield process, int(found[1]), time.monotonic() - began
    finally:
        process.terminate()
        process.wait(20)


def resident(build, folder, name, section):
    """Only how much memory the checks of this kind take, and whether they pass."""
    print(f"  10,000 {name} checks every 30 s: {SETTLE} s to settle ...", file=sys.stderr)
    with agent(build, folder, section) as (process, port, _):
        time.sleep(SETTLE)
        taken = memory(process.pid, "VmRSS")
        text, _ = scrape(port, folder)
    passing = len(re.findall(r"^probe_success\{.*\} 1$", text, re.MULTILINE))
    return [(f"fleet: resident memory of 10,000 {name} checks, MB", 80, taken, taken, taken, f"{passing} pass")]


def measure(build, folder, nginx_port):
    print(f"  10,000 checks every 30 s: {SETTLE} s to settle ...", file=sys.stderr)

    def section(number):
        return f"http: {{url: 'http://127.0.0.1:{nginx_port}/{number}', expect: {{status: 200, body: {{contains: xxx}}}}}}"

    with agent(build, folder, section) as (process, port, start):
        time.sleep(SETTLE)
        resident_memory = memory(process.pid, "VmRSS")
        settled, _ = scrape(port, folder)
        time.sleep(WATCH)
        quiet, _ = scrape(port, folder)
        scrapes = []
        for _ in range(WATCH):
            scrapes.append(scrape(port, folder))
            time.sleep(1)
        peak = memory(process.pid, "VmHWM")
        text = scrapes[-1][0]
        times = sorted(taken for _, taken in scrapes)
        series = sum(1 for line in text.splitlines() if line and not line.startswith("#"))
        lateness = p99_between(starts(settled), starts(quiet))
        scraped = p99_between(starts(quiet), starts(text))
    return [
        ("fleet: resident memory of 10,000 checks, MB", 80, resident_memory, resident_memory, resident_memory, ""),
        ("fleet: start from a 10,000-check file, s", 3, start, start, start, "until it listens"),
        ("fleet: lateness of starts at p99, ms (bucket bound)", 5, lateness, lateness, lateness, ""),
        ("fleet: the same while it is scraped every second", 5, scraped, scraped, scraped, ""),
        ("fleet: a scrape of all series, ms", 50, times[len(times) // 2], times[0], times[-1], f"{series} series, {len(text) / 1e6:.1f} MB"),
        ("fleet: passing memory of a scrape, MB", 50, peak - resident_memory, peak - resident_memory, peak - resident_memory, "peak less resident"),
    ]

# SPDX-License-Identifier: Apache-2.0
"""The programs that Vedette is measured against and with: started on loopback, pinned to a core, asked for their CPU time."""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import time

OURS, THEIRS = 0, 1  # cores: what is measured, and the servers and drivers around it
# Servers listen at 127.0.0.1 to 127.0.0.16: thousands of connections a second to one address leave no free ports to connect
# from, and the search for one would be what is measured.
ADDRESSES = 16
QUESTIONS = 100  # of the DNS in flight, by dnsperf and by us
SYSTEM_ROOTS = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pinned(core, command):
    return ["taskset", "-c", str(core), *map(str, command)]


def wait_for_port(port, process, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"bench: {process.args} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise SystemExit(f"bench: nothing listens on port {port}")


def cpu_of(pid):
    """User and system seconds of a running process."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    """A child that is ended when the block ends."""

    def __init__(self, command, port, core=THEIRS, env=None):
        self.port = port
        self.process = subprocess.Popen(
            pinned(core, command), env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(port, self.process)

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def nginx(folder, sites):
    """sites: {port: (certificate, key) or None}."""
    servers = ""
    for port, tls in sites.items():
        listen = "".join(f"listen 127.0.0.{i + 1}:{port} {'ssl ' if tls else ''}backlog=4096;" for i in range(ADDRESSES))
        keys = f"ssl_certificate {tls[0]}; ssl_certificate_key {tls[1]}; ssl_session_tickets off;" if tls else ""
        servers += f"server {{ {listen} {keys} location / {{ default_type text/html; return 200 \"{'x' * 1000}\"; }} }}\n"
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;\n"
        "events { worker_connections 8192; }\n"
        f"http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_timeout 60;\n{servers} }}\n")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return Server([program, "-p", folder, "-c", config], next(iter(sites)))


def http_module(ca_file=None):
    tls = f", tls_config: {{ca_file: {ca_file}}}" if ca_file else ""
    return f"{{prober: http, timeout: 5s, http: {{preferred_ip_protocol: ip4, valid_http_versions: [HTTP/1.1], enable_http2: false{tls}}}}}"


def blackbox(folder, name, module, env=None):
    """`module` is what blackbox_exporter's configuration calls so; it is asked for as m."""
    port = free_port()
    config = folder / f"{name}.yml"
    config.write_text(f"modules: {{m: {module}}}\n")
    program = shutil.which("prometheus-blackbox-exporter") or shutil.which("blackbox_exporter")
    return Server([program, f"--config.file={config}", f"--web.listen-address=127.0.0.1:{port}"], port, core=OURS,
                  env={"GOMAXPROCS": "1", **(env or {})})


def knot(folder, zone, records):
    """Its worker binds itself to the first core, ours: to be woken across cores costs the sender more or less, as the machine pleases.
    It works in batches: a server elsewhere would not take the core away from who asks, at each question."""
    port = free_port()
    (folder / f"{zone}.zone").write_text(f"$ORIGIN {zone}.\n$TTL 300\n{records}")
    config = folder / "knot.conf"
    config.write_text(
        f"server:\n  rundir: {folder}\n  listen: 127.0.0.1@{port}\n  udp-workers: 1\n  tcp-workers: 1\n  background-workers: 1\n"
        f"log:\n  - target: stderr\n    any: error\ndatabase:\n  storage: {folder}/knot-db\n"
        f"zone:\n  - domain: {zone}\n    storage: {folder}\n    file: {zone}.zone\n    zonefile-sync: -1\n")
    program = shutil.which("knotd") or "/usr/sbin/knotd"
    return Server(["chrt", "--batch", "0", program, "-c", config], port)


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wrk(url, seconds, core, connections=16, close=False):
    """(requests, CPU seconds of wrk itself)."""
    before = children_cpu()
    header = ["-H", "Connection: close"] if close else []
    out = subprocess.run(pinned(core, ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *header, url]),
                         capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"bench: wrk met errors:\n{out}")
    return int(re.search(r"(\d+) requests in", out)[1]), children_cpu() - before


def s_time(port, ca_file, seconds, request=True):
    """(handshakes, CPU seconds) of OpenSSL's own client, verified; with a request behind each, or without."""
    before = children_cpu()
    out = subprocess.run(
        pinned(OURS, ["openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-new", *(["-www", "/"] if request else []),
                      "-time", max(1, round(seconds)), "-CAfile", ca_file, "-verify", 3]), capture_output=True, text=True).stdout
    return int(re.search(r"(\d+) connections in", out)[1]), children_cpu() - before


def dnsperf(port, queries, seconds):
    """(queries answered, CPU seconds of dnsperf itself)."""
    before = children_cpu()
    out = subprocess.run(pinned(OURS, ["dnsperf", "-s", "127.0.0.1", "-p", port, "-d", queries, "-l", max(1, round(seconds)), "-T", 1,
                                       "-c", 1, "-q", QUESTIONS]), capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Queries completed:\s+(\d+)", out)[1]), children_cpu() - before


def figures_of(output):
    """The last line; before it stands what the agent logged."""
    return json.loads(output.splitlines()[-1])


def ours(build, config, seconds, copies=16, every_ms=1, env=None, totals=False):
    command = [build / "tests/bench/bench_checks", config, "--seconds", seconds, "--copies", copies, "--every-ms", every_ms]
    out = subprocess.run(pinned(OURS, command + (["--totals"] if totals else [])), env={**os.environ, **(env or {})},
                         capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"bench: bench_checks failed:\n{out.stderr}{out.stdout[:500]}")
    return figures_of(out.stdout)


def driven(build, config, seconds):
    """Requests that our own scheduler, on the other core, sent at 500 a second."""
    command = [build / "tests/bench/bench_checks", config, "--seconds", seconds, "--copies", 500, "--every-ms", 1000]
    out = subprocess.run(pinned(THEIRS, command), capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"bench: the driver failed:\n{out.stderr}")
    figures = figures_of(out.stdout)
    # The exporter is asked from the first moment on, so its CPU time covers the warming up too.
    return figures["runs"] * (figures["wall"] + 0.3) / figures["wall"]


class OwnServer(Server):
    """One of our own programs, which prints its port."""

    def __init__(self, build, name, *arguments):
        self.process = subprocess.Popen(pinned(THEIRS, [build / "tests/bench" / name, *arguments]), stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())


def delay_server(build, milliseconds):
    return OwnServer(build, "bench_delay_server", milliseconds)


def smtp_server(build):
    return OwnServer(build, "bench_smtp_server")

# SPDX-License-Identifier: Apache-2.0
"""The rules of the house about who may include what, and what a file looks like.

A tree is a dict of path -> text, so that the rules themselves can be tried on made-up trees.
"""
import re

# What may be included from where is what CMakeLists.txt links, and these hold whatever it says.
# A folder on the left must not include anything from the folders on the right.
NEVER = {
    "config": ["probes", "agent"],
    "probes": ["agent"],
    "agent/detect": ["agent/incident", "agent/store", "probes/net"],
    "agent/incident": ["agent/store", "agent/notify", "agent/web", "probes/net"],
    "agent/store": ["agent/metrics", "agent/page", "agent/web", "agent/notify", "agent/reconcile", "agent/pipeline"],
    "agent/metrics": ["agent/page", "agent/web", "agent/reconcile", "agent/pipeline"],
    "agent/page": ["agent/web", "agent/reconcile", "agent/pipeline", "agent/app", "agent/cli"],
    "agent/web": ["agent/reconcile", "agent/pipeline", "agent/app", "agent/cli"],
    "agent/app": ["agent/cli"],
}

# One third-party library lives behind one folder (or the few that are named); tests may use them all.
OWNERS = {
    "yaml-cpp/": ["config"],
    "curl/": ["probes/net"],
    "ares.h": ["probes/net"],
    "ares_": ["probes/net"],
    "openssl/": ["probes/net"],
    "nettle/": ["probes/net"],
    "boost/asio/ssl": ["probes/net"],
    "sqlite3.h": ["agent/store"],
    "cmark": ["agent/page"],
    "date/": ["agent/brand"],
    "zlib.h": ["agent/web"],
    "pqxx/": ["agent/store"],
    "prometheus/": ["agent/metrics"],
    "boost/beast": ["agent/web", "agent/demo"],
    "CLI/": ["agent/cli"],
    "re2/": ["probes"],
    "spdlog/": ["agent"],
    "gtest/": [],
    "gmock/": [],
    "benchmark/": [],
}

# These make whoever includes the header pay for them.
NOT_IN_HEADERS = ["yaml-cpp/", "CLI/", "boost/json.hpp", "boost/json/src.hpp"]

# Compile-time traps: the whole of a library for one name, or a name that invites detached work.
NOWHERE = ["boost/asio.hpp", "boost/asio/detached.hpp", "boost/asio/experimental/awaitable_operators.hpp"]

# Folders that compute and nothing else: no sockets, files, threads or clocks of their own.
PURE = ["agent/detect", "agent/incident", "agent/uptime", "probes/expect"]
IMPURE = ["boost/asio", "fstream", "iostream", "filesystem", "thread", "mutex", "future", "sys/",
          "unistd.h", "fcntl.h", "netinet/", "arpa/", "spdlog/"]

MAX_LINES = 400

# Headers that the build makes.
GENERATED = ("embedded/", "tests_config/")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
MODULE = re.compile(r"^vedette_module\((\S+) LINKS\s+([^)]*)\)", re.MULTILINE)


def within(path, folder):
    return path == folder or path.startswith(folder + "/")


def modules_of(cmake):
    """Folder -> what it links, in the order of CMakeLists.txt."""
    links = {}
    for folder, named in MODULE.findall(cmake):
        links[folder] = [name.removeprefix("vedette::") for name in named.split() if name.startswith("vedette::")]
    return links


def reachable(links):
    """Folder -> every folder that it may include, itself among them. Complains about arrows upwards."""
    by_target = {folder.replace("/", "_"): folder for folder in links}
    allowed, complaints = {}, []
    for folder, targets in links.items():
        allowed[folder] = {folder}
        for target in targets:
            below = by_target.get(target)
            if below not in allowed:
                complaints.append(f"CMakeLists.txt: {folder} links {target}, which is not listed above it")
            else:
                allowed[folder] |= allowed[below]
    return allowed, complaints


def owner(path, folders):
    """The innermost module folder that holds the file."""
    holders = [folder for folder in folders if within(path, folder)]
    return max(holders, key=len, default=None)


def check_arrow(path, target, allowed):
    for folder, others in NEVER.items():
        if within(path, folder) and any(within(target, other) for other in others):
            yield f"{path}: includes {target}, and {folder} knows nothing of it by design"
            return
    here, there = owner(path, allowed), owner(target, allowed)
    if here and there and there not in allowed[here]:
        yield f"{path}: includes {target}, but {here} does not link {there}"
    if not path.startswith("tests/") and target.startswith("tests/"):
        yield f"{path}: the product includes {target} of the tests"


def check_own_include(path, target, tree, allowed):
    if target.startswith(GENERATED):
        return
    if target not in tree:
        yield f'{path}: includes "{target}", which is no path from the root of the tree'
        return
    yield from check_arrow(path, target, allowed)


def check_foreign_include(path, target):
    if target in NOWHERE:
        yield f"{path}: includes <{target}>; include the narrow header instead"
    for prefix, folders in OWNERS.items():
        if target.startswith(prefix) and not any(within(path, folder) for folder in folders + ["tests"]):
            yield f"{path}: includes <{target}>, which belongs to {', '.join(folders) or 'tests'}"
    if path.endswith(".h") and any(target.startswith(prefix) for prefix in NOT_IN_HEADERS):
        yield f"{path}: includes <{target}> in a header, and all who include it pay for that"
    if any(within(path, folder) for folder in PURE) and any(target.startswith(word) for word in IMPURE):
        yield f"{path}: includes <{target}>, but this folder only computes"


def check_form(path, text):
    lines = text.splitlines()
    if not lines or lines[0] != "// SPDX-License-Identifier: Apache-2.0":
        yield f"{path}: the first line is not the licence's"
    if path.endswith(".h") and "#pragma once" not in lines:
        yield f"{path}: no #pragma once"
    if path.endswith(".h") and not (len(lines) > 1 and lines[1].startswith("// ")):
        yield f"{path}: does not say what it is for"
    if len(lines) > MAX_LINES:
        yield f"{path}: {len(lines)} lines, at most {MAX_LINES}"


def check_header_first(path, text, tree):
    """A header that comes first somewhere compiles alone."""
    own = path.removesuffix(".cpp") + ".h"
    first = INCLUDE.search(text)
    if own in tree and (first is None or first.group(1) != own):
        yield f"{path}: does not include {own} first"


def check(tree, cmake):
    """Every complaint about the tree, as 'path: what is wrong'."""
    allowed, complaints = reachable(modules_of(cmake))
    for path, text in sorted(tree.items()):
        complaints += check_form(path, text)
        if path.endswith(".cpp"):
            complaints += check_header_first(path, text, tree)
        for own, foreign in INCLUDE.findall(text):
            if own:
                complaints += check_own_include(path, own, tree, allowed)
            else:
                complaints += check_foreign_include(path, foreign)
    return complaints

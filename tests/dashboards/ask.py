#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks every query of the dashboards, and every rule that is loaded, of a Prometheus.

    ask.py http://127.0.0.1:9090 SINCE     SINCE in Unix time

Prints what has no answer in the time from SINCE to now, and every metric and label that nobody has.
Exit code 1 when there is any. tests/integration/agent/dashboards_test.cpp makes sure that there was something to see.
"""
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import boards
import promql

# What may be silent after an ordinary outage, and why. Each must be silent: else it is taken off the list.
SILENT = {
    "rule VedetteStoreBehind": "needs a disk that is slow for five minutes",
    "rule VedetteAgentBlind": "needs an agent whose controls are gone for five minutes",
    "rule VedetteFlowOrphans": "needs a flow that was taken away with something to clean up",
    "rule VedetteFilesRunOut": "needs an agent that is out of file descriptors",
    "overview.json: Runs that could not tell (A)": "nothing gives the outcome unknown yet",
    "agents.json: Runs that could not tell (A)": "nothing gives the outcome unknown yet",
}
FINEST_STEP = 0.2  # less than the pace of the test: what was there for one scrape is seen
MOST_STEPS = 10_000
ALWAYS = {"slo": "99.9", "budget": "30d"}


class Prometheus:
    def __init__(self, url, since):
        self.url, self.since, self.now = url, since - 2, time.time()

    def get(self, path, **parameters):
        encoded = urllib.parse.urlencode({k: v for k, v in parameters.items() if v is not None}, doseq=True)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{encoded}", timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error)["error"]) from None

    def series(self, selector):
        return self.get("series", **{"match[]": selector, "start": self.since, "end": self.now})

    def label_values(self, selector, label):
        return self.get(f"label/{label}/values", **{"match[]": selector, "start": self.since, "end": self.now})

    def range(self, expression):
        """The labels of every series that the expression has at any time."""
        step = max(FINEST_STEP, (self.now - self.since) / MOST_STEPS)
        found = self.get("query_range", query=expression, start=self.since, end=self.now, step=step)["result"]
        return [series["metric"] for series in found]

    def window(self):
        return f"{int(self.now - self.since) + 1}s"


class Inquiry:
    def __init__(self, prometheus):
        self.prometheus, self.missing, self.labels_of = prometheus, [], {}

    def complain(self, place, words):
        self.missing.append(f"{place}: {words}")

    def labels(self, selector):
        """Of any series of the selector, whatever its values are."""
        names = str(promql.Selector(selector.name, [m for m in selector.matchers if m[0] == "__name__"]))
        if names not in self.labels_of:
            self.labels_of[names] = {label for series in self.prometheus.series(names) for label in series}
        return self.labels_of[names]

    def look_up_names(self, place, expression):
        """Every selector finds something, and every label is one of theirs."""
        selectors, grouped = promql.names_in(expression)
        unknown = [selector for selector in selectors if not self.labels(selector)]
        for selector in unknown:
            self.complain(place, f"there is no metric {selector}")
        if unknown:
            return
        for selector in selectors:
            for label in sorted(selector.labels() - self.labels(selector)):
                self.complain(place, f"{selector.name} has no label {label}")
        known = set().union(*map(self.labels, selectors))
        created = set(re.findall(r'label_replace\(.*?,\s*"(\w+)"', expression, re.DOTALL))
        for label in sorted(grouped - known - created):
            self.complain(place, f"nothing has the label {label}")

    def ask(self, place, expressions, shown=()):
        """One of the expressions must have an answer, with the labels that are shown."""
        try:
            self.look_up_names(place, expressions[0])
            answers = [series for expression in expressions for series in self.prometheus.range(expression)]
        except ValueError as error:
            return self.complain(place, f"{error}\n    {expressions[0]}")
        if (not answers) != (place in SILENT):
            words = f"no answer\n    {expressions[0]}" if not answers else "has an answer: take it off the list of SILENT"
            self.complain(place, words)
        for label in sorted(shown):
            if answers and not any(series.get(label) for series in answers):
                self.complain(place, f"shows the label {label}, which no series has")

    def values(self, board):
        """What the variables of a board stand for: everything, or for a single one each value in turn."""
        several = boards.multiple(board)
        filled = {**ALWAYS, **{name: ".*" for name in several}, "__range": self.prometheus.window(), "__rate_interval": "3s", "__interval_ms": "3000"}
        choices = [filled]
        for name, selector, label in boards.variable_queries(board):
            found = self.prometheus.label_values(boards.fill_in(selector, filled), label)
            if not found:
                self.complain(name, f"no values for {selector}")
            if name not in several:
                choices = [{**filled, name: value} for value in found]
        return choices

    def ask_board(self, name, board):
        choices = self.values(board)
        for query in boards.queries(name, board):
            interval = {"__interval": query.interval or "3s"}
            filled = [boards.fill_in(query.expression, {**choice, **interval}) for choice in choices]
            self.ask(query.place, filled, query.shown_labels)

    def ask_rules(self):
        groups = self.prometheus.get("rules")["groups"]
        if not groups:
            self.complain("rules", "none is loaded")
        for rule in (rule for group in groups for rule in group["rules"]):
            place = f"rule {rule['name']}"
            if rule["health"] == "err":
                self.complain(place, rule["lastError"])
            texts = " ".join(rule.get("annotations", {}).values())
            self.ask(place, [rule["query"]], re.findall(r"\$labels\.(\w+)", texts))

    def check_metrics(self):
        """promtool has nothing to say about what the agents answer."""
        for target in self.prometheus.get("targets")["activeTargets"]:
            if target["health"] != "up":
                continue
            with urllib.request.urlopen(target["scrapeUrl"], timeout=30) as answer:
                said = subprocess.run(["promtool", "check", "metrics"], input=answer.read(), capture_output=True)
            if said.returncode or said.stderr:
                self.complain(target["scrapeUrl"], said.stderr.decode())


def main(url, since):
    inquiry = Inquiry(Prometheus(url, float(since)))
    for name, board in boards.load().items():
        inquiry.ask_board(name, board)
    inquiry.ask_rules()
    inquiry.check_metrics()
    print("\n".join(inquiry.missing))
    return 1 if inquiry.missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

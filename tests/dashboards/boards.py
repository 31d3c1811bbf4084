# SPDX-License-Identifier: Apache-2.0
"""The dashboards of dashboards/grafana as Python sees them: their panels, and every query in them."""
import json
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "dashboards/grafana"
LABEL_VALUES = re.compile(r"label_values\((?P<selector>.+),\s*(?P<label>\w+)\)", re.DOTALL)
LEGEND_LABEL = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def load():
    return {file.name: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}


def panels(board):
    """All of them, those folded away in rows too."""
    for panel in board["panels"]:
        yield panel
        yield from panel.get("panels", [])


class Query:
    """An expression, where it stands, and the labels that its texts show."""

    def __init__(self, place, expression, shown=(), interval=None):
        self.place, self.expression, self.interval = place, expression, interval
        self.shown_labels = {label for text in shown for label in LEGEND_LABEL.findall(text)}


def queries(name, board):
    """Of panels and annotations."""
    for panel in panels(board):
        for target in panel.get("targets", []):
            yield Query(f"{name}: {panel['title']} ({target['refId']})", target["expr"],
                        [target.get("legendFormat", "")], target.get("interval"))
    for annotation in board["annotations"]["list"]:
        if not annotation.get("builtIn"):
            tags = [f"{{{{{label}}}}}" for label in annotation["tagKeys"].split(",")]
            yield Query(f"{name}: annotation {annotation['name']}", annotation["expr"],
                        [annotation["titleFormat"], annotation["textFormat"], *tags])


def variable_queries(board):
    """(variable, selector, label) of each label_values()."""
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            found = LABEL_VALUES.fullmatch(variable["query"]["query"])
            yield variable["name"], found["selector"], found["label"]


def multiple(board):
    """The variables that may have several values."""
    return {variable["name"] for variable in board["templating"]["list"] if variable.get("multi")}


def fill_in(expression, values):
    """The expression as Grafana sends it. Of variables that are not named nothing is replaced."""
    return re.sub(r"\$(\w+)|\$\{(\w+)\}", lambda m: values.get(m[1] or m[2], m[0]), expression)

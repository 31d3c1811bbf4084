# SPDX-License-Identifier: Apache-2.0
"""What a PromQL expression asks for: its selectors, and the labels that it groups and matches by.

Prometheus parses; this only finds the names in what it has accepted.
"""
import re

TOKEN = re.compile(r"""
    (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<range>\[[^\]]*\])
  | (?P<number>[0-9][0-9a-zA-Z_.]*(?:e[+-]?[0-9]+)?)
  | (?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
  | (?P<operator>=~|!~|!=|==|<=|>=|[=<>+\-*/%^(){},@])
  | (?P<space>\s+|\#[^\n]*)
""", re.VERBOSE)

LABEL_LISTS = {"by", "without", "on", "ignoring", "group_left", "group_right"}
WORDS = {"and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end"}


def tokens(expression):
    at, found = 0, []
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if not match:
            raise ValueError(f"not understood at {expression[at:at + 20]!r}")
        if match.lastgroup != "space":
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found + [("end", "")]


class Selector:
    """`name{label="value"}`: the name may be empty, the matchers are (label, operator, quoted value)."""

    def __init__(self, name, matchers):
        self.name, self.matchers = name, matchers

    def __str__(self):
        inside = ",".join(label + operator + value for label, operator, value in self.matchers)
        return f"{self.name}{{{inside}}}" if inside else self.name

    def labels(self):
        return {label for label, _, _ in self.matchers if label != "__name__"}


def names_in(expression):
    """(selectors, labels of by/on/group_left and the like)."""
    selectors, labels, all_tokens, at = [], set(), tokens(expression), 0

    def matchers():
        nonlocal at
        found = []
        while all_tokens[at][1] != "}":
            if all_tokens[at][0] == "name":
                found.append(tuple(text for _, text in all_tokens[at:at + 3]))
                at += 3
            else:
                at += 1
        at += 1
        return found

    while all_tokens[at][0] != "end":
        kind, text = all_tokens[at]
        at += 1
        if text in LABEL_LISTS:
            if all_tokens[at][1] == "(":
                while all_tokens[at][1] != ")":
                    labels |= {all_tokens[at][1]} if all_tokens[at][0] == "name" else set()
                    at += 1
        elif text == "{":
            selectors.append(Selector("", matchers()))
        elif kind == "name" and text not in WORDS and all_tokens[at][1] not in {"(", *LABEL_LISTS}:
            if all_tokens[at][1] == "{":
                at += 1
                selectors.append(Selector(text, matchers()))
            else:
                selectors.append(Selector(text, []))
    return selectors, labels

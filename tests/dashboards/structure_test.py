# SPDX-License-Identifier: Apache-2.0
"""Holds the dashboards to what Grafana expects of a file, and to our own rules of looks."""
import pathlib
import re
import unittest

import boards

ROOT = boards.FOLDER.parents[1]
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS = 24
GIVEN_BY_GRAFANA = {"__range", "__rate_interval", "__interval", "__interval_ms", "__url_time_range", "__value", "__field", "__all"}
NEED_LEGENDS = {"timeseries", "state-timeline", "bargauge", "heatmap"}
NEED_UNITS = {"timeseries", "stat", "bargauge"}


def texts(value):
    """Every string in it, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def cells(panel):
    at = panel["gridPos"]
    return {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}


def colours_of_states(panel):
    """(text, colour) wherever a panel gives a state its colour."""
    config = panel.get("fieldConfig", {"defaults": {}, "overrides": []})
    properties = [p for override in config["overrides"] for p in override["properties"]]
    mappings = config["defaults"].get("mappings", []) + [m for p in properties if p["id"] == "mappings" for m in p["value"]]
    for mapping in mappings:
        if mapping["type"] == "value":
            yield from ((result["text"], result["color"]) for result in mapping["options"].values())
    for override in config["overrides"]:
        for p in override["properties"]:
            if p["id"] == "color" and override["matcher"]["id"] == "byName":
                yield override["matcher"]["options"], p["value"]["fixedColor"]


class EveryBoard(unittest.TestCase):
    def each(self):
        found = boards.load()
        self.assertEqual(set(found), {"overview.json", "check.json", "agents.json", "incidents.json", "flows.json"})
        yield from found.items()

    def each_panel(self, rows=False):
        for name, board in self.each():
            for panel in boards.panels(board):
                if rows or panel["type"] != "row":
                    yield f"{name}: {panel['title']}", panel

    def test_has_a_name_that_links_can_rely_on(self):
        for name, board in self.each():
            self.assertEqual(board["uid"], "vedette-" + name.removesuffix(".json"))
            self.assertTrue(board["title"].startswith("Vedette / "))
            self.assertIn("vedette", board["tags"])
            self.assertNotIn("id", board, "an id is of one Grafana only")
            self.assertGreaterEqual(board["schemaVersion"], 36)
            self.assertEqual(board["timezone"], "utc")

    def test_has_panels_with_ids_of_their_own(self):
        for name, board in self.each():
            ids = [panel["id"] for panel in boards.panels(board)]
            self.assertEqual(len(ids), len(set(ids)), name)

    def test_has_no_panels_that_overlap_or_stick_out(self):
        for _, board in self.each():
            visible = [panel for panel in board["panels"]]
            for group in [visible, *(panel["panels"] for panel in visible if panel.get("panels"))]:
                taken = set()
                for panel in group:
                    self.assertLessEqual(panel["gridPos"]["x"] + panel["gridPos"]["w"], COLUMNS, panel["title"])
                    self.assertFalse(taken & cells(panel), panel["title"])
                    taken |= cells(panel)

    def test_folds_panels_into_closed_rows_only(self):
        for place, panel in self.each_panel(rows=True):
            if panel["type"] == "row":
                self.assertEqual(bool(panel["panels"]), panel["collapsed"], place)

    def test_asks_the_chosen_data_source(self):
        for _, board in self.each():
            first = board["templating"]["list"][0]
            self.assertEqual((first["name"], first["type"], first["query"]), ("datasource", "datasource", "prometheus"))
            for panel in boards.panels(board):
                if panel["type"] != "row":
                    self.assertEqual(panel["datasource"], DATASOURCE, panel["title"])
                for target in panel.get("targets", []):
                    self.assertEqual(target["datasource"], DATASOURCE, panel["title"])
            for variable in board["templating"]["list"]:
                if variable["type"] == "query":
                    self.assertEqual(variable["datasource"], DATASOURCE, variable["name"])
            for annotation in board["annotations"]["list"]:
                if not annotation.get("builtIn"):
                    self.assertEqual(annotation["datasource"], DATASOURCE, annotation["name"])

    def test_says_what_each_panel_shows(self):
        for place, panel in self.each_panel():
            self.assertTrue(panel["title"], place)
            self.assertTrue(panel["description"].endswith("."), place)

    def test_tells_targets_apart(self):
        for place, panel in self.each_panel():
            ids = [target["refId"] for target in panel["targets"]]
            self.assertTrue(ids, place)
            self.assertEqual(len(ids), len(set(ids)), place)
            self.assertTrue(all(target["expr"].strip() for target in panel["targets"]), place)

    def test_has_legends_and_units(self):
        for place, panel in self.each_panel():
            if panel["type"] in NEED_LEGENDS:
                self.assertTrue(all(target.get("legendFormat") for target in panel["targets"]), place)
            if panel["type"] in NEED_UNITS:
                self.assertTrue(panel["fieldConfig"]["defaults"]["unit"], place)
            if panel["type"] == "heatmap":
                self.assertTrue(panel["options"]["yAxis"]["unit"], place)

    def test_uses_the_variables_that_it_has_and_no_others(self):
        for name, board in self.each():
            had = {variable["name"] for variable in board["templating"]["list"]}
            named = {a or b for text in texts(board) for a, b in re.findall(r"\$([a-zA-Z_]\w*)|\$\{(\w+)", text)}
            self.assertEqual(named - had - GIVEN_BY_GRAFANA, set(), f"{name}: there are no such variables")
            self.assertEqual(had - named, set(), f"{name}: they are never used")

    def test_shows_incidents_with_a_link_to_their_page(self):
        for _, board in self.each():
            shown = {a["name"]: a for a in board["annotations"]["list"]}
            self.assertIn('href="{{url}}"', shown["Incidents"]["textFormat"])

    def test_gives_a_state_one_colour_everywhere_and_unknown_its_own(self):
        colours = {}
        for place, panel in self.each_panel():
            for text, colour in colours_of_states(panel):
                self.assertEqual(colours.setdefault(text.lower(), colour), colour, f"{place}: {text}")
        others = {colour for text, colour in colours.items() if text != "unknown"}
        self.assertNotIn(colours["unknown"], others)
        self.assertEqual(len({colours[text] for text in ("operational", "degraded performance", "partial outage",
                                                         "major outage", "under maintenance", "unknown")}), 6)

    def test_names_every_value_of_a_state(self):
        values = {"vedette_check_verdict": {"-1", "0", "1", "2"}, "vedette_component_status": {"0", "1", "2", "3", "4"}}
        for place, panel in self.each_panel():
            for metric, wanted in values.items():
                if panel["type"] == "state-timeline" and metric in panel["targets"][0]["expr"]:
                    self.assertEqual(set(panel["fieldConfig"]["defaults"]["mappings"][0]["options"]), wanted, place)

    def test_leads_to_dashboards_that_there_are(self):
        uids = {board["uid"] for _, board in self.each()}
        alerts = (ROOT / "dashboards/prometheus/vedette.alerts.yml").read_text(encoding="utf-8")
        named = {uid for text in [*texts(boards.load()), alerts] for uid in re.findall(r"/d/([\w-]+)", text)}
        self.assertEqual(named - uids, set())


class Provisioning(unittest.TestCase):
    def test_points_to_where_a_package_puts_the_dashboards(self):
        text = (boards.FOLDER / "provisioning/dashboards/vedette.yaml").read_text(encoding="utf-8")
        self.assertIn("path: /usr/share/vedette/grafana\n", text)
        self.assertNotIn("foldersFromFilesStructure: true", text)


class Alerts(unittest.TestCase):
    def test_all_are_explained_and_tested(self):
        alerts = (ROOT / "dashboards/prometheus/vedette.alerts.yml").read_text(encoding="utf-8")
        names = set(re.findall(r"- alert: (\w+)", alerts))
        self.assertGreater(len(names), 10)
        explained = (ROOT / "docs/dashboards.md").read_text(encoding="utf-8")
        tests = "".join(file.read_text(encoding="utf-8") for file in pathlib.Path(__file__).parent.glob("*.test.yml"))
        tested = set(re.findall(r"alertname: (\w+)\n\s+exp_alerts", tests))
        self.assertEqual({name for name in names if f"`{name}`" not in explained}, set())
        self.assertEqual(names - tested, set())


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Holds the tree to the rules of layout.py, and the rules to made-up trees that break them."""
import pathlib
import unittest

import layout

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["config", "probes", "agent", "tests"]
HEAD = "// SPDX-License-Identifier: Apache-2.0\n"
CMAKE = """
vedette_module(config LINKS deps::yaml)
vedette_module(probes LINKS vedette::config)
vedette_module(probes/net LINKS vedette::probes)
vedette_module(agent/incident LINKS vedette::probes)
vedette_module(agent/store LINKS vedette::agent_incident deps::sqlite)
"""


def read_tree():
    files = (file for folder in FOLDERS for kind in ("*.h", "*.cpp") for file in (ROOT / folder).rglob(kind))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


class TheTree(unittest.TestCase):
    def test_keeps_the_rules(self):
        tree = read_tree()
        self.assertGreater(len(tree), 50, "no tree found")
        complaints = layout.check(tree, (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
        self.assertEqual(complaints, [], "\n" + "\n".join(complaints))


class TheRules(unittest.TestCase):
    def complaints(self, path, text, cmake=CMAKE):
        tree = {
            "config/node.h": HEAD + "// Nodes.\n#pragma once\n",
            "probes/result.h": HEAD + "// Results.\n#pragma once\n",
            "agent/store/store.h": HEAD + "// The store.\n#pragma once\n",
            path: text,
        }
        return layout.check(tree, cmake)

    def assert_one(self, path, text, words, cmake=CMAKE):
        complaints = self.complaints(path, text, cmake)
        self.assertEqual(len(complaints), 1, complaints)
        self.assertIn(words, complaints[0])

    def test_a_good_file_passes(self):
        text = HEAD + '#include <sqlite3.h>\n#include "config/node.h"\n#include "probes/result.h"\n'
        self.assertEqual(self.complaints("agent/store/a.cpp", text), [])

    def test_arrows_go_down(self):
        self.assert_one("probes/a.cpp", HEAD + '#include "agent/store/store.h"\n', "by design")
        self.assert_one("agent/incident/a.cpp", HEAD + '#include "agent/store/store.h"\n', "by design")

    def test_only_what_is_linked_is_included(self):
        self.assert_one("probes/net/a.cpp", HEAD + '#include "probes/result.h"\n', "does not link",
                        "vedette_module(probes LINKS deps::fmt)\nvedette_module(probes/net LINKS deps::curl)\n")

    def test_links_name_what_is_listed_above(self):
        self.assert_one("probes/a.cpp", HEAD, "not listed above",
                        "vedette_module(probes LINKS vedette::config)\nvedette_module(config LINKS deps::yaml)\n")

    def test_paths_start_at_the_root(self):
        self.assert_one("probes/a.cpp", HEAD + '#include "result.h"\n', "no path from the root")

    def test_libraries_stay_behind_their_folder(self):
        self.assert_one("probes/net/a.cpp", HEAD + "#include <sqlite3.h>\n", "belongs to agent/store")
        self.assert_one("config/a.h", HEAD + "// A.\n#pragma once\n#include <yaml-cpp/node/node.h>\n", "in a header")

    def test_pure_folders_only_compute(self):
        self.assert_one("agent/incident/a.cpp", HEAD + "#include <fstream>\n", "only computes")

    def test_whole_libraries_are_refused(self):
        self.assert_one("probes/net/a.cpp", HEAD + "#include <boost/asio.hpp>\n", "narrow")

    def test_the_own_header_comes_first(self):
        self.assert_one("probes/result.cpp", HEAD + '#include "config/node.h"\n#include "probes/result.h"\n', "first")

    def test_the_form_of_a_file(self):
        self.assert_one("probes/a.cpp", "int a;\n", "licence")
        self.assert_one("probes/a.h", HEAD + "// A.\n", "#pragma once")
        self.assert_one("probes/a.h", HEAD + "#pragma once\n", "what it is for")
        self.assert_one("probes/a.cpp", HEAD + "\n" * 400, "401 lines")

    def test_the_product_does_not_include_tests(self):
        tree = {"tests/support/a.h": HEAD + "// A.\n#pragma once\n",
                "probes/a.cpp": HEAD + '#include "tests/support/a.h"\n'}
        self.assertEqual(len(layout.check(tree, CMAKE)), 1)


if __name__ == "__main__":
    unittest.main()

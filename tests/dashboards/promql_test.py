# SPDX-License-Identifier: Apache-2.0
"""Names are found in every form of expression that the dashboards and rules use."""
import unittest

import promql


def found(expression):
    selectors, labels = promql.names_in(expression)
    return [str(selector) for selector in selectors], labels


class Names(unittest.TestCase):
    def test_a_metric_alone(self):
        self.assertEqual(found("up"), (["up"], set()))

    def test_matchers_and_windows(self):
        self.assertEqual(found('rate(a{b="x",c=~"y|z"}[5m])'), (['a{b="x",c=~"y|z"}'], set()))
        self.assertEqual(found("sum_over_time(level:a:rate5m[1d:5m]) * 3e2"), (["level:a:rate5m"], set()))

    def test_grouping_before_and_after_what_is_grouped(self):
        self.assertEqual(found("sum by (x, y) (a) / sum(b) without (z)"), (["a", "b"], {"x", "y", "z"}))

    def test_matching(self):
        self.assertEqual(found("a * on (x) group_left (y) b unless ignoring (z) c"), (["a", "b", "c"], {"x", "y", "z"}))
        self.assertEqual(found("a * on (x) group_left () b == bool 1"), (["a", "b"], {"x"}))

    def test_a_name_that_is_matched(self):
        self.assertEqual(found('{__name__=~"a|b",c!=""}'), (['{__name__=~"a|b",c!=""}'], set()))

    def test_what_is_in_a_text_is_no_name(self):
        self.assertEqual(found('label_replace(a, "b", "$1", "c", "x{y}(z)")'), (["a"], set()))

    def test_functions_words_and_comments_are_no_names(self):
        self.assertEqual(found("time() - a offset 5m or vector(0) # b\n"), (["a"], set()))

    def test_what_is_not_understood_is_refused(self):
        with self.assertRaises(ValueError):
            promql.names_in("a $ b")


if __name__ == "__main__":
    unittest.main()

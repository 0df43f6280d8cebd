#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A check that cannot fail proves nothing: check.py against files that it has to find fault with.

    test_check.py -- COMPILER FLAGS...
"""

import pathlib
import sys
import unittest

import check

HERE = pathlib.Path(__file__).parent / "harness"
COMMAND = []


class Check(unittest.TestCase):
    def found(self, name):
        return check.findings(str(HERE / name), COMMAND)

    def finds(self, name, words):
        found = self.found(name)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_a_sound_file_passes(self):
        self.assertEqual(self.found("sound.cpp"), [])

    def test_a_check_inside_a_template_is_reached(self):
        self.assertEqual(self.found("sound_template.cpp"), [])

    def test_a_file_that_wrongly_compiles_is_reported(self):
        self.finds("wrongly_compiles.cpp", "the offending variant compiles")

    def test_a_file_whose_good_line_is_broken_is_reported(self):
        self.finds("good_line_is_broken.cpp", "the good variant does not compile")

    def test_another_message_than_expected_is_reported_at_its_line(self):
        self.finds("another_message.cpp", "another_message.cpp:4: error: the compiler did not say")

    def test_a_file_that_expects_nothing_is_reported(self):
        self.finds("expects_nothing.cpp", "nothing is expected")

    def test_a_file_in_which_nothing_offends_is_reported(self):
        self.finds("nothing_offends.cpp", "nothing offends")


if __name__ == "__main__":
    COMMAND = sys.argv[sys.argv.index("--") + 1:]
    unittest.main(argv=sys.argv[:1])

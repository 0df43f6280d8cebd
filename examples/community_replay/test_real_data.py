# SPDX-License-Identifier: BSL-1.0
"""Holds the standard taste to its figures on the travel community, where the data is there."""
import os
import re
import subprocess
import unittest
from pathlib import Path

DATA = Path(os.environ.get("KOC_REAL_DATA", "")) / "travel_community"


@unittest.skipUnless((DATA / "questions.tsv.gz").exists(), "the data set is not here")
class RealData(unittest.TestCase):
    def auc(self, task, asked):
        run = subprocess.run([os.environ["PROGRAM"], "--data", DATA, "--task", task],
                             capture_output=True, text=True, check=True)
        last = run.stdout.strip().splitlines()[-1]
        self.assertTrue(last.startswith(f"asked={asked} "), last)
        return float(re.search(r" AUC=([\d.]+)", last).group(1))

    def ndcg(self, queries, *arguments):
        run = subprocess.run([os.environ["PROGRAM"], "--data", DATA, *arguments],
                             capture_output=True, text=True, check=True)
        last = run.stdout.strip().splitlines()[-1]
        self.assertTrue(last.startswith(f"queries={queries} "), last)
        return float(re.search(r"nDCG@10=([\d.]+)", last).group(1))

    def test_real_tags_only(self):
        self.assertGreaterEqual(self.ndcg(679, "--real-tags-only", "--test-fraction", "0.3"), 0.385)

    def test_the_whole_life(self):
        self.assertGreaterEqual(self.ndcg(3508, "--test-fraction", "0.2"), 0.315)

    def test_newcomers_who_go_on_to_give_a_lot(self):
        self.assertGreaterEqual(self.auc("discovery", 575), 0.83)

    def test_regulars_who_fall_silent(self):
        self.assertGreaterEqual(self.auc("decline", 3888), 0.81)


if __name__ == "__main__":
    unittest.main()

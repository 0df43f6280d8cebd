# SPDX-License-Identifier: BSL-1.0
"""Holds the standard match scorer to its figures on the travel community, where the data is there."""
import os
import re
import subprocess
import unittest
from pathlib import Path

DATA = Path(os.environ.get("KOC_REAL_DATA", "")) / "travel_community"


@unittest.skipUnless((DATA / "questions.tsv.gz").exists(), "the data set is not here")
class RealData(unittest.TestCase):
    def ndcg(self, queries, *arguments):
        run = subprocess.run([os.environ["PROGRAM"], "--data", DATA, *arguments],
                             capture_output=True, text=True, check=True)
        last = run.stdout.strip().splitlines()[-1]
        self.assertTrue(last.startswith(f"queries={queries} "), last)
        return float(re.search(r"nDCG@10=([\d.]+)", last).group(1))

    def test_real_tags_only(self):
        self.assertGreaterEqual(self.ndcg(679, "--real-tags-only", "--test-fraction", "0.3"), 0.38)

    def test_the_whole_life(self):
        self.assertGreaterEqual(self.ndcg(3508, "--test-fraction", "0.2"), 0.295)


if __name__ == "__main__":
    unittest.main()

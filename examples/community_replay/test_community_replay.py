# SPDX-License-Identifier: BSL-1.0
"""Runs community_replay on a small invented community, and on what a user may get wrong."""
import gzip
import os
import random
import re
import shutil
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
LINE = re.compile(r"^queries=(\d+) candidates=(\d+) MRR=([\d.]+) P@1=([\d.]+) R@5=([\d.]+) "
                  r"nDCG@10=([\d.]+) events=(\d+) seconds=[\d.]+$")


SEPARATION = re.compile(r"^asked=(\d+) positive=(\d+) AUC=([\d.]+) AUC-earlier=([\d.]+) "
                        r"AUC-later=([\d.]+) P@50=([\d.]+) (?:Brier=([\d.]+) )?events=(\d+) "
                        r"seconds=[\d.]+$")


def replay(*arguments):
    return subprocess.run([os.environ["PROGRAM"], *map(str, arguments)], capture_output=True,
                          text=True, check=False)


def figures(run):
    return LINE.match(run.stdout.strip().splitlines()[-1]).groups()


def write_long_life(folder):
    """Three years of a community in which everybody answers at a rhythm of their own, then stops."""
    chance = random.Random(5)
    begin = datetime(2020, 1, 1)
    questions, answers = [], []
    for person in range(200):
        joined = chance.uniform(0, 900)
        gap, last = chance.choice([(4, 500), (6, 90), (9, 25)])
        day = joined
        while day < min(joined + last, 1095):
            asked = begin + timedelta(days=day)
            questions.append((len(questions) + 1, asked.isoformat(timespec="seconds"), "asker",
                              "hiking", "dump2021"))
            answers.append((len(questions), len(answers) + 1,
                            (asked + timedelta(hours=1)).isoformat(timespec="seconds"),
                            f"user{person}", chance.randrange(4), 0))
            day += chance.expovariate(1 / gap)
    for name, header, rows in (("questions", "qid time asker tags tag_source", questions),
                               ("answers", "qid aid time user score accepted", answers)):
        lines = ["\t".join(header.split()), *("\t".join(map(str, row)) for row in rows)]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Replay(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_the_last_line_holds_the_figures(self):
        run = replay("--data", HERE / "sample")
        self.assertEqual(run.returncode, 0, run.stderr)
        queries, candidates, mrr, first, five, ndcg, events = map(float, figures(run))
        self.assertGreater(queries, 10)
        self.assertGreater(candidates, 4)
        self.assertGreater(events, 1000)
        self.assertGreater(ndcg, 0.5, "subjects decide who answers, so a match must find them")
        for share in (mrr, first, five, ndcg):
            self.assertLessEqual(share, 1)

    def test_gzipped_and_plain_files_read_the_same(self):
        for name in ("questions.tsv", "answers.tsv"):
            with gzip.open(self.folder / (name + ".gz"), "wb") as out:
                out.write((HERE / "sample" / name).read_bytes())
        self.assertEqual(figures(replay("--data", self.folder)),
                         figures(replay("--data", HERE / "sample")))

    def test_a_durable_journal_gives_the_same_figures_and_is_not_written_twice(self):
        journal = self.folder / "life.db"
        durable = replay("--data", HERE / "sample", "--journal", journal)
        self.assertEqual(durable.returncode, 0, durable.stderr)
        self.assertEqual(figures(durable), figures(replay("--data", HERE / "sample")))
        again = replay("--data", HERE / "sample", "--journal", journal)
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("name a file that does not exist yet", again.stderr)

    def test_options_narrow_what_is_ranked(self):
        everything = int(figures(replay("--data", HERE / "sample"))[0])
        self.assertLess(int(figures(replay("--data", HERE / "sample", "--real-tags-only"))[0]),
                        everything)
        self.assertLessEqual(int(figures(replay("--data", HERE / "sample", "--max-queries", 5))[0]), 5)
        self.assertGreater(
            int(figures(replay("--data", HERE / "sample", "--test-fraction", 0.5))[0]), everything)
        self.assertLess(
            int(figures(replay("--data", HERE / "sample", "--min-answers", 20))[1]),
            int(figures(replay("--data", HERE / "sample"))[1]))

    def test_newcomers_who_grow_and_regulars_who_fall_silent_are_foreseen(self):
        write_long_life(self.folder)
        for task in ("discovery", "decline"):
            run = replay("--data", self.folder, "--task", task)
            self.assertEqual(run.returncode, 0, run.stderr)
            lines = run.stdout.strip().splitlines()
            asked, positive, auc, *_ = SEPARATION.match(lines[-1]).groups()
            self.assertGreater(int(asked), 100)
            self.assertTrue(0 < int(positive) < int(asked))
            self.assertGreater(float(auc), 0.7, task)
            self.assertEqual(len(lines), 5, "a heading, three rules and the figures")
            self.assertEqual("Brier" in lines[-1], task == "decline")

    def test_a_life_too_short_to_foresee_anything_is_an_error(self):
        for task in ("discovery", "trust", "decline"):
            run = replay("--data", HERE / "sample", "--task", task)
            self.assertNotEqual(run.returncode, 0)
            self.assertIn("years of life", run.stderr)
        unknown = replay("--data", HERE / "sample", "--task", "weather")
        self.assertNotEqual(unknown.returncode, 0)
        self.assertIn("weather", unknown.stderr)

    def test_malformed_rows_are_reported_and_the_run_goes_on(self):
        run = replay("--data", HERE / "broken")
        self.assertEqual(run.returncode, 0, run.stderr)
        figures(run)
        self.assertIn("questions.tsv:5: expected a time such as", run.stderr)
        self.assertIn("questions.tsv:7: expected 5 fields, got 2", run.stderr)
        self.assertIn("questions.tsv:9: question 7 appears twice", run.stderr)
        self.assertIn("answers.tsv:2: expected a whole number in 'score' and 0 or 1 in 'accepted'",
                      run.stderr)
        self.assertIn("answers.tsv:3: expected the id of a known question, got '9999'", run.stderr)

    def test_a_reported_row_keeps_to_its_line_and_takes_no_other_along(self):
        shutil.copytree(HERE / "sample", self.folder, dirs_exist_ok=True)
        rows = (HERE / "sample" / "answers.tsv").read_bytes().splitlines()
        odd = b"1\t1\tno\x1b[2Jtime\tann\t1\t0"
        torn = b"1\t1\x00\t2024-01-05T00:00:00\tann\t1"
        text = b"\xef\xbb\xbf" + b"\r\n".join([rows[0], odd, torn, *rows[1:]]) + b"\r\n"
        (self.folder / "answers.tsv").write_bytes(text)
        run = replay("--data", self.folder)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("answers.tsv:2: expected a time such as 2011-06-21T20:24:28, got "
                      "'no\\u{001B}[2Jtime'", run.stderr)
        self.assertIn("answers.tsv:3: expected 6 fields, got 5", run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 2)
        self.assertEqual(figures(run), figures(replay("--data", HERE / "sample")))

    def test_what_cannot_be_read_is_an_error(self):
        missing = replay("--data", self.folder / "nowhere")
        self.assertNotEqual(missing.returncode, 0)
        self.assertIn("is not a folder that can be read", missing.stderr)
        empty = replay("--data", self.folder)
        self.assertNotEqual(empty.returncode, 0)
        self.assertIn("questions.tsv", empty.stderr)
        for name in ("questions.tsv", "answers.tsv"):
            (self.folder / name).write_text("something\telse\n", encoding="utf-8")
        odd = replay("--data", self.folder)
        self.assertNotEqual(odd.returncode, 0)
        self.assertIn("the header has no column 'qid'", odd.stderr)
        for name in ("questions.tsv", "answers.tsv"):
            (self.folder / name).unlink()
            text = (HERE / "sample" / name).read_bytes()
            (self.folder / (name + ".gz")).write_bytes(gzip.compress(text)[:-40])
        torn = replay("--data", self.folder)
        self.assertNotEqual(torn.returncode, 0)


if __name__ == "__main__":
    unittest.main()

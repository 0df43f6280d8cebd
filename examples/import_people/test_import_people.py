# SPDX-License-Identifier: BSL-1.0
"""Runs import_people on small files, good and bad, in each encoding, and again."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

HEADER = "member,name,sources,tags,contact\r\n"


class Import(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.journal = self.folder / "journal.sqlite"

    def run_on(self, text, *arguments, encoding="utf-8", name="people.csv", code=0):
        file = self.folder / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        run = subprocess.run(
            [os.environ["PROGRAM"], file, "--journal", self.journal, *arguments],
            capture_output=True, check=False)
        run.stdout, run.stderr = run.stdout.decode(), run.stderr.decode()
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run

    def counts(self, run):
        """Read, taken, repeated, known, refused, suspected."""
        return [int(n) for n in re.findall(r"^ *(\d+)  ", run.stdout, re.MULTILINE)][:6]

    def test_a_sample_comes_in_once(self):
        file = self.folder / "sample.csv"
        subprocess.run([os.environ["PROGRAM"], file, "--make", "500"], check=True)
        text = file.read_bytes()
        self.assertEqual(self.counts(self.run_on(text)), [500, 500, 0, 0, 0, 0])
        self.assertEqual(self.counts(self.run_on(text)), [500, 0, 500, 0, 0, 0])

    def test_bad_rows_are_named_and_the_others_come_in(self):
        run = self.run_on(
            HEADER + '1,李,open,region:harbin,\r\nx,Li,open,,\r\n3,"Li,open,,\r\n4,Wu,open,,\r\n'
            "5,Wu,open,region:mars,\r\n1,王,open,,\r\n6,,open,,\r\n", code=1)
        self.assertEqual(self.counts(run), [7, 2, 0, 0, 5, 0])
        for place in ("people.csv:3:1: member: ", "people.csv:4:3: name: expected a closing",
                      "people.csv:6:11: tags: expected a known tag", "people.csv:7:1: member: ",
                      "people.csv:8:3: name: "):
            self.assertIn(place, run.stdout)
        self.assertEqual(run.stderr, "")  # no bar where there is no terminal

    def test_each_encoding_gives_the_same(self):
        text = HEADER + "1,李芳🎉,open,region:harbin,\r\n"
        self.run_on(text)
        for encoding, name in (("utf-8-sig", "utf8"), ("gb18030", "gb18030"), ("utf-16", "utf16")):
            run = self.run_on(text, "--encoding", name, encoding=encoding)
            self.assertEqual(self.counts(run), [1, 0, 1, 0, 0, 0])
        run = self.run_on(text.encode("gb18030"), code=1)
        self.assertIn("people.csv:2:3: name: expected characters of the file's encoding", run.stdout)

    def test_lines_of_json(self):
        run = self.run_on('{"member":1,"name":"Li","sources":["open"]}\n{"member":2}\n',
                          name="people.jsonl", code=1)
        self.assertEqual(self.counts(run), [2, 1, 0, 0, 1, 0])
        self.assertIn("people.jsonl:2:1: name: expected this member; add it", run.stdout)

    def test_a_preview_and_all_or_nothing_record_nothing(self):
        text = HEADER + "1,Li,open,,a@example.org\r\n2,li,open,,a@example.org\r\n3,,open,,\r\n"
        run = self.run_on(text, "--preview", code=1)
        self.assertEqual(self.counts(run), [3, 2, 0, 0, 1, 1])
        self.assertIn("This was a preview", run.stdout)
        self.run_on(text, "--all-or-nothing", code=1)
        run = self.run_on(text, "--hold-suspects", "--lang", "zh", code=1)
        self.assertEqual(self.counts(run), [3, 1, 0, 0, 2, 1])
        self.assertIn("被拒绝的行：", run.stdout)

    def test_files_that_cannot_be_used(self):
        run = self.run_on("member,nme,sources\r\n", code=2)
        self.assertIn("column 'nme'", run.stderr)
        self.assertEqual(self.run_on(b"", code=2).stdout.count("refused"), 1)
        missing = subprocess.run([os.environ["PROGRAM"], self.folder / "no.csv", "--journal",
                                  self.journal], capture_output=True, check=False)
        self.assertEqual(missing.returncode, 2)


if __name__ == "__main__":
    unittest.main()

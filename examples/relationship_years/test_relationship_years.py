# SPDX-License-Identifier: BSL-1.0
"""Runs relationship_years on a small community and reads what it prints and the page it writes."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

DIGEST = re.compile(r"[0-9a-f]{32}$")


def told(*arguments):
    return subprocess.run([os.environ["PROGRAM"], *map(str, arguments)], capture_output=True,
                          encoding="utf-8", check=False)


def last_word(run):
    return run.stdout.rstrip().splitlines()[-1].split()[-1].split("\uff1a")[-1]


class Years(unittest.TestCase):
    """Two years of 400 people, once in each language."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.run_of, cls.page = {}, {}
        for lang in ("en", "zh"):
            page = Path(cls.folder.name) / f"{lang}.html"
            cls.run_of[lang] = told("--persons", 400, "--years", 2, "--lang", lang, "--html", page)
            assert cls.run_of[lang].returncode == 0, cls.run_of[lang].stderr
            cls.page[lang] = page.read_text(encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_same_seed_gives_the_same_digest_whatever_the_language(self):
        digests = {last_word(run) for run in self.run_of.values()}
        self.assertEqual(len(digests), 1)
        self.assertRegex(digests.pop(), DIGEST)
        other = told("--persons", 400, "--years", 2, "--seed", 7)
        self.assertEqual(other.returncode, 0, other.stderr)
        self.assertNotEqual(last_word(other), last_word(self.run_of["en"]))

    def test_nothing_is_drawn_where_nobody_looks(self):
        for run in self.run_of.values():
            self.assertEqual(run.stderr, "")

    def test_the_chapters_are_told_in_both_languages(self):
        chapters = {
            "en": ("The pyramid by quarter", "Flows between the stages", "Mentor load",
                   "Generations of mentors", "Renewal alarms", "The shock", "yearly celebration",
                   "Three lives", "Lists for Monday", "State digest"),
            "zh": ("每季度的金字塔", "阶段之间的流动", "导师负荷", "导师的代际", "更新预警", "冲击",
                   "年度庆典", "三个人的故事", "周一清单", "状态摘要"),
        }
        for lang, names in chapters.items():
            for name in names:
                self.assertIn(name.lower(), self.page[lang].lower())
            for text in (self.run_of[lang].stdout, self.page[lang]):
                self.assertNotRegex(text, r"%[0-9]%")
                self.assertNotIn(" | ", text)
        self.assertNotIn("budding", self.run_of["zh"].stdout)

    def test_the_lives_are_told_with_day_and_reason(self):
        text = " ".join(self.run_of["en"].stdout.split())
        in_order = {
            "helper": ("answered ", "will to speak in public: 20 of 100", "is led by Xu Xingchen",
                       "community sharing: done", "speaks in public for the first time",
                       "the brand's channel reposted it", "sustained excellence: 3 excellent",
                       'takes the office "Core user committee"', "vetoes", "In Harbin hands freeze",
                       "the decision is closed: vetoed"),
            "critic": ("full of blame", "followers, 800, and tone do not count", "of a shortlist",
                       'takes the office "Annual adviser"', "advises the project",
                       "the advice changed the design: from heating in front only"),
            "star": ("has a candid talk", "it found: has no time", "says that they can give less",
                     "is offered a role: friend of the brand",
                     "took an honorary role", "takes the role: friend of the brand", "said yes",
                     "takes the role: honorary adviser", "among the newcomers",
                     "is invited to the celebration", "is active from now on, no longer alumni"),
        }
        begins = [text.index(name) for name in ("The patient helper: Lin Yue",
                                                "The sharp open critic: Zhou <Rui> & Co",
                                                "The star who was worn out: Xu Xingchen",
                                                "Lists for Monday")]
        for (begin, end), sentences in zip(zip(begins, begins[1:]), in_order.values()):
            life = text[begin:end]
            at = 0
            for sentence in sentences:
                self.assertIn(sentence, life[at:])
                at = life.index(sentence, at)

    def test_the_page_is_well_formed_and_needs_no_network(self):
        for page in self.page.values():
            root = ElementTree.fromstring(page)  # every tag closed, every value escaped
            self.assertEqual(root.tag, "html")
            self.assertGreaterEqual(len(root.findall(".//svg")), 6)
            for forbidden in ("http://", "https://", "url(", "@import", "<script", "<link", " src="):
                self.assertNotIn(forbidden, page)
            self.assertIn("prefers-color-scheme: dark", page)

    def test_names_are_escaped(self):
        self.assertIn("Zhou &lt;Rui&gt; &amp; Co", self.page["en"])
        self.assertIn("周&lt;锐&gt;&amp;评", self.page["zh"])
        for page in self.page.values():
            self.assertNotIn("<Rui>", page)
            self.assertNotIn("<锐>", page)
        self.assertIn("Zhou <Rui> & Co", self.run_of["en"].stdout)

    def test_the_numbers_of_the_text_are_those_of_the_page(self):
        table = ElementTree.fromstring(self.page["en"]).find(".//table")
        rows = [[cell.text for cell in row] for row in table.iter("tr")]
        self.assertEqual(len(rows), 9)  # eight quarters
        printed = [" ".join(line.split()) for line in self.run_of["en"].stdout.splitlines()]
        for row in rows[1:]:
            self.assertIn(" ".join(row), printed)

    def test_what_cannot_be_done_is_said(self):
        self.assertNotEqual(told("--lang", "fr").returncode, 0)
        self.assertNotEqual(told("--years", 1).returncode, 0)
        run = told("--persons", 400, "--years", 2, "--html", "/no/such/folder/years.html")
        self.assertEqual(run.returncode, 2)
        self.assertIn("/no/such/folder/years.html: expected a file that can be written", run.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""docs/catalogue.md says which rows of the catalogue are done, and the tests say the same.

A row on the table of the page has a test case tagged `[ID]` and one tagged `[ID][refusal]`, with the
titles and in the files that the page names. Whatever else the tests tag is on the page's list of rows
that are begun, and nothing is on both.
"""

import pathlib
import re

import project
from named_tests import TEST, test_cases
from project import finding

PAGE = "docs/catalogue.md"
COLUMNS = 7

ROW = re.compile(r"[A-F]\d\d")
LINE = re.compile(r"^\|\s*(?P<id>[A-F]\d\d)\s*\|")


def tagged_tests(root):
    """The tests of each row: (file, title, whether it is about refusals), and where a tag is first."""
    rows, first = {}, {}
    for path, line, title, tags in test_cases(root):
        for tag in tags:
            if ROW.fullmatch(tag):
                rows.setdefault(tag, set()).add((path.as_posix(), title, "refusal" in tags))
                first.setdefault(tag, (path, line))
    return rows, first


def page_rows(text):
    """The rows of the table, each with its line and cells, those begun with their line, findings."""
    done, begun, found = {}, {}, []
    heading = ""
    for number, line in enumerate(text, 1):
        if line.startswith("## "):
            heading = line[3:].strip()
        if not LINE.match(line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        into = begun if heading == "Begun" else done
        if cells[0] in done or cells[0] in begun:
            found.append(finding(PAGE, number, f"{cells[0]} is on the page twice", "one line a row"))
        into[cells[0]] = (number, cells)
    return done, begun, found


def findings(root):
    root = pathlib.Path(root)
    if not (root / PAGE).exists():
        return [finding(PAGE, 1, "there is no page of the catalogue", "a table of the rows done")]
    tests, first = tagged_tests(root)
    done, begun, found = page_rows(project.lines(root, PAGE))
    for row, (number, cells) in done.items():
        if len(cells) != COLUMNS or not all(cells):
            found.append(finding(PAGE, number, f"{row} has {len(cells)} cells or an empty one",
                                 f"{COLUMNS}: id, what, commands, events, replace, both tests"))
            continue
        for cell, refusal in ((cells[5], False), (cells[6], True)):
            tag = f"[{row}][refusal]" if refusal else f"[{row}]"
            named = TEST.match(cell)
            if not named:
                found.append(finding(PAGE, number, f"{row} names no test for {tag}",
                                     "`file` and the title"))
            elif (named["file"], named["title"], refusal) not in tests.get(row, set()):
                found.append(finding(PAGE, number, f"{named['file']} has no test case tagged {tag} "
                                     f"with the title \"{named['title']}\"", "its file and title"))
    for row, (path, line) in first.items():
        if row not in done and row not in begun:
            found.append(finding(path, line, f"[{row}] is not on {PAGE}", "a line there"))
    for row, (number, _) in begun.items():
        if row not in tests:
            found.append(finding(PAGE, number, f"{row} is begun but no test is tagged [{row}]",
                                 "no line"))
    return found


if __name__ == "__main__":
    project.main(findings)

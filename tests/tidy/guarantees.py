#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""docs/guarantees.md names a test for each guarantee, and there is that test.

A row of a table of the page whose first column is headed `guarantee` ends in the tests that hold it:
a file and a title each, with `<br>` between them.
"""

import pathlib

import project
from named_tests import TEST, test_cases
from project import finding

PAGE = "docs/guarantees.md"


def rows(text):
    """The lines and cells of the tables of guarantees."""
    inside = False
    for number, line in enumerate(text, 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == "guarantee":
            inside = True
        elif inside and set(cells[0]) != {"-"}:
            yield number, cells


def findings(root):
    root = pathlib.Path(root)
    if not (root / PAGE).exists():
        return [finding(PAGE, 1, "there is no page of guarantees", "a table of them and their tests")]
    known = {(path.as_posix(), title) for path, _, title, _ in test_cases(root)}
    found, some = [], False
    for number, cells in rows(project.lines(root, PAGE)):
        some = True
        for named in cells[-1].split("<br>"):
            test = TEST.match(named.strip())
            if not test:
                found.append(finding(PAGE, number, f"\"{cells[0]}\" names no test",
                                     "`file` and the title"))
            elif (test["file"], test["title"]) not in known:
                found.append(finding(PAGE, number, f"{test['file']} has no test case with the title "
                                     f"\"{test['title']}\"", "its file and title"))
    if not some:
        found.append(finding(PAGE, 1, "no table begins with `guarantee`", "a row a guarantee"))
    return found


if __name__ == "__main__":
    project.main(findings)

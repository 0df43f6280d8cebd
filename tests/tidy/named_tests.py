# SPDX-License-Identifier: BSL-1.0
"""The test cases of a project by file and title, and how pages name them: `file` and then the title."""

import pathlib
import re

import project

STRING = r'"(?:[^"\\]|\\.)*"'
TEST_CASE = re.compile(
    rf'\bTEST_CASE\(\s*(?P<title>(?:{STRING}\s*)+),\s*(?P<tags>(?:{STRING}\s*)+)\)')
TEST = re.compile(r"^`(?P<file>[^`]+)` (?P<title>.+)$")


def text_of(literals):
    """What adjacent string literals say."""
    joined = "".join(part[1:-1] for part in re.findall(STRING, literals))
    return re.sub(r"\\(.)", r"\1", joined)


def test_cases(root):
    """All test cases: (path, line, title, tags)."""
    for path in project.files(root, ".cpp"):
        if path.parts[0] != "tests":
            continue
        text = (pathlib.Path(root) / path).read_text(encoding="utf-8")
        for match in TEST_CASE.finditer(text):
            yield (path, text.count("\n", 0, match.start()) + 1, text_of(match["title"]),
                   re.findall(r"\[([^\]]*)\]", text_of(match["tags"])))

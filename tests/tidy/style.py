#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""How every C++ file begins and what none contains. What clang-format can do is left to it."""

import re

import project
from project import finding

SPDX = "// SPDX-License-Identifier: BSL-1.0"
WIDTH = 100
LEAST_WORDS = 6
INCLUDE = re.compile(r'^\s*#\s*include\s+(?P<name>["<][^">]+[">])')
OWN_DIRECTORY = re.compile(r"^\.\.?/|/\.\./")

# Headers that cost every includer much and give koc nothing that a smaller one does not.
TOO_HEAVY = {
    "<range/v3/all.hpp>": "the one range-v3 header that is needed",
    "<iostream>": "<ostream> or <iosfwd>",
    "<boost/json/src.hpp>": "the compiled library behind koc::json",
}


# Shared with what koc is measured against, so kept as it is there.
FROM_ELSEWHERE = {"benchmarks/workload.hpp"}


def about_lines(path, text):
    public = path.parts[0] == "include"
    for number, line in enumerate(text, 1):
        if len(line) > WIDTH:
            yield finding(path, number, f"{len(line)} columns", f"at most {WIDTH}")
        if "\t" in line:
            yield finding(path, number, "a tab", "spaces")
        if line != line.rstrip():
            yield finding(path, number, "space at the end of the line", "none")
        include = INCLUDE.match(line)
        if not include:
            continue
        name = include["name"]
        inner = name[1:-1]
        if OWN_DIRECTORY.search(inner):
            yield finding(path, number, f"{name} climbs folders", "the path from an include folder")
        elif name[0] == '"' and (public or inner.startswith("koc/")):
            yield finding(path, number, f"{name} in quotes", "<koc/...>")
        if public and name in TOO_HEAVY:
            yield finding(path, number, f"{name} in a public header", TOO_HEAVY[name])


def has_essay(text):
    """Whether the header tells its idea, in a comment of its own before the first line of code."""
    words = 0
    for line in text[2:]:
        if line.startswith("//") and not line.startswith("///"):
            words += len(line.split()) - 1
        elif words >= LEAST_WORDS:
            return True
        elif line.strip() and not line.startswith("#include"):
            return False
        else:
            words = 0
    return words >= LEAST_WORDS


def findings(root):
    found = []
    for path in project.cpp_files(root):
        if str(path) in FROM_ELSEWHERE:
            continue
        text = project.lines(root, path)
        if not text or text[0] != SPDX:
            found.append(finding(path, 1, "the licence is not the first line", f"`{SPDX}`"))
        if path.suffix == ".hpp":
            if len(text) < 2 or text[1] != "#pragma once":
                found.append(finding(path, 2, "no include guard on the second line",
                                     "`#pragma once`"))
            if path.parts[0] == "include" and not has_essay(text):
                found.append(finding(path, 4, "the header does not begin with its idea",
                                     "a comment that says it before the code"))
        found.extend(about_lines(path, text))
    return found


if __name__ == "__main__":
    project.main(findings)

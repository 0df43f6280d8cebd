#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The project speaks of itself alone: no path of the machine that somebody wrote it on."""

import pathlib
import re

import project
from project import finding

# The lookbehind lets a path go on: docs/home/plan.md is the project's own business.
ELSEWHERE = re.compile(r"(?<![\w.\-}])/(work|farm|home|root|Users)/")


def findings(root):
    found = []
    for path in project.files(root):
        try:
            text = (pathlib.Path(root) / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not a text
        for number, line in enumerate(text.splitlines(), 1):
            match = ELSEWHERE.search(line)
            if match:
                found.append(finding(path, number, f"{match.group(0)}... is a path of one machine",
                                     "a path within the project"))
    return found


if __name__ == "__main__":
    project.main(findings)

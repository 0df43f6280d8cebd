#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The test of include/koc/X/Y.hpp is tests/X/Y.cpp, so that nobody has to look for it."""

import pathlib

import project
from project import finding

# Headers that are tested elsewhere on purpose, each with where and why. Keep it short.
TESTED_ELSEWHERE = {
    "core/try.hpp": "a macro of one statement, which the tests of every aspect run",
    "exchange/exchange_table.hpp": "a struct without functions; tests/exchange/import.cpp reads by it",
    "exchange/import_report.hpp": "counts and notes, all of which tests/exchange/import.cpp compares",
    "exchange/row_place.hpp": "structs and one sentence, which tests/exchange/row_reader.cpp compares",
    "exchange/tables.hpp": "values without functions, all brought in by tests/exchange/import.cpp",
    "standard/engine.hpp": "includes what a host needs; tests/standard/ is written with it",
    "standard/instantiate.hpp": "instantiates one template, for tests/support/standard.cpp",
    "standard/messages.hpp": "includes the messages of all aspects and adds nothing",
    "standard/rules.hpp": "values without functions, with which tests/task/ begins",
}

# Names and requirements only: the things that use them are what can be tested.
NOTHING_TO_RUN = {"fwd.hpp", "concepts.hpp", "all.hpp"}


def needs_test(header):
    inside = header.relative_to("include/koc")
    # The messages of an aspect are plain structs, tested with the aspect that decides them.
    return not (inside.name in NOTHING_TO_RUN or "detail" in inside.parts
                or "messages" in inside.parts
                or inside.parts[0] == "testing" or inside == pathlib.Path("koc.hpp"))


def mirrored(header):
    return ("tests" / header.relative_to("include/koc")).with_suffix(".cpp")


def findings(root, tested_elsewhere=None):
    allowed = TESTED_ELSEWHERE if tested_elsewhere is None else tested_elsewhere
    found = []
    headers = {str(header.relative_to("include/koc")): header
               for header in project.public_headers(root)}
    for name, header in headers.items():
        if not needs_test(header) or name in allowed:
            continue
        if not (pathlib.Path(root) / mirrored(header)).exists():
            found.append(finding(header, 1, "the header has no test", mirrored(header)))
    for name, reason in allowed.items():
        here = "tests/tidy/mirror.py"
        if name not in headers:
            found.append(finding(here, 1, f"{name} is excused but does not exist", "no entry"))
        elif (pathlib.Path(root) / mirrored(headers[name])).exists():
            found.append(finding(here, 1, f"{name} is excused but has a test", "no entry"))
        if len(reason.split()) < 4:
            found.append(finding(here, 1, f"{name} is excused without a reason", "a sentence"))
    return found


if __name__ == "__main__":
    project.main(findings)

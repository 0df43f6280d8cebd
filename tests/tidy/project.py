# SPDX-License-Identifier: BSL-1.0
"""What the rules share: the files of the project, the form of a finding, and the way to run."""

import os
import pathlib
import sys

# Build trees and what version control and editors keep are no part of the project.
NOT_OURS = {"build", "__pycache__", "node_modules"}


def files(root, *suffixes):
    """The project's files as paths relative to its root, sorted; all, or those with a suffix."""
    root = pathlib.Path(root)
    found = []
    for folder, below, names in os.walk(root):
        here = pathlib.Path(folder).relative_to(root)
        below[:] = sorted(name for name in below if name not in NOT_OURS and name != ".git")
        for name in names:
            if not suffixes or name.endswith(suffixes):
                found.append(here / name)
    return sorted(found)


def cpp_files(root):
    return [path for path in files(root, ".hpp", ".cpp")
            if path.parts[0] in ("include", "tests", "examples", "benchmarks")]


def public_headers(root):
    return [path for path in files(root, ".hpp") if path.parts[:2] == ("include", "koc")]


def lines(root, path):
    return (pathlib.Path(root) / path).read_text(encoding="utf-8").splitlines()


def finding(path, line, wrong, instead):
    return f"{path}:{line}: error: {wrong}, use {instead}"


def main(findings):
    """Runs one rule over the project given on the command line."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PROJECT")
    found = findings(sys.argv[1])
    for text in found:
        print(text)
    sys.exit(1 if found else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that a mistake is refused by the compiler, and with the sentence we promise.

    check.py [--offence] FILE.cpp -- COMPILER FLAGS...

The file begins with one or more lines

    // EXPECT: <regular expression>

and holds, in one place or several, a good line and the offending line in its stead:

    #ifndef KOC_OFFEND
    using chosen = a_good_scorer;
    #else
    using chosen = int;
    #endif

Without KOC_OFFEND it has to compile, so that it fails for no other reason. With it, it has to fail,
and what the compiler says has to match every expression. With --offence only the latter is done.
"""

import os
import re
import subprocess
import sys

EXPECT = re.compile(r"^//\s*EXPECT:\s*(.*?)\s*$")


def expectations(text):
    """The expressions, each with its line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = EXPECT.match(line)
        if match:
            found.append((number, match.group(1)))
    return found


def compile_(command, path, *further):
    # Plain quotes and an unbroken line, whatever the language of the machine.
    environment = dict(os.environ, LC_ALL="C")
    done = subprocess.run([*command, *further, path], stdin=subprocess.DEVNULL, env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False)
    return done.returncode == 0, done.stdout


def findings(path, command, both=True):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    expected = expectations(text)
    if not expected:
        return [f"{path}:1: error: nothing is expected, use a line `// EXPECT: <regex>`"]
    if "KOC_OFFEND" not in text:
        return [f"{path}:1: error: nothing offends, use `#ifdef KOC_OFFEND` for the wrong line"]

    found = []
    compiled, said = compile_(command, path) if both else (True, "")
    if not compiled:
        found.append(f"{path}:1: error: the good variant does not compile, use one that does; "
                     f"the compiler said:\n{said}")
    compiled, said = compile_(command, path, "-DKOC_OFFEND")
    if compiled:
        found.append(f"{path}:1: error: the offending variant compiles, use a check that stops it")
        return found
    for line, expression in expected:
        if not re.search(expression, said):
            found.append(f"{path}:{line}: error: the compiler did not say this, use its words or "
                         f"mend the check; it said:\n{said}")
    return found


def main(arguments):
    both = arguments[:1] != ["--offence"]
    arguments = arguments if both else arguments[1:]
    if len(arguments) < 3 or arguments[1] != "--":
        print(__doc__, file=sys.stderr)
        return 2
    found = findings(arguments[0], arguments[2:], both)
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that the public headers compile after the macros of other libraries.

    check.py INCLUDE_FOLDER GENERATED.cpp [HEADER...] -- COMPILER FLAGS...

The generated unit includes what the headers need of others, then macros.hpp, then every public
header but those named, whose libraries may be missing, and those that include them.
"""

import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r"^#include <([^>]+)>", re.MULTILINE)


def includes(root):
    """The public headers as they are included, each with what it includes itself."""
    found = {}
    for path in sorted(root.rglob("*.hpp")):
        name = path.relative_to(root).as_posix()
        found[name] = INCLUDE.findall(path.read_text(encoding="utf-8"))
    return found


def left_out(found, named):
    """The headers named, and all that reach them."""
    out = set(named)
    grew = True
    while grew:
        more = {name for name, needs in found.items() if out.intersection(needs)} - out
        out |= more
        grew = bool(more)
    return out


def unit(root, macros, named):
    found = includes(root)
    out = left_out(found, named)
    chosen = [name for name in found if name not in out]
    foreign = sorted({need for name in chosen for need in found[name] if need not in found})
    lines = [f"#include <{name}>" for name in foreign]
    lines += [f'#include "{macros}"'] + [f"#include <{name}>" for name in chosen]
    return "\n".join(lines) + "\n"


def main(arguments):
    if "--" not in arguments[2:-1]:
        print(__doc__, file=sys.stderr)
        return 2
    compiler = arguments.index("--") + 1
    root, generated, *named = map(pathlib.Path, arguments[: compiler - 1])
    named = {header.relative_to(root).as_posix() for header in named if root in header.parents}
    macros = pathlib.Path(__file__).with_name("macros.hpp")
    generated.write_text(unit(root, macros, named), encoding="utf-8")
    return subprocess.run([*arguments[compiler:], f"-I{root}", str(generated)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

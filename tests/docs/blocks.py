#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Takes the C++ out of Markdown pages, each block a complete translation unit.

    blocks.py FOLDER PAGE.md...

Writes FOLDER/<page>_<n>.cpp for the n-th block of a page, with the page's own line numbers, and
prints the paths. What is not a block of a page any more is removed; what did not change is not
written again, so that nothing is compiled again.

A block that begins with ```cpp FILE NAME shows the lines of a file between two comments
`//! [NAME]` and is not compiled by itself: it has to be equal to them. FILE is named from the
project's folder.
"""

import pathlib
import re
import sys
import textwrap

FENCE = re.compile(r"^(?P<indent>\s*)(?P<marks>`{3,}|~{3,})\s*(?P<info>.*?)\s*$")
OTHER_NAMES = {"c++", "cxx", "cc", "hpp", "h++"}


class Malformed(Exception):
    pass


def project_of(page):
    """The project's folder, of a page in it or somewhere in its docs."""
    folder = pathlib.Path(page).resolve().parent
    docs = [each for each in (folder, *folder.parents) if each.name == "docs"]
    return docs[0].parent if docs else folder


def region(path, name):
    """The lines of a file between two comments `//! [name]`, or nothing."""
    if not path.is_file():
        return None
    parts = re.split(rf"^[ \t]*//! \[{re.escape(name)}\][ \t]*\n",
                     path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return textwrap.dedent(parts[1]) if len(parts) == 3 else None


def check_region(page, opened):
    number, _, _, (file, name), lines = opened
    wanted = region(project_of(page) / file, name)
    if wanted is None:
        raise Malformed(f"{page}:{number}: error: {file} has no lines between two `//! [{name}]`")
    if wanted != "\n".join(lines) + "\n":
        raise Malformed(
            f"{page}:{number}: error: the block is not [{name}] of {file}, use:\n{wanted}")


def blocks(page, text):
    """The C++ blocks of a page: (line of the first line of code, code)."""
    found = []
    opened = None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if opened is None:
            if not fence:
                continue
            language, *further = fence["info"].lower().split() or [""]
            if language in OTHER_NAMES:
                raise Malformed(f"{page}:{number}: error: `{language}` is not compiled, use `cpp`")
            if language == "cpp" and len(further) not in (0, 2):
                raise Malformed(f"{page}:{number}: error: words after `cpp`, use a block that is "
                                "a complete translation unit, or a file and the name of its lines")
            shown = fence["info"].split()[1:] if language == "cpp" else []
            opened = (number, fence["marks"], len(fence["indent"]), shown or language, [])
        elif (fence and not fence["info"] and fence["marks"][0] == opened[1][0]
              and len(fence["marks"]) >= len(opened[1])):
            if isinstance(opened[3], list):
                check_region(page, opened)
            elif opened[3] == "cpp":
                found.append((opened[0] + 1, "\n".join(opened[4]) + "\n"))
            opened = None
        else:
            indent = opened[2]
            opened[4].append(line[indent:] if not line[:indent].strip() else line)
    if opened is not None:
        raise Malformed(f"{page}:{opened[0]}: error: the block has no end, use {opened[1]}")
    return found


def write(folder, pages):
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for index, (line, code) in enumerate(blocks(page, text), 1):
            path = folder / f"{page.stem}_{index}.cpp"
            if path in written:
                raise Malformed(f"{page}:1: error: two pages are called {page.stem}, use two names")
            unit = f'#line {line} "{page}"\n{code}'
            if not path.exists() or path.read_text(encoding="utf-8") != unit:
                path.write_text(unit, encoding="utf-8")
            written.append(path)
    for path in folder.glob("*.cpp"):
        if path not in written:
            path.unlink()
    return written


def main(arguments):
    if len(arguments) < 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for path in write(pathlib.Path(arguments[0]), [pathlib.Path(a) for a in arguments[1:]]):
            print(path)
    except Malformed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

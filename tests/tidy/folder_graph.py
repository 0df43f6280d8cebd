#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The folders under include/koc lean on each other as docs/architecture.md draws them, and no other
way: every arrow of the drawing is an #include, every #include is an arrow, and both keep to the
levels below.
"""

import pathlib
import re

import project
from project import finding

PAGE = "docs/architecture.md"

# The words that every folder is written in.
WORDS = {"core", "number", "describe"}

# What each folder may include. Nothing here can form a circle: a folder names only folders that
# stand before it, which is checked when this file is loaded.
MAY_INCLUDE = {
    "core": set(),
    "number": {"core"},
    "describe": {"core", "number"},
    "tag": WORDS,
    "lifecycle": WORDS,
    "graph": WORDS,
    "state": WORDS | {"graph"},
    "workflow": WORDS | {"graph", "state"},
    "registry": WORDS | {"tag", "state"},
    "search": WORDS | {"tag"},
    "assign": WORDS | {"tag", "search"},
    "explain": WORDS | {"tag", "search"},
    "journal": WORDS,
    "engine": WORDS | {"tag", "graph", "state", "registry", "journal"},
    "workflow": WORDS | {"graph", "state"},
    "programme": WORDS | {"tag", "lifecycle", "graph", "state", "registry", "search", "assign",
                          "explain", "journal", "engine", "workflow"},
}
MAY_INCLUDE["member"] = MAY_INCLUDE["programme"] | {"programme"}
MAY_INCLUDE["task"] = MAY_INCLUDE["member"] | {"member"}
MAY_INCLUDE["standard"] = MAY_INCLUDE["task"] | {"task"}
MAY_INCLUDE["json"] = WORDS | {"journal", "workflow"}
MAY_INCLUDE["store"] = WORDS | {"engine", "journal", "json"}
MAY_INCLUDE["exchange"] = MAY_INCLUDE["task"] | {"task", "json"}
MAY_INCLUDE["testing"] = set(MAY_INCLUDE)

# The parts of a folder that is divided, in order: a part includes only what stands before it, and
# the headers that lie in the folder itself ("") stand before all. `messages` and `detail` are no
# parts, they belong to where they lie.
PARTS = {"member": ["", "discovery", "depth", "evolution", "cultivation", "renewal"]}

# Third parties that would make a host link or compile what it did not ask for.
ONLY_IN = {
    "boost/json": {"json", "store", "exchange", "testing"},
    "iconv.h": {"exchange"},
    "sqlite3.h": {"store", "testing"},
    "libpq-fe.h": {"store", "testing"},
}


def check_levels(may_include):
    before = set()
    for folder, allowed in may_include.items():
        if not allowed <= before:
            raise ValueError(f"{folder} may include {sorted(allowed - before)}, which come later")
        before.add(folder)


check_levels(MAY_INCLUDE)

INCLUDE = re.compile(r'^\s*#\s*include\s+["<](?P<name>[^">]+)[">]')


def part_of(inside):
    """Which part of its folder a header is in, by its path below include/koc."""
    parts = inside.split("/")
    return parts[1] if len(parts) > 2 and parts[1] not in ("messages", "detail") else ""


def about_parts(folder, path, number, name):
    """A header of a divided folder that includes another, as koc/FOLDER/..."""
    order = PARTS[folder]
    here, there = part_of(str(path.relative_to("include/koc"))), part_of(name[len("koc/"):])
    if here in order and there in order and order.index(there) > order.index(here):
        yield finding(path, number, f"{folder}/{here}{'/' if here else ''} includes {there}/",
                      f"only what stands before it: {', '.join(order[1:])}")


def real_edges(root):
    """What the headers say: the folders, the edges with a place for each, and findings."""
    folders, edges, found = set(), {}, []
    for path in project.public_headers(root):
        inside = path.relative_to("include/koc")
        folder = inside.parts[0] if len(inside.parts) > 1 else None
        if folder:
            folders.add(folder)
        if folder in PARTS and part_of(str(inside)) not in PARTS[folder]:
            found.append(finding(path, 1, f"a part of {folder}/ without a place",
                                 "an entry in PARTS of tests/tidy/folder_graph.py"))
        for number, line in enumerate(project.lines(root, path), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            name = match["name"]
            for start, allowed in ONLY_IN.items():
                if (name == start or name.startswith((start + "/", start + "."))) \
                        and folder not in allowed:
                    found.append(finding(path, number, f"{name} outside {sorted(allowed)}",
                                         "a concept that they model"))
            parts = name.split("/")
            if parts[0] != "koc" or folder is None:
                continue
            if len(parts) == 2:
                # A header of the root may include any folder, so it would be a way around.
                if parts[1] != "fwd.hpp":
                    found.append(finding(path, number, f"<{name}> includes folders of any level",
                                         "the header of the folder that is meant"))
            elif parts[1] == folder:
                if folder in PARTS:
                    found += about_parts(folder, path, number, name)
            else:
                edges.setdefault((folder, parts[1]), (path, number))
    return folders, edges, found


NODE = re.compile(
    r"""(?P<id>[A-Za-z_][\w.]*)
        (?:\s*(?:\(\[|\[\[|\[\(|\(\(|\[/|\[\\|\{\{|\[|\(|\{)
           (?P<label>"[^"]*"|[^\])}]*)
           (?:\]\)|\]\]|\)\]|\)\)|/\]|\\\]|\}\}|\]|\)|\}))?
        (?:::\w+)?""", re.VERBOSE)
ARROW = re.compile(r"\s*-{2,}>\s*(?:\|[^|]*\|\s*)?")
NOT_ABOUT_EDGES = re.compile(
    r"^(?:%%.*|subgraph\b.*|end|direction\b.*|classDef\b.*|class\b.*|style\b.*|linkStyle\b.*)?$")


class Unreadable(Exception):
    pass


def nodes_at(text, at, names):
    """The nodes `a & b & c` at a place, and the place behind them."""
    found = []
    while True:
        match = NODE.match(text, at)
        if not match:
            raise Unreadable
        if match["label"]:
            # A label stands for the id where the id cannot be written (`graph` is a keyword).
            word = re.search(r"[A-Za-z_]\w*", match["label"])
            if word:
                names[match["id"]] = word.group(0)
        found.append(match["id"])
        at = match.end()
        more = re.compile(r"\s*&\s*").match(text, at)
        if not more:
            return found, at
        at = more.end()


def drawn_edges(text):
    """What the page says: the folders, the edges, each with its line, and findings.

    The drawing is the first ```mermaid block that is a graph or flowchart; a page may hold others.
    """
    inside, names, nodes, edges, found = None, {}, {}, {}, []
    for number, line in enumerate(text, 1):
        line = line.strip().rstrip(";").strip()
        if inside is None:
            if line == "```mermaid":
                inside = "opened"
            continue
        if line == "```":
            if inside == "drawing":
                break
            inside = None
            continue
        if inside == "opened":
            if line:
                inside = "drawing" if re.match(r"(graph|flowchart)\b", line) else "other"
            continue
        if inside == "other" or NOT_ABOUT_EDGES.match(line):
            continue
        try:
            left, at = nodes_at(line, 0, names)
            for node in left:
                nodes.setdefault(node, number)
            while at < len(line):
                arrow = ARROW.match(line, at)
                if not arrow:
                    raise Unreadable
                right, at = nodes_at(line, arrow.end(), names)
                for node in right:
                    nodes.setdefault(node, number)
                for a in left:
                    for b in right:
                        edges.setdefault((a, b), number)
                left = right
        except Unreadable:
            found.append(finding(PAGE, number, f"cannot read `{line}`", "`folder --> folder`"))
    if inside != "drawing":
        found.append(finding(PAGE, 1, "there is no drawing of the folders",
                             "a ```mermaid block with `graph TD`"))
    called = lambda node: names.get(node, node)
    return ({called(node): number for node, number in nodes.items()},
            {(called(a), called(b)): number for (a, b), number in edges.items()}, found)


def findings(root):
    folders, edges, found = real_edges(root)
    page = pathlib.Path(root) / PAGE
    if not page.exists():
        return found + [finding(PAGE, 1, "the page is missing", "a page with a drawing of the "
                                "folders")]
    drawn_folders, drawn, unreadable = drawn_edges(project.lines(root, PAGE))
    found += unreadable

    for folder in sorted(folders):
        if folder not in MAY_INCLUDE:
            found.append(finding(f"include/koc/{folder}", 1, "a folder without a level",
                                 "an entry in tests/tidy/folder_graph.py"))
        if folder not in drawn_folders:
            found.append(finding(PAGE, 1, f"{folder}/ is not drawn", f"a node `{folder}`"))
    for folder, number in drawn_folders.items():
        if folder not in folders:
            found.append(finding(PAGE, number, f"{folder} is drawn and does not exist",
                                 "the name of a folder under include/koc"))
    for (a, b), (path, number) in sorted(edges.items()):
        if b not in MAY_INCLUDE.get(a, {b}):
            found.append(finding(path, number, f"{a}/ includes {b}/, which is not below it",
                                 "a concept that the host or a higher folder models"))
        if (a, b) not in drawn:
            found.append(finding(path, number, f"{PAGE} does not draw that {a}/ includes {b}/",
                                 f"`{a} --> {b}` there, or no such include"))
    for (a, b), number in drawn.items():
        if (a, b) not in edges and a in folders and b in folders:
            found.append(finding(PAGE, number, f"drawn, but {a}/ includes nothing of {b}/",
                                 "no such arrow"))
    return found


if __name__ == "__main__":
    project.main(findings)

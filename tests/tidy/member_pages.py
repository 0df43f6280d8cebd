#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""docs/member.md and docs/member/*.md name what is there, and all of it.

Each name in backticks is one of include/, of the code on the page, or a path of the project, each link leads somewhere. What the
aspects of member/ accept, record and answer is on the pages. A row of the catalogue that is done has
the same cells here, and rows A and B are all here. The table of rules has one line for each struct of rules, with its defaults.
"""

import pathlib
import re

import project
from project import finding

PAGE = "docs/member.md"
FOLDER = "docs/member"
CATALOGUE = "docs/catalogue.md"

SPAN = re.compile(r"`([^`]+)`")
WORD = re.compile(r"[A-Za-z_]\w*")
ROW = re.compile(r"^\|\s*(?P<id>[A-F]\d\d)\s*\|")
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
LISTS = re.compile(r"\b(command|event|query)_list<([^;]*?)>\s*;")
USING = re.compile(r"using (commands|events|queries) =\s*$")
RULES = re.compile(r"^struct (\w+_rules) \{\n(.*?)^\};", re.MULTILINE | re.DOTALL)
VALUE = re.compile(r"(\w+)\s*=\s*\n?\s*([^;{]+);|(\w+)(?:\{[^;]*\}|\s*=\s*\{[^;]*\})?;")
FORMS = [
    (r"days\((\d+)\)", lambda n: f"{n} day" + "s" * (n != "1")),
    (r"hours\((\d+)\)", lambda n: f"{n} hour" + "s" * (n != "1")),
    (r"percent\((\d+)\)", lambda n: f"{n} %"),
    (r"whole\((\d+)\)", lambda n: n),
    (r"([\d']+)", lambda n: f"{int(n.replace(chr(39), '')):,}"),
    (r"\w+::(\w+)", lambda n: f"`{n}`"),
]


def cells_of(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def without_comments(text):
    return re.sub(r"//[^\n]*", "", text)


def prose(lines):
    """The lines of a page that are no code, with their numbers."""
    fenced = False
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield number, line


def code(lines):
    """What a page shows as code, whose names it may use as well."""
    told = {number for number, _ in prose(lines)}
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in told)


def messages(root):
    """What the aspects of member/ accept, record and answer: each name with its header."""
    found = {}
    for path in project.public_headers(root):
        if path.parts[2:3] != ("member",):
            continue
        text = without_comments((root / path).read_text(encoding="utf-8"))
        for match in LISTS.finditer(text):
            if USING.search(text[:match.start()]):
                for name in WORD.findall(match[2]):
                    found.setdefault(name, path)
    return found


def written(value):
    """A default as the page writes it, or nothing where it is more than one value."""
    for form, say in FORMS:
        match = re.fullmatch(form, value.strip())
        if match:
            return say(match[1])
    return None


def rules(root):
    """Each struct of rules of member/: its members with their defaults as the page writes them."""
    found = {}
    for path in project.public_headers(root):
        if path.parts[2:3] == ("member",) and "messages" in path.parts:
            text = without_comments((root / path).read_text(encoding="utf-8"))
            for name, body in RULES.findall(text):
                members = {}
                for simple, value, other in VALUE.findall(body):
                    members[simple or other] = written(value) if simple else None
                found[name] = members
    return found


def anchors(text):
    found = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        found.add(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    return found


def about_names(root, page, lines, words):
    for number, line in prose(lines):
        for span in SPAN.findall(line):
            if "/" in span:
                places = [root / span, root / "include" / span, root / "include/koc" / span]
                if not any(place.exists() for place in places):
                    yield finding(page, number, f"`{span}` is no path", "one of the project")
                continue
            for name in WORD.findall(re.sub(r'"[^"]*"', "", span)):
                if len(name) > 1 and name not in words:
                    yield finding(page, number, f"`{name}` is not in include/", "a name that is")


def about_links(root, page, lines):
    for number, line in prose(lines):
        for link in LINK.finditer(line):
            target = (root / page).parent / link["path"] if link["path"] else root / page
            if not target.exists():
                yield finding(page, number, f"{link['path']} does not exist", "a page that does")
            elif link["anchor"] and link["anchor"] not in anchors(
                    target.read_text(encoding="utf-8")):
                yield finding(page, number, f"{link['path']} has no #{link['anchor']}",
                              "an anchor that is there")


def about_rows(page, lines, catalogue, seen):
    for number, line in enumerate(lines, 1):
        row = ROW.match(line)
        if not row:
            continue
        cells = cells_of(line)
        if row["id"] in seen:
            yield finding(page, number, f"{row['id']} is on these pages twice", "one line a row")
        seen.add(row["id"])
        if row["id"] not in catalogue:
            yield finding(page, number, f"{row['id']} is not done on {CATALOGUE}", "a row that is")
        elif cells[1:] != catalogue[row["id"]]:
            yield finding(page, number, f"{row['id']} has other cells than on {CATALOGUE}",
                          "| ".join(["", *catalogue[row["id"]]]).strip())


def about_rules(root, lines):
    known = rules(root)
    listed = {}
    for number, line in prose(lines):
        cells = cells_of(line)
        name = re.fullmatch(r"`(\w+_rules)`", cells[0])
        if not line.startswith("|") or not name:
            continue
        if name[1] in listed or name[1] not in known:
            yield finding(PAGE, number, f"`{name[1]}` is here twice or no struct of member/",
                          "one line for each of them")
            continue
        listed[name[1]] = cells[1]
        for member, value in known[name[1]].items():
            wanted = f"`{member}` {value}" if value else f"`{member}`"
            if not re.search(re.escape(wanted) + r"(?![\w,]*\d)", cells[1]):
                yield finding(PAGE, number, f"`{name[1]}` does not say {wanted}", "the default")
    for name in sorted(set(known) - set(listed)):
        yield finding(PAGE, 1, f"`{name}` is not in the table of rules", "a line with its defaults")


def findings(root):
    root = pathlib.Path(root)
    if not (root / PAGE).exists():
        return [finding(PAGE, 1, "there is no page about members", "a page")]
    pages = [pathlib.PurePosixPath(PAGE), *(path for path in project.files(root, ".md")
                                            if path.as_posix().startswith(FOLDER + "/"))]
    words = set()
    for path in project.public_headers(root):
        words.update(WORD.findall(without_comments((root / path).read_text(encoding="utf-8"))))
    catalogue = {}
    if (root / CATALOGUE).exists():
        for line in project.lines(root, CATALOGUE):
            if ROW.match(line) and len(cells_of(line)) == 7:
                catalogue[cells_of(line)[0]] = cells_of(line)[2:5]
    found, named, seen = [], set(), set()
    for page in pages:
        lines = project.lines(root, page)
        for _, line in prose(lines):
            for span in SPAN.findall(line):
                named.update(WORD.findall(span))
        found.extend(about_names(root, page, lines, words | set(WORD.findall(code(lines)))))
        found.extend(about_links(root, page, lines))
        found.extend(about_rows(page, lines, catalogue, seen))
        if str(page) == PAGE:
            found.extend(about_rules(root, lines))
    for row in sorted(set(catalogue) - seen):
        if row[0] in "AB":
            found.append(finding(PAGE, 1, f"{row} is done and not in {FOLDER}/",
                                 "a line of the capability that it belongs to"))
    for name, path in sorted(messages(root).items()):
        if name not in named:
            found.append(finding(path, 1, f"`{name}` is not on {PAGE} or in {FOLDER}/",
                                 "a line of a table there"))
    return found


if __name__ == "__main__":
    project.main(findings)

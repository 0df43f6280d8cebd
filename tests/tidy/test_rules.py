#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A rule that cannot fail is worth nothing: each against a small project that keeps it and breaks it."""

import pathlib
import tempfile
import unittest

import catalogue
import folder_graph
import guarantees
import member_pages
import mirror
import portable
import style

HEADER = """// SPDX-License-Identifier: BSL-1.0
#pragma once

// One idea, told in a
// sentence or more.

"""


class Rule(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def expect(self, found, *beginnings):
        """The findings are these and no others, each known by how it begins."""
        self.assertEqual(len(found), len(beginnings), found)
        for text, beginning in zip(found, beginnings):
            self.assertTrue(text.startswith(beginning), f"{text!r} is not {beginning!r}")
            self.assertRegex(text, r"^[^:]+:\d+: error: .+, use .+")


class Catalogue(Rule):
    def tests_say(self, *cases):
        self.write("tests/task/board.cpp", "".join(
            f'TEST_CASE({title}, "{tags}") {{\n}}\n' for title, tags in cases))

    def page_says(self, *lines):
        self.write("docs/catalogue.md", "# catalogue\n\n" + "\n".join(lines) + "\n")

    @staticmethod
    def row(row="C06", good="seats are claimed", bad="no seat, no claim"):
        return (f"| {row} | the task hall | `claim_task` | `offer_sent` | `offer_rules` | "
                f"`tests/task/board.cpp` {good} | `tests/task/board.cpp` {bad} |")

    SOUND = (('"seats are "\n    "claimed"', "[task][C06]"),
             ('"no seat, no claim"', "[task][C06][refusal]"))

    def test_a_page_that_agrees_with_the_tests_passes(self):
        self.tests_say(*self.SOUND)
        self.page_says(self.row())
        self.expect(catalogue.findings(self.root))

    def test_a_project_without_the_page_is_told_so(self):
        self.tests_say(*self.SOUND)
        self.expect(catalogue.findings(self.root), "docs/catalogue.md:1: error: there is no page")

    def test_a_title_that_no_test_has_is_found(self):
        self.tests_say(*self.SOUND)
        self.page_says(self.row(good="seats are taken"))
        self.expect(catalogue.findings(self.root),
                    "docs/catalogue.md:3: error: tests/task/board.cpp has no test case tagged [C06]")

    def test_a_refusal_is_no_acceptance_and_the_other_way_round(self):
        self.tests_say(('"seats are claimed"', "[task][C06][refusal]"),
                       ('"no seat, no claim"', "[task][C06]"))
        self.page_says(self.row())
        self.expect(catalogue.findings(self.root), "docs/catalogue.md:3", "docs/catalogue.md:3")

    def test_a_row_without_a_refusal_is_found(self):
        self.tests_say(self.SOUND[0])
        self.page_says(self.row())
        self.expect(catalogue.findings(self.root),
                    "docs/catalogue.md:3: error: tests/task/board.cpp has no test case tagged "
                    "[C06][refusal]")

    def test_a_tag_that_is_not_on_the_page_is_found(self):
        self.tests_say(*self.SOUND, ('"a lapsed seat is free"', "[task][E38]"))
        self.page_says(self.row())
        self.expect(catalogue.findings(self.root),
                    "tests/task/board.cpp:6: error: [E38] is not on docs/catalogue.md")
        self.page_says(self.row(), "", "## Begun", "", "| E38 | what is missing |")
        self.expect(catalogue.findings(self.root))

    def test_a_row_that_is_begun_has_a_test_and_is_not_done(self):
        self.tests_say(*self.SOUND)
        self.page_says(self.row(), "", "## Begun", "", "| C06 | much |", "| E38 | all |")
        self.expect(catalogue.findings(self.root),
                    "docs/catalogue.md:7: error: C06 is on the page twice",
                    "docs/catalogue.md:8: error: E38 is begun but no test")

    def test_a_line_with_a_cell_missing_is_found(self):
        self.tests_say(*self.SOUND)
        self.page_says(self.row().replace("`offer_rules`", ""))
        self.expect(catalogue.findings(self.root), "docs/catalogue.md:3: error: C06 has 7 cells")


class Guarantees(Rule):
    def page_says(self, *tests):
        self.write("docs/guarantees.md", "\n".join(
            ("# guarantees", "", "| guarantee | test |", "|---|---|",
             *(f"| kept | {test} |" for test in tests), "", "| other | table |")))

    def setUp(self):
        super().setUp()
        self.write("tests/store/log.cpp", 'TEST_CASE("what was "\n    "kept is kept", "[store]") {\n}\n')

    def test_a_guarantee_with_its_tests_passes(self):
        self.page_says("`tests/store/log.cpp` what was kept is kept",
                       "`tests/store/log.cpp` what was kept is kept<br>"
                       "`tests/store/log.cpp` what was kept is kept")
        self.expect(guarantees.findings(self.root))

    def test_a_guarantee_without_a_test_or_with_one_that_is_not_there_is_found(self):
        self.page_says("we promise", "`tests/store/log.cpp` what was kept is lost")
        self.expect(guarantees.findings(self.root),
                    "docs/guarantees.md:5: error: \"kept\" names no test",
                    "docs/guarantees.md:6: error: tests/store/log.cpp has no test case with")

    def test_a_page_without_guarantees_or_no_page_is_found(self):
        self.expect(guarantees.findings(self.root), "docs/guarantees.md:1: error: there is no page")
        self.page_says()
        self.expect(guarantees.findings(self.root), "docs/guarantees.md:1: error: no table begins")


class MemberPages(Rule):
    CELLS = "`claim_seat`; asks `list_seats` | `seat_claimed` | `seat_rules`"

    def setUp(self):
        super().setUp()
        self.write("include/koc/member/hall/seat.hpp", HEADER +
                   "class seat {\n    using commands = command_list<claim_seat>;\n"
                   "    using events =\n        event_list<seat_claimed>;\n"
                   "    using queries = query_list<list_seats>;\n"
                   "    using follows = event_list<left_alone>;\n};\n")
        self.write("include/koc/member/hall/messages/seat.hpp", HEADER +
                   "struct seat_rules {\n    duration lasts = days(1); ///< imaginary\n"
                   "    std::int64_t seats_max = 20'000;\n    std::vector<int> ladder{1, 2};\n};\n")
        self.write("docs/catalogue.md", f"| B01 | seats | {self.CELLS} | `a` good | `a` bad |\n")
        self.page()
        self.below()

    def page(self, rules="`lasts` 1 day, `seats_max` 20,000, `ladder` 1 and 2", more=""):
        self.write("docs/member.md", f"# member\n\n| `seat_rules` | {rules} | seats |\n{more}")

    def below(self, text=f"<a id=\"seats\"></a>\n| B01 | {CELLS} |\n"):
        self.write("docs/member/seats.md", text)

    def expect_pages(self, *beginnings):
        self.expect(member_pages.findings(self.root), *beginnings)

    def test_pages_that_name_all_and_only_what_is_there_pass(self):
        self.page(more="\n`member/hall/seat.hpp` and [seats](member/seats.md#seats), `lasts(\"x\")`\n"
                  "```cpp\nint shop;\n```\n`shop`\n")
        self.expect_pages()

    def test_a_name_that_is_nowhere_but_in_a_comment_is_found(self):
        self.page(more="`claim_chair`, `imaginary`, `member/chair.hpp`\n")
        self.expect_pages("docs/member.md:4: error: `claim_chair` is not in include/",
                          "docs/member.md:4: error: `imaginary` is not in include/",
                          "docs/member.md:4: error: `member/chair.hpp` is no path")

    def test_a_link_that_leads_nowhere_is_found(self):
        self.page(more="[a](member/chairs.md), [b](member/seats.md#chairs)\n")
        self.expect_pages("docs/member.md:4: error: member/chairs.md does not exist",
                          "docs/member.md:4: error: member/seats.md has no #chairs")

    def test_a_row_has_the_cells_of_the_catalogue_and_one_line(self):
        row = f"| B01 | {self.CELLS} |\n"
        self.below('<a id="seats"></a>\n' + row + row + row.replace("B01", "B02"))
        self.expect_pages("docs/member/seats.md:3: error: B01 is on these pages twice",
                          "docs/member/seats.md:4: error: B02 is not done on docs/catalogue.md")
        self.below(row.replace("seat_rules", "lasts"))
        self.expect_pages("docs/member/seats.md:1: error: B01 has other cells")

    def test_whatever_an_aspect_does_is_on_a_page(self):
        self.below("`claim_seat`\n")
        self.expect_pages("docs/member.md:1: error: B01 is done and not in docs/member/",
                          "include/koc/member/hall/seat.hpp:1: error: `list_seats` is not on",
                          "include/koc/member/hall/seat.hpp:1: error: `seat_claimed` is not on")

    def test_each_struct_of_rules_is_listed_once_with_its_defaults(self):
        self.page("`lasts` 1 day, `seats_max` 2, `ladder` 1",
                  "| `seat_rules` | none | again |\n")
        self.expect_pages("docs/member.md:3: error: `seat_rules` does not say `seats_max` 20,000",
                          "docs/member.md:4: error: `seat_rules` is here twice")
        self.write("docs/member.md", "# member\n")
        self.expect_pages("docs/member.md:1: error: `seat_rules` is not in the table")


class Style(Rule):
    def expect_header(self, text, *beginnings):
        self.write("include/koc/tag/tag.hpp", text)
        self.expect(style.findings(self.root),
                    *("include/koc/tag/tag.hpp:" + beginning for beginning in beginnings))

    def test_a_sound_header_passes(self):
        self.expect_header(HEADER + "#include <koc/core/id.hpp>\n\nnamespace koc {}\n")

    def test_a_line_of_100_characters_passes_and_one_more_does_not(self):
        self.expect_header(HEADER + "// " + "x" * 97 + "\n")
        self.expect_header(HEADER + "// " + "x" * 98 + "\n", "7: error: 101 columns")
        self.expect_header(HEADER + "// " + "冬" * 97 + "\n")

    def test_licence_guard_and_essay_are_missed(self):
        self.expect_header("namespace koc {}\n", "1: error: the licence", "2: error: no include",
                           "4: error: the header does not begin")

    def test_an_essay_says_more_than_a_title(self):
        head = HEADER[:HEADER.index("// One")]
        self.expect_header(head + "// What a registry is told about its records.\n")
        self.expect_header(head + "// Tags.\n\n#include <string>\n", "4: error: the header does")
        self.expect_header(head + "/// A doc comment belongs to the item below it.\nclass tag;\n",
                           "4: error: the header does")

    def test_an_essay_behind_the_code_is_too_late(self):
        head, essay = HEADER[:HEADER.index("// One")], HEADER[HEADER.index("// One"):]
        self.expect_header(head + "#include <string>\n\n" + essay)
        self.expect_header(head + "namespace koc {\n" + essay + "}\n", "4: error: the header does")

    def test_tabs_and_trailing_space_are_found(self):
        self.expect_header(HEADER + "\tint a; \n", "7: error: a tab", "7: error: space at the end")

    def test_includes_go_by_the_public_path(self):
        self.expect_header(HEADER + '#include "tag_set.hpp"\n', "7: error: \"tag_set.hpp\" in quotes")
        self.expect_header(HEADER + "#include <../core/id.hpp>\n", "7: error: <../core/id.hpp> climbs")
        self.expect_header(HEADER + "#include <iostream>\n", "7: error: <iostream> in a public")
        self.expect_header(HEADER + "#include <range/v3/all.hpp>\n", "7: error: <range/v3/all.hpp>")

    def test_a_test_may_quote_its_own_files_but_not_koc(self):
        spdx = HEADER.splitlines()[0] + "\n"
        self.write("tests/tag/tag.cpp", spdx + '#include "parts.hpp"\n#include <iostream>\n')
        self.expect(style.findings(self.root))
        self.write("tests/tag/tag.cpp", spdx + '#include "koc/tag/tag.hpp"\n')
        self.expect(style.findings(self.root), 'tests/tag/tag.cpp:2: error: "koc/tag/tag.hpp" in')

    def test_build_trees_are_not_ours(self):
        self.write("build/gcc/tests/generated.cpp", "\t\n")
        self.write("tests/build/generated.cpp", "\t\n")
        self.expect(style.findings(self.root))


class Mirror(Rule):
    def test_a_header_without_a_test_is_found(self):
        self.write("include/koc/tag/tag.hpp", "")
        self.expect(mirror.findings(self.root, {}), "include/koc/tag/tag.hpp:1: error: the header")
        self.write("tests/tag/tag.cpp", "")
        self.expect(mirror.findings(self.root, {}))

    def test_headers_with_nothing_to_run_are_let_off(self):
        for name in ["fwd", "tag/fwd", "tag/concepts", "tag/detail/bits", "testing/journal",
                     "task/messages/offer", "koc"]:
            self.write(f"include/koc/{name}.hpp", "")
        self.expect(mirror.findings(self.root, {}))

    def test_an_excuse_needs_a_reason_and_a_header_without_a_test(self):
        self.write("include/koc/tag/tag.hpp", "")
        excuse = {"tag/tag.hpp": "the tests of the index drive it"}
        self.expect(mirror.findings(self.root, excuse))
        self.expect(mirror.findings(self.root, {"tag/tag.hpp": ""}),
                    "tests/tidy/mirror.py:1: error: tag/tag.hpp is excused without")
        self.write("tests/tag/tag.cpp", "")
        self.expect(mirror.findings(self.root, excuse),
                    "tests/tidy/mirror.py:1: error: tag/tag.hpp is excused but has")
        self.expect(mirror.findings(self.root, {"tag/gone.hpp": "it went away last year"}),
                    "tests/tidy/mirror.py:1: error: tag/gone.hpp is excused but does not")


class FolderGraph(Rule):
    def setUp(self):
        super().setUp()
        self.write("include/koc/core/id.hpp", "#include <cstdint>\n")
        self.write("include/koc/tag/tag.hpp", "\n#include <koc/core/id.hpp>\n")
        self.write("include/koc/graph/relation.hpp", "#include <koc/core/id.hpp>\n")

    def draw(self, *edges, before=""):
        drawing = "\n".join(f"    {edge}" for edge in edges)
        self.write("docs/architecture.md",
                   f"# Architecture\n{before}```mermaid\ngraph TD\n{drawing}\n```\n")

    def test_a_true_drawing_passes(self):
        self.draw("tag --> core", "graph_[\"graph/ bonds\"] --> core")
        self.expect(folder_graph.findings(self.root))

    def test_all_the_ways_to_draw_an_edge_are_read(self):
        folders, edges, found = folder_graph.drawn_edges([
            "```mermaid", "flowchart BT", "%% a comment", "subgraph low", "direction TB",
            "a --> b & c --> d", "e[e/ tags] --->|leans on| f_(f);", "g & h-->i", "lonely", "end",
            "style a fill:#fff", "```", "```mermaid", "graph TD", "x --> y", "```"])
        self.assertEqual(found, [])
        self.assertEqual(set(edges), {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("e", "f"),
                                      ("g", "i"), ("h", "i")})
        self.assertIn("lonely", folders)

    def test_other_drawings_on_the_page_are_passed_over(self):
        self.draw("tag --> core", "graph_[graph] --> core",
                  before="```mermaid\nstateDiagram-v2\n[*] --> budding\n```\n")
        self.expect(folder_graph.findings(self.root))

    def test_a_real_edge_that_is_not_drawn_is_found(self):
        self.draw("tag --> core", "graph_[graph]")
        self.expect(folder_graph.findings(self.root),
                    "include/koc/graph/relation.hpp:1: error: docs/architecture.md does not draw")

    def test_a_drawn_edge_that_is_not_real_is_found(self):
        self.draw("tag --> core", "graph_[graph] --> core", "graph_ --> tag")
        self.expect(folder_graph.findings(self.root), "docs/architecture.md:6: error: drawn, but")

    def test_a_part_of_a_folder_keeps_to_what_stands_before_it(self):
        self.draw("tag --> core", "graph_[graph] --> core", "member")
        self.write("include/koc/member/roster.hpp", "")
        self.write("include/koc/member/messages/roster.hpp",
                   "#include <koc/member/discovery/trust.hpp>\n")
        self.write("include/koc/member/discovery/trust.hpp",
                   "#include <koc/member/messages/roster.hpp>\n")
        self.write("include/koc/member/cultivation/plan.hpp",
                   "#include <koc/member/roster.hpp>\n#include <koc/member/discovery/trust.hpp>\n"
                   "#include <koc/member/renewal/tier.hpp>\n")
        self.write("include/koc/member/lounge/sofa.hpp", "")
        self.expect(folder_graph.findings(self.root),
                    "include/koc/member/cultivation/plan.hpp:3: error: member/cultivation/ includes",
                    "include/koc/member/lounge/sofa.hpp:1: error: a part of member/ without a place",
                    "include/koc/member/messages/roster.hpp:1: error: member/ includes")

    def test_folders_are_drawn_and_drawn_folders_exist(self):
        self.draw("tag --> core", "graph_[graph] --> core", "planet")
        self.write("include/koc/search/scorer.hpp", "")
        self.expect(folder_graph.findings(self.root),
                    "docs/architecture.md:1: error: search/ is not drawn",
                    "docs/architecture.md:6: error: planet is drawn and does not exist")

    def test_the_levels_hold_even_where_the_drawing_agrees(self):
        self.write("include/koc/core/bad.hpp", "\n\n#include <koc/tag/tag.hpp>\n")
        self.draw("tag --> core", "graph_[graph] --> core", "core --> tag")
        self.expect(folder_graph.findings(self.root),
                    "include/koc/core/bad.hpp:3: error: core/ includes tag/, which is not below")

    def test_a_folder_without_a_level_is_found(self):
        self.write("include/koc/planet/moon.hpp", "")
        self.draw("tag --> core", "graph_[graph] --> core", "planet")
        self.expect(folder_graph.findings(self.root), "include/koc/planet:1: error: a folder")

    def test_a_header_of_the_root_is_no_way_around(self):
        self.draw("tag --> core", "graph_[graph] --> core")
        self.write("include/koc/koc.hpp", "#include <koc/tag/tag.hpp>\n")
        self.write("include/koc/core/id.hpp", "#include <koc/fwd.hpp>\n#include <koc/koc.hpp>\n")
        self.expect(folder_graph.findings(self.root), "include/koc/core/id.hpp:2: error: <koc/koc")

    def test_third_parties_stay_behind_their_targets(self):
        self.draw("tag --> core", "graph_[graph] --> core")
        self.write("include/koc/core/id.hpp", "#include <boost/json.hpp>\n#include <sqlite3.h>\n"
                   "#include <boost/json/value.hpp>\n#include <boost/describe.hpp>\n")
        at = "include/koc/core/id.hpp"
        self.expect(folder_graph.findings(self.root), f"{at}:1: error: boost/json.hpp outside",
                    f"{at}:2: error: sqlite3.h outside", f"{at}:3: error: boost/json/value.hpp")

    def test_a_missing_or_unreadable_drawing_is_found(self):
        self.expect(folder_graph.findings(self.root), "docs/architecture.md:1: error: the page is")
        self.write("docs/architecture.md", "# Architecture\n")
        self.assertIn("there is no drawing", folder_graph.findings(self.root)[0])
        self.draw("tag --> core", "graph_[graph] --> core", "tag -.- core", "-->")
        self.expect(folder_graph.findings(self.root),
                    "docs/architecture.md:6: error: cannot read `tag -.- core`",
                    "docs/architecture.md:7: error: cannot read `-->`")

    def test_a_circle_of_levels_cannot_be_written_down(self):
        with self.assertRaises(ValueError):
            folder_graph.check_levels({"core": {"tag"}, "tag": {"core"}})


class Portable(Rule):
    def test_paths_of_a_machine_are_found(self):
        # Put together here, so that this file does not find itself.
        for place in ["work", "farm", "home", "root", "Users"]:
            with self.subTest(place):
                self.write("scripts/run", f"#!/bin/sh\ncd /{place}/somebody\n")
                self.expect(portable.findings(self.root), "scripts/run:2: error: ")

    def test_paths_of_the_project_and_the_system_pass(self):
        place = "work"
        self.write("docs/a.md", f"`docs/{place}/a.md`, /usr/include/, ${{x}}/{place}/, ../{place}/")
        (self.root / "image.png").write_bytes(f"\xff /{place}/".encode("latin-1"))
        self.expect(portable.findings(self.root))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What blocks.py takes out of a page, and what it refuses."""

import pathlib
import tempfile
import unittest

import blocks


class Blocks(unittest.TestCase):
    def test_only_the_cpp_blocks_are_taken_each_with_its_line(self):
        page = "# Title\n```cpp\nint a;\n\nint b;\n```\n```sh\nls\n```\ntext\n~~~cpp\nint c;\n~~~\n"
        self.assertEqual(blocks.blocks("p.md", page), [(3, "int a;\n\nint b;\n"), (12, "int c;\n")])

    def test_a_block_in_a_list_loses_the_indent_of_the_list(self):
        page = "- item\n\n  ```cpp\n  int a;\n    int b;\n\n  ```\n"
        self.assertEqual(blocks.blocks("p.md", page), [(4, "int a;\n  int b;\n\n")])

    def test_a_block_shown_inside_a_longer_fence_is_text(self):
        page = "````markdown\n```cpp\nnot code\n```\n````\n"
        self.assertEqual(blocks.blocks("p.md", page), [])

    def test_what_would_silently_not_be_compiled_is_refused(self):
        for page, words in [
            ("```c++\nint a;\n```\n", "p.md:1: error: `c++` is not compiled"),
            ("\n```cpp fragment\nint a;\n```\n", "p.md:2: error: words after `cpp`"),
            ("```cpp\nint a;\n", "p.md:1: error: the block has no end"),
        ]:
            with self.subTest(page), self.assertRaises(blocks.Malformed) as raised:
                blocks.blocks("p.md", page)
            self.assertIn(words, str(raised.exception))

    def test_lines_of_a_file_are_shown_as_they_are(self):
        with tempfile.TemporaryDirectory() as folder:
            project = pathlib.Path(folder)
            (project / "docs").mkdir()
            (project / "a.hpp").write_text(
                "x\n  //! [one]\n  int a;\n    int b;\n  //! [one]\ny\n", encoding="utf-8")
            page = project / "docs" / "p.md"
            self.assertEqual(blocks.blocks(page, "```cpp a.hpp one\nint a;\n  int b;\n```\n"), [])
            deeper = project / "docs" / "below" / "q.md"
            self.assertEqual(
                blocks.blocks(deeper, "```cpp a.hpp one\nint a;\n  int b;\n```\n"), [])
            for text, words in [
                ("```cpp a.hpp one\nint a;\n```\n",
                 "p.md:1: error: the block is not [one] of a.hpp"),
                ("```cpp a.hpp two\n```\n", "a.hpp has no lines between two `//! [two]`"),
                ("```cpp b.hpp one\n```\n", "b.hpp has no lines between two `//! [one]`"),
            ]:
                with self.subTest(text), self.assertRaises(blocks.Malformed) as raised:
                    blocks.blocks(page, text)
                self.assertIn(words, str(raised.exception))

    def test_the_units_follow_the_pages(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            out = pathlib.Path(folder) / "out"
            page.write_text("```cpp\nint a;\n```\n```cpp\nint b;\n```\n", encoding="utf-8")
            first, second = blocks.write(out, [page])
            self.assertEqual(first.read_text(encoding="utf-8"), f'#line 2 "{page}"\nint a;\n')
            before = first.stat().st_mtime_ns
            page.write_text("```cpp\nint a;\n```\n", encoding="utf-8")
            self.assertEqual(blocks.write(out, [page]), [first])
            self.assertEqual(first.stat().st_mtime_ns, before)
            self.assertFalse(second.exists())


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: MIT
"""functions.tsv names every public function, and what it names in SQL is there."""

import re

from support import BINDING, PREFIX, Case

DECLARED = re.compile(r"^POLE_API\s[^;{]*?\b(pole_\w+)\s*\(", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Functions(Case):
    def test_the_list_is_whole(self):
        declared = []
        for header in sorted(PREFIX.glob("include/polelookup/*.h")):
            declared += DECLARED.findall(COMMENT.sub(" ", header.read_text(encoding="utf-8")))
        listed = [row[0] for row in self.listed()]
        self.assertEqual(sorted(listed), sorted(declared))
        self.assertEqual(len(set(listed)), len(listed))

    def test_what_it_names_is_there(self):
        names = {row[0] for row in self.rows("SELECT name FROM pragma_function_list")}
        for (table,) in self.rows("SELECT name FROM pragma_module_list WHERE name LIKE 'pole%'"):
            names.add(table)
            names |= {row[0] for row in self.rows("SELECT name FROM pragma_table_xinfo(?)", table)}
        for row in self.listed():
            self.assertTrue(row[1] == "-" and row[2] or row[1] in names, row)

    def test_the_readme_names_every_function_and_column(self):
        readme = (BINDING / "README.md").read_text(encoding="utf-8")
        words = set(re.findall(r"\w+", readme))
        for (name,) in self.rows("SELECT name FROM pragma_function_list WHERE name LIKE 'pole%'"):
            self.assertIn(name, words)
        for (table,) in self.rows("SELECT name FROM pragma_module_list WHERE name LIKE 'pole%'"):
            self.assertIn(table, words)
            for (column,) in self.rows("SELECT name FROM pragma_table_xinfo(?)", table):
                self.assertIn(column, words, table)

    @staticmethod
    def listed():
        lines = (BINDING / "functions.tsv").read_text(encoding="utf-8").splitlines()
        return [line.split("\t") for line in lines if line and not line.startswith("#")]

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each public header compiles alone, as C11 and as C++17, by gcc and by clang; and every struct in
them is one whose layout tests/unit/test_abi_layout.c pins.

usage: test_headers.py SOURCE_DIR
"""

import os
import re
import shutil
import subprocess
import sys
import unittest

STRICT = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wshadow", "-Wconversion"]


class Headers(unittest.TestCase):
    source = None

    def compile_each(self, compiler, *options):
        if not shutil.which(compiler):
            self.skipTest(compiler + " is not installed")
        for file in self.headers():
            # Twice, so that a header without its guard is found.
            text = "#include <polelookup/%s>\n#include <polelookup/%s>\nint main(void);\n" % (
                file, file)
            command = [compiler, *STRICT, *options, "-I", os.path.join(self.source, "include"), "-"]
            result = subprocess.run(command, input=text, capture_output=True, text=True)
            with self.subTest(header=file):
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def headers(self):
        folder = os.path.join(self.source, "include", "polelookup")
        files = sorted(file for file in os.listdir(folder) if file.endswith(".h"))
        self.assertGreater(len(files), 10)
        return files

    def test_as_c11_by_gcc(self):
        self.compile_each("gcc", "-x", "c", "-std=c11", "-Wstrict-prototypes")

    def test_as_c11_by_clang(self):
        self.compile_each("clang", "-x", "c", "-std=c11", "-Wstrict-prototypes")

    def test_as_cpp17_by_gcc(self):
        self.compile_each("g++", "-x", "c++", "-std=c++17")

    def test_as_cpp17_by_clang(self):
        self.compile_each("clang++", "-x", "c++", "-std=c++17")

    def test_the_umbrella_includes_every_header(self):
        umbrella = self.read("include", "polelookup", "polelookup.h")
        included = re.findall(r"#include <polelookup/(\w+\.h)>", umbrella)
        self.assertEqual(included, [file for file in self.headers() if file != "polelookup.h"])

    def test_the_layout_of_every_struct_is_pinned(self):
        pinned = set(re.findall(r"\{STRUCT\((\w+)\)", self.read("tests", "unit",
                                                               "test_abi_layout.c")))
        declared = set()
        for file in self.headers():
            text = re.sub(r"/\*.*?\*/", "", self.read("include", "polelookup", file), flags=re.S)
            declared |= set(re.findall(r"typedef struct(?:\s+\w+)?\s*\{[^{}]*\}\s*(\w+);", text))
        self.assertGreater(len(declared), 20)
        self.assertEqual(sorted(pinned), sorted(declared))

    def read(self, *path):
        with open(os.path.join(self.source, *path), encoding="utf-8") as handle:
            return handle.read()


if __name__ == "__main__":
    Headers.source = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)

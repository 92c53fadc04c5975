# SPDX-License-Identifier: MIT
"""What a new user types: the README's example and example/calls.sql, in SQLite's shell, in a folder
that holds the extension and the sample alone. And what leaves the file."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import BINDING, EXTENSION, SAMPLE


@unittest.skipUnless(shutil.which("sqlite3"), "the shell sqlite3 is not here")
class Shell(unittest.TestCase):
    maxDiff = None

    def type(self, script):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(EXTENSION, pathlib.Path(folder, "polelookup.so"))
            shutil.copy(SAMPLE, pathlib.Path(folder, "sample.plx"))
            run = subprocess.run(
                ["sqlite3", "-batch"], input=script, capture_output=True, encoding="utf-8",
                cwd=folder, check=False,
            )
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout

    def test_the_readmes_example_prints_what_it_says(self):
        readme = (BINDING / "README.md").read_text(encoding="utf-8")
        script = re.search(r"```sql\n(.*?)```", readme, re.DOTALL).group(1)
        printed = re.search(r"```text\n(.*?)```", readme, re.DOTALL).group(1)
        self.assertEqual(self.type(script), printed)

    def test_the_example_prints_what_it_did(self):
        script = (BINDING / "example/calls.sql").read_text(encoding="utf-8")
        self.assertEqual(self.type(script), (BINDING / "example/calls.out").read_text(encoding="utf-8"))


class File(unittest.TestCase):
    @unittest.skipUnless(shutil.which("nm"), "nm is not here")
    def test_only_the_entry_point_leaves_it(self):
        told = subprocess.run(
            ["nm", "-D", "--defined-only", EXTENSION], capture_output=True, encoding="utf-8", check=True
        )
        self.assertEqual([line.split()[-1] for line in told.stdout.splitlines()], ["sqlite3_polelookup_init"])

    @unittest.skipUnless(shutil.which("ldd"), "ldd is not here")
    def test_it_needs_no_other_library_than_libc(self):
        told = subprocess.run(["ldd", EXTENSION], capture_output=True, encoding="utf-8", check=True)
        names = {line.split()[0].split("/")[-1].split(".")[0] for line in told.stdout.splitlines()}
        self.assertLessEqual(names, {"linux-vdso", "libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"})

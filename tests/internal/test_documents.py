#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The documents say what the programs do: the README's C is the example that is compiled, its
answers are what the command prints, the manuals name every option and every function.

usage: test_documents.py SOURCE_DIR COMMAND SAMPLE_INDEX
POLE_DOCUMENTS_REFRESH=1 writes the transcripts anew instead: look at what `git diff` then says.
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest

REFRESH = os.environ.get("POLE_DOCUMENTS_REFRESH") == "1"
COMMANDS = "near within station between build verify info export learn".split()


class Documents(unittest.TestCase):
    source = command = sample = None

    def read(self, *path):
        with open(os.path.join(self.source, *path), encoding="utf-8") as handle:
            return handle.read()

    def run_command(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                       "POLELOOKUP_INDEX": self.sample}
        result = subprocess.run([self.command, *arguments], env=environment, capture_output=True,
                                text=True)
        self.assertIn(result.returncode, (0, 1, 3), result.stderr)
        return result.stdout

    def test_the_c_in_the_readme_is_the_example(self):
        blocks = re.findall(r"^```c\n(.*?)^```", self.read("README.md"), re.M | re.S)
        self.assertGreater(len(blocks), 0)
        example = self.read("examples", "lookup.c")
        for block in blocks:
            self.assertIn(block, example)

    def test_the_answers_in_the_readme_are_those_of_the_command(self):
        before = readme = self.read("README.md")
        blocks = re.findall(r"^```\n\$ build/bin/polelookup (.*?)\n(.*?)^```", readme, re.M | re.S)
        self.assertGreater(len(blocks), 0)
        for arguments, answer in blocks:
            printed = self.run_command(*arguments.split())
            readme = readme.replace("polelookup %s\n%s```" % (arguments, answer),
                                    "polelookup %s\n%s```" % (arguments, printed))
        self.same_or_new("README.md", before, readme)

    def test_the_transcripts_in_the_documents_are_what_happens(self):
        """A block ```csv NAME is a file; a block ```console holds commands after "$ " and all that
        they print. The blocks of a page run in order in one folder."""
        transcripts = 0
        for name in sorted(os.listdir(os.path.join(self.source, "docs"))):
            if not name.endswith(".md"):
                continue
            with tempfile.TemporaryDirectory() as folder:
                before = page = self.read("docs", name)
                for kind, body in re.findall(r"^```([^\n]*)\n(.*?)^```", page, re.M | re.S):
                    if kind.startswith("csv "):
                        with open(os.path.join(folder, kind[4:]), "w", encoding="utf-8") as out:
                            out.write(body)
                    elif kind == "console":
                        transcripts += 1
                        printed = self.run_transcript(folder, body)
                        page = page.replace("```console\n%s```" % body,
                                            "```console\n%s```" % printed)
                self.same_or_new(os.path.join("docs", name), before, page)
        self.assertGreater(transcripts, 0)

    def same_or_new(self, name, text, printed):
        if REFRESH and printed != text:
            with open(os.path.join(self.source, name), "w", encoding="utf-8") as out:
                out.write(printed)
        elif not REFRESH:
            self.maxDiff = None
            self.assertEqual(printed, text, name)

    def run_transcript(self, folder, body):
        environment = {"PATH": os.path.dirname(self.command) + ":" + os.environ["PATH"],
                       "LC_ALL": "C.UTF-8", "POLELOOKUP_INDEX": self.sample}
        for name in ("LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        printed = ""
        for line in body.splitlines():
            if line.startswith("$ "):
                done = subprocess.run(line[2:], shell=True, cwd=folder, env=environment, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                printed += line + "\n" + done.stdout
        return printed

    def test_the_manual_names_every_option(self):
        manual = self.read("docs", "man", "polelookup.1")
        for command in [[], *([name] for name in COMMANDS)]:
            text = self.run_command(*command, "--help")
            for option in re.findall(r"(?<![\w-])--([a-z][a-z-]+)", text):
                self.assertRegex(manual, r"Fl Fl %s\b" % option, " ".join(command))

    def test_the_help_of_each_command_fits_on_one_screen(self):
        for command in [[], *([name] for name in COMMANDS)]:
            lines = self.run_command(*command, "--help").splitlines()
            self.assertLessEqual(len(lines), 24, command)

    def test_the_manual_names_every_function(self):
        manual = self.read("docs", "man", "polelookup.3")
        folder = os.path.join(self.source, "include", "polelookup")
        for file in sorted(os.listdir(folder)):
            text = re.sub(r"/\*.*?\*/", "", self.read("include", "polelookup", file), flags=re.S)
            for declaration in re.findall(r"\bPOLE_API (?!__)([^;{]*);", text):
                name = re.search(r"(\w+)\s*\(", declaration).group(1)
                self.assertRegex(manual, r"\.Fn %s\b" % name)

    def test_links_between_documents_lead_somewhere(self):
        names = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "THIRD-PARTY.md"]
        names += ["docs/" + name for name in os.listdir(os.path.join(self.source, "docs"))
                  if name.endswith(".md")]
        for name in names:
            folder = os.path.dirname(os.path.join(self.source, name))
            for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", self.read(name)):
                self.assertTrue(os.path.exists(os.path.join(folder, link)),
                                "%s -> %s" % (name, link))


if __name__ == "__main__":
    Documents.source, Documents.command, Documents.sample = (
        os.path.abspath(path) for path in sys.argv[1:4])
    unittest.main(argv=sys.argv[:1], verbosity=2)

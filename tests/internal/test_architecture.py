#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the layout of the library: which folder may know which.

An arrow is an #include line, or a name that one object takes from another. Arrows go down, as
docs/design.md draws them; what breaks one is named with both its ends. The same script looks for
what no part of the library may do: keep state, print, read a clock, allocate or touch files behind
the back of the two files that are there for it.

usage: test_architecture.py SOURCE_DIR BUILD_DIR
"""

import os
import re
import subprocess
import sys
import unittest

# What each folder of lib/ may use beside itself and base: a folder, or one file of a folder.
MAY_USE = {
    "base": [],
    "geo": [],
    "formats": [],
    "plx": [],
    "speech": [],
    "adapters": [],
    "index": ["plx", "geo"],
    "lookup": ["index", "geo", "formats", "speech"],
    "resolve": ["lookup", "speech", "index", "geo", "formats"],
    "build": ["resolve", "lookup", "index", "formats", "geo"],
    "match": ["resolve", "lookup", "speech", "index", "geo"],
    "report": ["lookup", "index", "formats", "geo"],
    "arrow": ["match", "lookup", "index", "formats"],
    "bulk": ["match", "report", "resolve", "lookup", "index", "formats"],
}
# Folders that know no pole, code or station, and the public words that they may speak.
PUBLIC_WORDS = {
    "base": ["types"],
    "geo": ["types", "crs", "adapters"],
    "formats": ["types", "adapters"],
    "plx": ["types"],
    "speech": ["types", "speech"],
    "adapters": ["types", "adapters"],
}
# The rooms of the index, one section of the file each, and the only ones that know another.
ROOMS = {
    "aliases": ["strings"],
    "areas": ["stations", "strings"],
    "assignments": [],
    "attributes": ["strings"],
    "codes": [],
    "doubt": [],
    "positions": [],
    "provenance": ["strings"],
    "scheme": ["strings"],
    "stations": ["scheme", "strings"],
    "strings": [],
    "tree": ["positions"],
}
FOREIGN_HEADERS = [
    (re.compile(r"^(proj|geos_c|gdal|cpl_|ogr_|geodesic\.h)"), re.compile(r"^lib/adapters/")),
    (re.compile(r"^(libdeflate|xxhash)"), re.compile(r"^lib/base/checksum\.c$")),
]
# Functions of the C library that only some files may call, and why.
FILES = """open openat creat fopen freopen fdopen fclose fread fwrite fgets getline read write pread
    pwrite readv writev lseek fseek fseeko close stat fstat lstat fstatat access unlink unlinkat
    remove rename renameat link symlink mkdir rmdir opendir readdir mkstemp mkostemp tmpfile mmap
    munmap madvise posix_fadvise fsync fdatasync ftruncate truncate flock lockf fcntl fchmod chmod
    realpath""".split()
MEMORY = """malloc calloc realloc reallocarray free strdup strndup aligned_alloc posix_memalign
    asprintf vasprintf""".split()
NEVER = """printf vprintf fprintf vfprintf puts putchar perror exit _exit _Exit abort getenv
    secure_getenv setenv setlocale uselocale localeconv time clock gettimeofday clock_gettime
    localtime localtime_r gmtime gmtime_r mktime strftime strtod strtof strtold atof sscanf
    __isoc99_sscanf strtok rand srand random signal sigaction system
    fork popen dlopen sleep nanosleep strerror alloca""".split()
THREADS = "pthread_create thrd_create".split()
OWNERS = [
    (FILES, re.compile(r"^base/disk[a-z_]*$"), "only lib/base/disk*.c touches files"),
    (MEMORY, re.compile(r"^base/memory$"), "only lib/base/memory.c allocates"),
    (THREADS, re.compile(r"^bulk/turns$"), "only lib/bulk/turns.c starts threads"),
    (NEVER, re.compile(r"^$"), "no part of the library may"),
]


def allowed(folder, target):
    """May a file of lib/folder use target ("folder/name")?"""
    other = target.split("/")[0]
    uses = MAY_USE[folder]
    return other == folder or other in uses or target in uses or (
        other == "base" and folder != "adapters")


def includes(text):
    """The include lines of a text: (is_quoted, name)."""
    found = re.findall(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', text, re.M)
    return [(mark == '"', name) for mark, name in found]


def room_of(name):
    return name if name in ROOMS else None


def check_lib_include(path, quoted, name):
    """What is wrong with one include of a file in lib/, or None."""
    folder, file = path.split("/")[1:3]
    if not quoted and name.startswith("polelookup/"):
        words = PUBLIC_WORDS.get(folder)
        if name == "polelookup/polelookup.h" or (
                words is not None and name[len("polelookup/"):-2] not in words):
            return "%s -> <%s>: lib/%s does not speak of that" % (path, name, folder)
        return None
    if not quoted:
        for header, owner in FOREIGN_HEADERS:
            if header.match(name) and not owner.match(path):
                return "%s -> <%s>: another file is there for it" % (path, name)
        return None
    if name.split("/")[0] not in MAY_USE:
        return None if re.fullmatch(r"[a-z0-9_]+\.(h|inc)", name) else (
            '%s -> "%s": written "folder/name.h" from lib/' % (path, name))
    if not allowed(folder, name[:-2]):
        return '%s -> "%s": lib/%s may not use lib/%s' % (path, name, folder, name.split("/")[0])
    mine, other = room_of(file.rsplit(".", 1)[0]), room_of(name[len("index/"):-2])
    if folder == "index" and mine and other and mine != other and other not in ROOMS[mine]:
        return '%s -> "%s": a room of the index does not know that room' % (path, name)
    return None


def check_include(path, quoted, name, is_in_lib):
    """What is wrong with one include of a file anywhere in the tree, or None."""
    if path.startswith("lib/"):
        return check_lib_include(path, quoted, name)
    if path.startswith("include/"):
        standard = ("stddef.h", "stdint.h", "polelookup/")
        fine = not quoted and name.startswith(standard)
        return None if fine else "%s -> %s: a public header needs no more than C" % (path, name)
    outside = path.startswith(("tools/", "examples/", "bindings/", "tests/unit/"))
    if outside and quoted and is_in_lib(name):
        return '%s -> "lib/%s": only public headers here' % (path, name)
    return None


def circles(graph):
    """Groups of two or more nodes of {node: set of nodes} that reach each other (Tarjan)."""
    order, low, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            group = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def check_names(undefined, definer):
    """undefined: {"folder/file": names it takes}; definer: {name: "folder/file"}."""
    wrong = []
    for user, names in sorted(undefined.items()):
        for name in sorted(names):
            plain = name[:-2] if name.endswith("64") else name
            for functions, owner, reason in OWNERS:
                if plain in functions and not owner.match(user):
                    wrong.append("lib/%s -> %s(): %s" % (user, name, reason))
            target = definer.get(name)
            if target and not allowed(user.split("/")[0], target):
                wrong.append("lib/%s -> lib/%s (%s): lib/%s may not use lib/%s" % (
                    user, target, name, user.split("/")[0], target.split("/")[0]))
    return wrong


def read_objects(folder):
    """{"folder/file": (names defined, names undefined, sizes of writable sections)}."""
    objects = {}
    for where, _, files in os.walk(folder):
        for file in files:
            if file.endswith(".c.o"):
                objects[os.path.join(where, file)] = set(), set(), {}
    if not objects:
        return {}
    for line in run("nm", "-P", "-A", *objects).splitlines():
        path, name, kind = re.match(r"(.*?\.o)(?:\[.*\])?: (\S+) (\w)", line).groups()
        if kind == "U":
            objects[path][1].add(name)
        elif kind.isupper():
            objects[path][0].add(name)
    path = None
    for line in run("objdump", "-h", *objects).splitlines():
        heading = re.match(r"(.*\.o): +file format", line)
        section = re.match(r" *\d+ (\.(?:t?data|t?bss)\S*) +([0-9a-f]+)", line)
        if heading:
            path = heading.group(1)
        elif section and not section.group(1).startswith(".data.rel.ro"):
            if int(section.group(2), 16) > 0:
                objects[path][2][section.group(1)] = int(section.group(2), 16)
    return {os.path.relpath(path, folder)[:-len(".c.o")]: found for path, found in objects.items()}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class TheTree(unittest.TestCase):
    source = build = None

    def test_no_include_line_goes_up_or_sideways(self):
        wrong, seen = [], 0
        is_in_lib = lambda name: os.path.exists(os.path.join(self.source, "lib", name))
        for path, text in self.files("include", "lib", "tools", "examples", "bindings", "tests"):
            for quoted, name in includes(text):
                seen += 1
                problem = check_include(path, quoted, name, is_in_lib)
                if problem:
                    wrong.append(problem)
        self.assertGreater(seen, 100, "hardly any include line was found")
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_headers_include_each_other_without_circles(self):
        graph = {}
        for path, text in self.files("include", "lib"):
            if path.endswith(".h"):
                roots = "lib/", "include/"
                graph[path] = {root + name for _, name in includes(text) for root in roots}
        self.assertEqual(circles(graph), [])

    def test_no_object_takes_a_name_from_above_or_beside(self):
        objects = self.core_objects()
        definer = {name: file for file, (names, _, _) in objects.items() for name in names}
        wrong = check_names({file: names for file, (_, names, _) in objects.items()}, definer)
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_objects_call_each_other_without_circles(self):
        objects = self.core_objects()
        definer = {name: file for file, (names, _, _) in objects.items() for name in names}
        graph = {file: {definer[name] for name in names if name in definer}
                 for file, (_, names, _) in objects.items()}
        self.assertEqual(circles(graph), [])

    def test_no_object_keeps_state_between_calls(self):
        wrong = ["lib/%s.c has %s" % (file, writable)
                 for file, (_, _, writable) in sorted(self.core_objects().items()) if writable]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_adapters_take_nothing_from_the_core(self):
        folder = os.path.join(self.build, "lib/adapters/CMakeFiles")
        objects = read_objects(folder)
        if not objects:
            self.skipTest("libpolelookup_geo is not part of this build")
        own = set().union(*(names for names, _, _ in objects.values()))
        wrong = ["%s -> %s" % (file, name)
                 for file, (_, names, _) in sorted(objects.items())
                 for name in sorted(names) if name.startswith("pole_") and name not in own]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def files(self, *folders):
        for folder in folders:
            for where, _, files in os.walk(os.path.join(self.source, folder)):
                for file in sorted(files):
                    if file.endswith((".c", ".h")):
                        path = os.path.join(where, file)
                        with open(path, encoding="utf-8") as handle:
                            yield os.path.relpath(path, self.source), handle.read()

    def core_objects(self):
        objects = read_objects(os.path.join(self.build, "lib/CMakeFiles/polelookup_objects.dir"))
        self.assertGreater(len(objects), 10, "hardly any object was found")
        return objects


class ABrokenTree(unittest.TestCase):
    """The rules find what they are for."""

    def problem(self, path, line, is_in_lib=lambda name: True):
        [(quoted, name)] = includes(line)
        return check_include(path, quoted, name, is_in_lib)

    def test_an_include_of_an_upper_floor_is_found(self):
        self.assertIn("may not use lib/lookup",
                      self.problem("lib/index/open.c", '#include "lookup/find.h"'))
        self.assertIn("may not use lib/geo", self.problem("lib/plx/a.c", '# include "geo/ring.h"'))
        self.assertIn("may not use lib/base", self.problem("lib/adapters/proj.c",
                                                           '#include "base/memory.h"'))
        self.assertIsNone(self.problem("lib/index/open.c", '#include "plx/layout.h"'))

    def test_a_lower_floor_that_speaks_of_poles_is_found(self):
        self.assertIn("does not speak",
                      self.problem("lib/formats/a.c", "#include <polelookup/lookup.h>"))
        self.assertIsNone(self.problem("lib/formats/a.c", "#include <polelookup/types.h>"))

    def test_a_foreign_header_outside_its_file_is_found(self):
        self.assertIn("another file", self.problem("lib/geo/crs.c", "#include <proj.h>"))
        self.assertIsNone(self.problem("lib/adapters/proj.c", "#include <proj.h>"))

    def test_a_room_that_knows_its_neighbour_is_found(self):
        self.assertIn("does not know",
                      self.problem("lib/index/codes.c", '#include "index/areas.h"'))
        self.assertIsNone(self.problem("lib/index/open.c", '#include "index/areas.h"'))

    def test_a_program_that_includes_the_inside_is_found(self):
        for path in "tools/command/main.c", "examples/lookup.c", "tests/unit/test_near.c":
            self.assertIn("only public",
                          self.problem(path, '#include "base/memory.h"'))
        self.assertIsNone(self.problem("tools/command/main.c", '#include "options.h"',
                                       lambda name: False))

    def test_a_name_from_above_is_found(self):
        wrong = check_names({"index/open": {"pole_describe"}}, {"pole_describe": "lookup/describe"})
        self.assertEqual(len(wrong), 1)
        self.assertIn("lib/index/open -> lib/lookup/describe (pole_describe)", wrong[0])

    def test_calls_behind_the_librarys_back_are_found(self):
        for name in "open64", "malloc", "getenv", "printf":
            self.assertEqual(len(check_names({"index/open": {name}}, {})), 1, name)
        self.assertEqual(check_names({"base/disk_write": {"open64", "fsync"},
                                      "base/memory": {"malloc"}}, {}), [])

    def test_a_circle_is_found(self):
        graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
        self.assertEqual(circles(graph), [["b", "c"]])


if __name__ == "__main__":
    TheTree.source, TheTree.build = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)

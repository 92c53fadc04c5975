#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the libraries show to the world, and what they ask of it.

Exactly the functions that the public headers declare leave the shared libraries; nothing but
pole_ names can clash with a host's own; and the core loads no library but libc, libm, libdeflate.

usage: test_symbols.py SOURCE_DIR CORE_SO CORE_A [GEO_SO]
"""

import os
import re
import subprocess
import sys
import unittest

GEO = {"pole_geo_adapters"}


def declared(folder):
    """The names of all POLE_API functions of the public headers."""
    names = set()
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as handle:
            text = re.sub(r"/\*.*?\*/", "", handle.read(), flags=re.S)
        text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.M)
        for declaration in re.findall(r"\bPOLE_API\b([^;{]*);", text):
            names.add(re.search(r"(\w+)\s*\(", declaration).group(1))
    return names


def names_of(listing):
    """{name: kind} of a POSIX nm listing."""
    found = {}
    for line in listing.splitlines():
        words = line.split()
        if len(words) >= 2 and len(words[1]) == 1:
            found[words[0].split("@")[0]] = words[1]
    return found


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported(library):
    return set(names_of(run("nm", "-P", "-D", "--defined-only", library)))


def dynamic(library, tag):
    return re.findall(r"\(%s\).*\[(.*)\]" % tag, run("readelf", "-d", library))


class Symbols(unittest.TestCase):
    headers = core = static = geo = None

    def test_the_core_exports_what_its_headers_declare(self):
        names = declared(self.headers) - GEO
        self.assertGreater(len(names), 40)
        found = exported(self.core)
        self.assertEqual(sorted(names - found), [], "declared, and not exported")
        self.assertEqual(sorted(found - names), [], "exported, and not declared")

    def test_the_core_lacks_no_name_of_its_own(self):
        names = names_of(run("nm", "-P", "-D", "--undefined-only", self.core))
        self.assertEqual([name for name in names if name.startswith("pole_")], [])

    def test_the_adapters_export_one_name(self):
        if not self.geo:
            self.skipTest("libpolelookup_geo is not part of this build")
        self.assertEqual(exported(self.geo), GEO)

    def test_the_static_library_defines_only_names_with_the_prefix(self):
        names = names_of(run("nm", "-P", "--defined-only", "--extern-only", self.static))
        strangers = [name for name in names if not name.startswith("pole_")]
        self.assertEqual(strangers, [])
        self.assertEqual(sorted(declared(self.headers) - GEO - set(names)), [])

    def test_the_core_needs_only_libc_libm_and_libdeflate(self):
        allowed = re.compile(r"^(libc|libm|libdeflate|ld-linux[-a-z0-9_]*)\.so\.\d+$")
        strangers = [name for name in dynamic(self.core, "NEEDED") if not allowed.match(name)]
        self.assertEqual(strangers, [])

    def test_the_names_of_the_libraries_carry_the_abi_number(self):
        self.assertEqual(dynamic(self.core, "SONAME"), ["libpolelookup.so.0"])
        if self.geo:
            self.assertEqual(dynamic(self.geo, "SONAME"), ["libpolelookup_geo.so.0"])


if __name__ == "__main__":
    arguments = [os.path.abspath(path) for path in sys.argv[1:]]
    Symbols.headers = os.path.join(arguments[0], "include", "polelookup")
    Symbols.core, Symbols.static = arguments[1:3]
    Symbols.geo = arguments[3] if len(arguments) > 3 else None
    unittest.main(argv=sys.argv[:1], verbosity=2)

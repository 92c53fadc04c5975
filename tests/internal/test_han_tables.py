#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of Chinese characters are what tools/words/make_pinyin.py makes, and sound in
themselves: a character that is lost there is a street that cannot be said.

The first needs Unihan 15.0 in /usr/share/unicode (Debian: unicode-data); without it: skipped.

usage: test_han_tables.py SOURCE_DIR [UNITTEST OPTION ...]
"""

import os
import subprocess
import sys
import tempfile
import unittest

UNIHAN = "/usr/share/unicode"
VERSION = "# Unicode version: 15.0.0"


def rows(name):
    with open(os.path.join(HanTables.words, name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def gb2312():
    """The characters of GB 2312, by Python's own table."""
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return found


class HanTables(unittest.TestCase):
    def test_every_character_of_gb_2312_has_a_sound(self):
        read = {character for _, _, characters in rows("pinyin.tsv") for character in characters}
        self.assertEqual(read - gb2312(), set())
        self.assertEqual(gb2312() - read, {"嗯"})  # ng: a noise, and no name's

    def test_no_character_stands_twice_in_a_row_or_in_a_fourth(self):
        count = {}
        for initial, final, characters in rows("pinyin.tsv"):
            self.assertEqual(len(set(characters)), len(characters), initial + final)
            for character in characters:
                count[character] = count.get(character, 0) + 1
        self.assertLessEqual(max(count.values()), 3)  # POLE_MOST_SOUNDS

    def test_names_are_read_as_people_read_them(self):
        """Polyphones of street names, in all of the readings that names have."""
        sounds = {}
        for initial, final, characters in rows("pinyin.tsv"):
            for character in characters:
                sounds.setdefault(character, set()).add((initial + final).replace("none", ""))
        for character, wanted in {"长": {"chang", "zhang"}, "行": {"xing", "hang"}, "都": {"dou"},
                                  "重": {"zhong", "chong"}, "乐": {"le", "ve"}, "哈": {"ha"},
                                  "朝": {"chao", "zhao"}, "厦": {"sha", "xia"},
                                  "堡": {"bao", "pu"}, "街": {"jie"}, "路": {"lu"}}.items():
            self.assertLessEqual(wanted, sounds[character], character)

    def test_a_traditional_form_has_one_simplified_one(self):
        seen = set()
        known = gb2312()
        for simplified, forms in rows("traditional.tsv"):
            self.assertIn(simplified, known)
            for form in forms:
                self.assertNotIn(form, seen)
                seen.add(form)
        self.assertLessEqual(set("長樂後臺廣東龍區縣橋"), seen)

    def test_the_script_makes_the_tables(self):
        if not os.path.exists(os.path.join(UNIHAN, "Unihan_Readings.txt.bz2")):
            print("SKIPPED: no Unihan in %s: install unicode-data" % UNIHAN)
            return
        head = subprocess.run(["bzcat", os.path.join(UNIHAN, "Unihan_Readings.txt.bz2")],
                              capture_output=True, check=True).stdout[:400].decode("utf-8")
        if VERSION not in head:
            print("SKIPPED: the Unihan in %s is of another version than the tables" % UNIHAN)
            return
        script = os.path.join(self.words, "../../tools/words/make_pinyin.py")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, script, UNIHAN, folder], check=True,
                           capture_output=True)
            for name in "pinyin.tsv", "traditional.tsv":
                with open(os.path.join(folder, name), "rb") as made, \
                        open(os.path.join(self.words, name), "rb") as kept:
                    self.assertEqual(made.read(), kept.read(), name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    HanTables.words = os.path.join(sys.argv[1], "data/words")
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Streets as said, on the names of a real city: Harbin's in OpenStreetMap.

Invented names are kinder than real ones: these have brothers that differ in an ordinal, a
direction or a type, brackets, figures, English behind a dash. Every name must find itself; a name
misheard by a neighbouring sound must mostly; and a name that the index lacks must not lift any
street beyond what the bounds allow.

The map is looked for in $POLELOOKUP_REAL_DATA, else beside the sources; without it: skipped.

usage: test_street_real.py STREET_DUMP POLELOOKUP SOURCE_DIR [UNITTEST OPTION ...]
"""

import csv
import gzip
import os
import random
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict

SEED = int(os.environ.get("POLE_TEST_SEED") or "20081107", 0)
SPAN = 50.0


def sounds_of(source):
    """Characters by sound, and the first sound of each, from the project's table."""
    by_sound, of = defaultdict(str), {}
    with open(os.path.join(source, "data/words/pinyin.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                initial, final, characters = line.rstrip("\n").split("\t")
                by_sound[initial, final] = characters
                for character in characters:
                    of.setdefault(character, (initial, final))
    return by_sound, of


class RealStreets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.random = random.Random(SEED)
        print("POLE_TEST_SEED=%d" % SEED)
        with gzip.open(os.path.join(cls.data, "harbin_osm/roads.csv.gz"), "rt",
                       encoding="utf-8") as file:
            names = {row["name"].strip() for row in csv.DictReader(file)} - {""}
        cls.names = sorted(names)
        cls.random.shuffle(cls.names)
        cls.folder = tempfile.TemporaryDirectory()
        cls.known, cls.unknown = cls.names[:1000], cls.names[1000:]
        cls.all_index = cls.build("all", cls.names)
        cls.part_index = cls.build("part", cls.known)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def build(cls, name, streets):
        table = os.path.join(cls.folder.name, name + ".csv")
        with open(table, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["code", "lat", "lon", "street"])
            for i, street in enumerate(streets):
                rows.writerow(["%07d" % (1000001 + 100 * i), "%.6f" % (45.7 + i % 100 * 0.002),
                               "%.6f" % (126.5 + i // 100 * 0.002), street])
        index = os.path.join(cls.folder.name, name + ".plx")
        subprocess.run([cls.command, "build", "-q", "--from-crs", "EPSG:4326", "--poles", table,
                        "-o", index], check=True, capture_output=True)
        return index

    def told(self, index, texts):
        out = subprocess.run([self.dump, index], input="\n".join(texts) + "\n",
                             capture_output=True, check=True, text=True, encoding="utf-8").stdout
        rows = [line.split("\t") for line in out.splitlines()]
        self.assertEqual(len(rows), len(texts))
        return [(best, float(cost), float(ratio), float(least)) for best, cost, ratio, least in rows]

    def test_every_name_finds_itself(self):
        missed = []
        for name, (best, cost, ratio, _) in zip(self.names, self.told(self.all_index, self.names)):
            # Two spellings of one street, with English behind a dash, are as good as each other.
            if cost != 0 or (best != name and best.split(" - ")[0] != name.split(" - ")[0]):
                missed.append("%s: %s %.2f" % (name, best, cost))
        print("%d names, %d find another first: %s" % (len(self.names), len(missed), missed[:9]))
        # What differs by brackets alone, or by a figure that only one of two has.
        self.assertLessEqual(len(missed), len(self.names) // 100)

    def misheard(self, name, by_sound, of):
        """One syllable, not of the last two, as a neighbour; None when the name has none."""
        pairs = {"zh": "z", "z": "zh", "ch": "c", "c": "ch", "sh": "s", "s": "sh", "n": "l",
                 "l": "n"}
        places = [i for i, c in enumerate(name[:-2]) if c in of and c not in "一二三四五六七八九十头第"]
        if not places:
            return None
        place = self.random.choice(places)
        initial, final = of[name[place]]
        sounds = [(initial, final), (pairs.get(initial, initial), final),
                  (initial, final[:-1] if final.endswith("ng") else final + "g")]
        sound = self.random.choice([s for s in sounds if s in by_sound])
        return name[:place] + self.random.choice(by_sound[sound]) + name[place + 1:]

    def test_a_misheard_name_finds_itself_mostly(self):
        by_sound, of = sounds_of(self.source)
        pairs = [(name, self.misheard(name, by_sound, of)) for name in self.names]
        pairs = [(name, said) for name, said in pairs if said]
        told = self.told(self.all_index, [said for _, said in pairs])
        found = sum(best == name for (name, _), (best, *_) in zip(pairs, told))
        print("%d misheard, %.1f %% found first" % (len(pairs), 100 * found / len(pairs)))
        self.assertGreater(found, 0.93 * len(pairs))

    def test_a_name_that_is_not_there_stays_within_the_bounds(self):
        told = self.told(self.part_index, self.unknown)
        for name, (best, _, ratio, least) in zip(self.unknown, told):
            self.assertLessEqual(ratio, SPAN ** 0.5 + 1e-3, name)
            self.assertLessEqual(ratio / least, SPAN + 1e-3, name)
            if not best:
                self.assertEqual((ratio, least), (1.0, 1.0), name)
        unmatched = sum(not best for best, *_ in told)
        print("%d names that the index lacks: %.0f %% unmatched" %
              (len(told), 100 * unmatched / len(told)))
        # The others have a brother in the index: another ordinal, direction or type.
        self.assertGreater(unmatched, 0.45 * len(told))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    RealStreets.dump, RealStreets.command, RealStreets.source = sys.argv[1:4]
    RealStreets.data = os.environ.get("POLELOOKUP_REAL_DATA") or os.path.join(
        RealStreets.source, "../shared/data/real")
    if not os.path.exists(os.path.join(RealStreets.data, "harbin_osm/roads.csv.gz")):
        print("SKIPPED: no harbin_osm in %s: set POLELOOKUP_REAL_DATA to the folder of real data" %
              RealStreets.data)
        sys.exit(0)
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes data/words/pinyin.tsv and data/words/traditional.tsv from the Unihan database.

usage: make_pinyin.py UNIHAN_DIR DATA_WORDS_DIR

UNIHAN_DIR holds Unihan_Readings.txt and Unihan_Variants.txt, plain or .bz2: the Debian package
unicode-data has them in /usr/share/unicode. Run by hand when the tables are to change; the build
reads only what it wrote.

Which characters: those of GB 2312, which hold every street name of a Chinese table, and the
traditional forms (of Big5) of these. Which readings: the customary one (kMandarin), every other
that makes up 2 % or more of what was counted in texts (kHanyuPinlu), and the few of EXTRA, which
place names keep though texts do not. Tones are left out: callers and recognisers confuse them, and
pinyin is mostly written without.
"""

import bz2
import os
import re
import sys
import unicodedata
from collections import defaultdict

EXTRA = {"厦": ["xia"], "堡": ["pu"], "六": ["lu"], "番": ["pan"], "乐": ["yue"], "蚌": ["beng"],
         "尉": ["yu"], "莘": ["xin"], "台": ["tai"], "解": ["xie"], "朴": ["piao", "pu"]}
INITIALS = ["zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x",
            "r", "z", "c", "s"]
# A syllable without an initial is written with y or w; these are the finals that are meant.
BARE = {"yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian", "yin": "in",
        "yang": "iang", "ying": "ing", "yong": "iong", "yu": "v", "yue": "ve", "yuan": "van",
        "yun": "vn", "yo": "o", "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui",
        "wan": "uan", "wen": "un", "wang": "uang", "weng": "ueng"}
FINALS = set("""a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo
    uai ui uan un uang ueng v ve van vn""".split())


def lines_of(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        opened = open(path, encoding="utf-8")
    else:
        opened = bz2.open(path + ".bz2", "rt", encoding="utf-8")
    with opened as file:
        for line in file:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield chr(int(code[2:], 16)), field, value


def toneless(text):
    text = unicodedata.normalize("NFD", text.lower().replace("ü", "v"))
    text = text.replace("u\u0308", "v")
    return re.sub("[^a-z]", "", text)


def split(syllable):
    """Initial ("none" when there is none) and final; None for the few that are only noises."""
    if syllable in BARE:
        return "none", BARE[syllable]
    initial = next((i for i in INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial):]
    if initial in ("j", "q", "x"):
        final = {"u": "v", "ue": "ve", "uan": "van", "un": "vn"}.get(final, final)
    if initial in ("n", "l") and final == "ue":
        final = "ve"
    return (initial or "none", final) if final in FINALS else None


def in_charset(character, charset):
    try:
        return len(character.encode(charset)) == 2
    except UnicodeEncodeError:
        return False


def readings_of(folder):
    customary, counted = defaultdict(list), defaultdict(dict)
    for character, field, value in lines_of(folder, "Unihan_Readings.txt"):
        if field == "kMandarin":
            customary[character] += [toneless(r) for r in value.split()[:1]]
        elif field == "kHanyuPinlu":
            for reading, count in re.findall(r"(\S+?)\((\d+)\)", value):
                counts = counted[character]
                counts[toneless(reading)] = counts.get(toneless(reading), 0) + int(count)
    for character, counts in counted.items():
        total = sum(counts.values())
        customary[character] += [r for r, count in counts.items() if count * 50 >= total]
    for character, readings in EXTRA.items():
        customary[character] += readings
    return customary


def traditional_of(folder, simplified):
    pairs = {}
    for character, field, value in lines_of(folder, "Unihan_Variants.txt"):
        if field != "kSimplifiedVariant":
            continue
        targets = [chr(int(v[2:], 16)) for v in value.split()]
        if character in targets:
            continue
        targets = [t for t in targets if t in simplified]
        if targets and in_charset(character, "big5"):
            pairs[character] = targets[0]
    return pairs


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("# SPDX-License-Identifier: MIT AND Unicode-DFS-2016\n")
        file.write("# Made by tools/words/make_pinyin.py from Unihan 15.0: do not edit.\n")
        file.write(head)
        for row in sorted(rows):
            file.write("\t".join(row) + "\n")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = sys.argv[1:]
    simplified = {chr(c) for c in range(0x4E00, 0xA000) if in_charset(chr(c), "gb2312")}
    readings = readings_of(source)
    by_sound = defaultdict(set)
    for character in simplified:
        sounds = {split(r) for r in readings[character]} - {None}
        if not sounds:
            sys.stderr.write("no reading: %s\n" % character)
        for sound in sounds:
            by_sound[sound].add(character)
    write(os.path.join(target, "pinyin.tsv"),
          "# initial, final, the characters of GB 2312 that are read so. A character may stand in\n"
          "# several rows. v is u with two dots.\n",
          ((i, f, "".join(sorted(c))) for (i, f), c in by_sound.items()))
    forms = defaultdict(set)
    for character, simple in traditional_of(source, simplified).items():
        forms[simple].add(character)
    write(os.path.join(target, "traditional.tsv"),
          "# a character of GB 2312, its traditional forms (of Big5)\n",
          ((simple, "".join(sorted(c))) for simple, c in forms.items()))


main()

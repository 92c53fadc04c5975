# SPDX-License-Identifier: MIT
"""Dirty logs, made from a seed, and a slow reading of them that shares nothing with the library.

A file of UTF-8 is handled as its bytes, each a character (latin-1), so that nothing is lost where
they are damaged; the others are decoded by Python."""

import re

from log_city import rows_of

BYTES = "latin-1"
CODES = ["1234567", "1234563", "1234565", "0012345", "1237701", "1237745", "1237797", "1244501",
         "54321", "12347", "12345", "1237731", "1237757", "1237720", "1234500", "1234560",
         "9999999", "00000", "123456", "12345678", "", "", " ", "无", "n/a", "1234567 ",
         "12 345 67", "幺二三四五六七", "１２３４５６７", "one two three four five six seven",
         "1234567号", "123456?", "098****4321", "098-7654-4321", "'1234567", "12-345-67", "x" * 5000,
         "1234\n567", 'the "1234567" one', "1234567,1234563", "\u00a01237703", "灯杆1237711旁",
         "1e6", "-1", "+1234567", "=1234567"]
NOTES = ["", "", "市民报警", "求助", "O'Brien", "a b", " ", "\t", "-", "№5", "\u3000", "１２３", "é",
         "𠮷", "x" * 70, "126.64", "0007", "=cmd|' /C calc'!A0", "</script><b>&amp;",
         "%s%n%d", "${HOME}`id`", "长" * 40, "null", "13812345678", "𝟙", "Ж", "\u200b", "\x1b[31m",
         "\\N", "a\\\"b", "#", "e\u0301"]
NAMES = ["id", "time", "note", "phone", "来电", "备注", "note", "match_status", "match_status_2",
         "station_id", "x" * 300, "", " ", "a,b;c|d\te", "line\nbreak", 'the "quoted"']
CODE_NAMES = ["code", "pole_code", "Lamp No.", "灯杆号", "灯杆编号", "编号", "ＣＯＤＥ"]
MARKS = {BYTES: b"\xef\xbb\xbf", "gb18030": b"\x84\x31\x95\x33", "utf-16-le": b"\xff\xfe",
         "utf-16-be": b"\xfe\xff"}
CALLED = {BYTES: "utf-8", "gb18030": "gb18030", "utf-16-le": "UTF-16LE", "utf-16-be": "utf16be"}
TRAIL_BYTES = "|@^~_`zA"


class Record:
    """A record as it stands: its text, its line end, its cells, whether a quote is left open."""

    __slots__ = ("text", "end", "cells", "unclosed")

    def __init__(self, text, end, unclosed):
        self.text, self.end, self.unclosed, self.cells = text, end, unclosed, None


def records_of(text, delimiter, quote):
    """Cuts a text by a grammar of its own; the cells are those of Python's csv."""
    d, q = re.escape(delimiter), re.escape(quote)
    plain = f"[^{d}\r\n]*"
    cell = re.compile(f"{q}(?P<in>[^{q}]*(?:{q}{q}[^{q}]*)*)(?:{q}{plain}|(?P<open>\\Z))|{plain}")
    line_end = re.compile("\r\n|\r|\n")
    found, at = [], 0
    while at < len(text):
        begin, unclosed = at, False
        while True:
            match = cell.match(text, at)
            unclosed = match.group("open") is not None
            at = match.end()
            if text[at:at + 1] != delimiter:
                break
            at += 1
        end = line_end.match(text, at)
        found.append(Record(text[begin:at], end.group() if end else "", unclosed))
        at = end.end() if end else at
    rows = rows_of(text, delimiter, quote)
    assert len(rows) == len(found), "the two readings differ"
    for record, row in zip(found, rows):
        record.cells = row
    return found


def keys_of(names):
    """The names, each once: a second "note" is "note_2"."""
    keys = []
    for name in names:
        number, key = 1, name
        while key in keys:
            number += 1
            key = "%s_%d" % (name, number)
        keys.append(key)
    return keys


class LogFile:
    """One generated file: .raw is what the command reads, .options what it is told."""

    def __init__(self, rng, longest):
        self.rng = rng
        self.encoding = rng.choice([BYTES] * 4 + ["gb18030"] * 3 + ["utf-16-le", "utf-16-be"])
        self.quote = '"'
        self.options = []
        self.width = rng.choice([1, 2, 3, 5, 5, 5, 8, 30])
        self.dirt = rng.choice([0, 0, 0.02, 0.1])
        self.delimiter = rng.choice(",,,\t;||")
        if self.encoding == "gb18030" and rng.random() < 0.4:
            self.delimiter = rng.choice(TRAIL_BYTES)
        elif rng.random() < 0.08:
            self.delimiter = rng.choice("^~.- z1'")
        self.ends = rng.choice([["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]])
        self.has_header = rng.random() < 0.75
        self.code = rng.randrange(self.width)
        self.lines = rng.choice([0, 1, 3, 40, 40, 40, 400, 400, 2500 if longest else 40])
        sniffed = self.delimiter in ",\t;|" and self.width > 1 and self.lines > 2
        if not sniffed or self.dirt > 0.02 or rng.random() < 0.3:
            self.options += ["--delimiter", self.delimiter]
        self.long_cell = rng.choice([0] * 60 + [5000, 300000, 1 << 20]) if self.lines < 400 else 0
        self.text = self.make_text()
        self.raw = self.make_raw()

    def escape(self, cell):
        needs = any(c in cell for c in (self.delimiter, "\r", "\n")) or cell[:1] == self.quote
        if self.rng.random() < 0.1 or needs:
            return self.quote + cell.replace(self.quote, self.quote * 2) + self.quote
        return cell

    def dirty_cell(self, cell):
        """Spoils a cell as people and programs do."""
        rng = self.rng
        if rng.random() < 0.4:
            return self.escape(cell + rng.choice(["\n", "\r\n", "\r", self.delimiter, self.quote,
                                                  "\n\n", self.quote * 2]))
        if rng.random() < 0.5:
            return self.escape("q" + self.delimiter) + rng.choice(["x", " ", self.quote + "x",
                                                                   "x" + self.quote])
        return self.escape(cell) + rng.choice(["\0", self.quote, "\0\0", "\x7f"])

    def row(self, cells, dirt):
        rng = self.rng
        cells = [self.dirty_cell(c) if rng.random() < dirt else self.escape(c) for c in cells]
        if rng.random() < dirt and len(cells) > 1:
            cells = cells[:-1] if rng.random() < 0.5 else cells + [rng.choice(["", "more"])]
        if self.width == 1 and cells == [""] and rng.random() < 0.5:
            cells = [self.quote * 2]
        return self.delimiter.join(cells)

    def call(self, number):
        rng = self.rng
        cells = [str(number)] + [rng.choice(NOTES) for _ in range(self.width - 1)]
        cells[self.code] = rng.choice(CODES[:12] if rng.random() < 0.7 else CODES)
        if self.long_cell and number == 1:
            at = rng.randrange(self.width)
            cells[at] = "%s%s" % (cells[at], rng.choice(["z", "长\n", '"', "1234567 "])
                                  * (self.long_cell // 2))
        return cells

    def header(self):
        names = [self.rng.choice(NAMES) for _ in range(self.width)]
        names[self.code] = self.rng.choice(CODE_NAMES)
        return self.delimiter.join(map(self.escape, names))

    def make_text(self):
        rng = self.rng
        lines = [self.header()] if self.has_header else []
        if not self.has_header:
            self.options += ["--no-header", "--column", "#%d" % (self.code + 1)]
        elif rng.random() < 0.3:
            self.options += ["--column", "#%d" % (self.code + 1)]
        for number in range(self.lines):
            # The first says how many columns there are.
            lines.append(self.row(self.call(number), self.dirt if lines else 0))
            if rng.random() < self.dirt:
                lines.append("")
        if rng.random() < 0.1:
            lines.insert(0, "")
        text = "".join(line + rng.choice(self.ends) for line in lines)
        if rng.random() < 0.3 and text:
            text = text.rstrip("\r\n")
            if lines[-1:] == [self.quote * 2]:
                text += "\n"
        elif rng.random() < 0.08 and self.lines > 1:
            text += rng.choice(["", "9" + self.delimiter]) + self.quote + "never closed" + rng.choice(
                ["\n", "", "\r\n\n", self.delimiter, self.quote * 2])
        if self.encoding == BYTES:
            text = text.encode("utf-8").decode(BYTES)
            if text and rng.random() < 0.1:
                first = next((self.told(line) for line in lines if line), "")
                text = self.spoil(text, text.find(first) + len(first))
        return text

    def spoil(self, text, start):
        """Puts bytes into UTF-8 that do not belong there; the first row stays."""
        self.options += ["--encoding", "utf-8"]
        for _ in range(self.rng.choice([1, 3, 50])):
            at = self.rng.randint(min(start + 1, len(text)), len(text))
            text = text[:at] + self.rng.choice(["\xff", "\xc0\xaf", "\xed\xa0\x80", "\x80",
                                                "\xe4\xb8", "\xf4\x90\x80\x80"]) + text[at:]
        return text

    def make_raw(self):
        rng = self.rng
        mark = MARKS[self.encoding] if rng.random() < 0.3 else b""
        # An encoding is only found out where the text tells it.
        tells = (mark and self.encoding != "gb18030") or self.encoding == BYTES
        if "--encoding" not in self.options and (not tells or rng.random() < 0.2):
            self.options += ["--encoding", CALLED[self.encoding]]
        self.mark = mark
        return mark + self.text.encode(self.encoding)

    def told(self, cell):
        """Text as it stands in this file's characters."""
        return cell.encode("utf-8").decode(BYTES) if self.encoding == BYTES else cell

    def asked(self, cell):
        """A cell as bytes of UTF-8, as the command would be asked."""
        return cell.encode(BYTES if self.encoding == BYTES else "utf-8")

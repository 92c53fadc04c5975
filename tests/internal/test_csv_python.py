#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The CSV reader against Python's csv module, an independent one, on generated dirty files.

Cells, the lines that a record ends on, and the place of every cell in the raw bytes are compared,
in four encodings. What Python is silent about (an unclosed quote, text behind a closing quote, bad
bytes, NUL) must be marked; what it reads without ado must not be.

usage: test_csv_python.py TABLE_DUMP [UNITTEST OPTION ...]
"""

import codecs
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

SHORT, LONG, BLANK, BAD, NUL, UNCLOSED, AFTER, TOO_LONG = (1 << i for i in range(8))
FILES = 300
SEED = int(os.environ.get("POLE_TEST_SEED") or "20081107", 0)
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
WORDS = ["", "", "0012345", "45.7712345", "126.64", "靖宇街", "道里区", " ", "a b", "O'Brien",
         "ﾊ", "№5", "😀", "\u3000", "x" * 70, "-", "１２３", "1e-7", "é", "\ufeff"]

codecs.register_error("each_byte", lambda e: ("\ufffd", e.start + 1))


def dirty_text(rng, delimiter, quote):
    """Rows of cells, quoted or not, rightly or wrongly."""
    ends = rng.choice([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]])
    width = rng.randint(1, 8)
    dirt = rng.choice([0, 0, 0.02, 0.1])
    others = [c for c in ",;\t|" if c != delimiter]
    parts = []
    for _ in range(rng.choice([0, 1, 3, 40, 40, 400])):
        cells = []
        for _ in range(max(0, width + (rng.choice([-1, 1]) if rng.random() < dirt else 0))):
            cell = "".join(rng.choice(WORDS) for _ in range(rng.choice([1, 1, 1, 2])))
            if rng.random() < 0.1:
                cell += rng.choice(others + ["'", '"'])
            if rng.random() < dirt:
                cell += rng.choice([quote, quote * 2, "\0", delimiter, "\r", "\n"])
            needs = any(c in cell for c in (delimiter, quote, "\r", "\n"))
            if rng.random() < 0.1 or (needs and rng.random() >= dirt):
                if rng.random() < 0.3:
                    cell += rng.choice(["\n", "\r\n", "\r", delimiter, quote])
                cell = quote + cell.replace(quote, quote * 2) + quote
                if rng.random() < dirt:
                    cell += rng.choice(["x", " ", quote + "x", "x" + quote])
            cells.append(cell)
        if rng.random() < dirt:
            cells = []
        parts.append(delimiter.join(cells) + rng.choice(ends))
    text = "".join(parts)
    if rng.random() < 0.3:
        text = text.rstrip("\r\n")
    if rng.random() < 0.05:
        text += quote + "never closed" + rng.choice(["\n", "", "\r\n\n", delimiter])
    return text


def spoil(rng, raw):
    """Puts bytes into UTF-8 that do not belong there."""
    raw = bytearray(raw)
    for _ in range(rng.choice([1, 3, 50])):
        at = rng.randint(0, len(raw))
        raw[at:at] = rng.choice([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x80", b"\xe4\xb8",
                                 b"\xf4\x90\x80\x80"])
    return bytes(raw)


class Starts:
    """Where the cells of each record begin in the text: a second, slow reading of the grammar."""

    def __init__(self, text, delimiter, quote):
        self.records = []
        starts, state, i, fresh = [0], "start", 0, True
        while i < len(text):
            c, fresh = text[i], False
            if state == "start" and c == quote:
                state = "quoted"
            elif state == "quoted":
                state = "closed" if c == quote else "quoted"
            elif state == "closed" and c == quote:
                state = "quoted"
            elif c == delimiter:
                starts.append(i + 1)
                state = "start"
            elif c in "\r\n":
                i += c == "\r" and text[i + 1:i + 2] == "\n"
                self.records.append(starts)
                starts, state, fresh = [i + 1], "start", True
            else:
                state = "plain"
            i += 1
        if not fresh:
            self.records.append(starts)
        self.unclosed = state == "quoted"


class AgainstPython(unittest.TestCase):
    dump = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def read(self, raw, delimiter, quote, encoding):
        path = os.path.join(self.folder.name, "dirty.csv")
        with open(path, "wb") as file:
            file.write(raw)
        done = subprocess.run([self.dump, path, "csv", delimiter, quote,
                               encoding.replace("-le", "le").replace("-be", "be"), "no"],
                              capture_output=True, check=False)
        lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return lines

    def compare(self, raw, text, delimiter, quote, encoding):
        lines = self.read(raw, delimiter, quote, encoding)
        if not text.strip("\r\n"):
            self.assertEqual([line.get("status") for line in lines], ["bad_input"])
            return 0
        self.assertNotIn("error", lines[-1])
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
        wanted = [(row, reader.line_num) for row in reader]
        while not wanted[0][0]:
            del wanted[0]  # empty lines before the first row are passed over
        starts = Starts(text, delimiter, quote)
        del starts.records[:len(starts.records) - len(wanted)]
        width = len(wanted[0][0])
        self.assertEqual(len(lines) - 1, len(wanted))
        self.assertEqual(lines[-1]["size_bytes"], len(raw))
        for number, (line, (row, line_end)) in enumerate(zip(lines, wanted)):
            cells = [cell for cell in line["cells"] if cell is not None]
            faults = line["faults"]
            if width == 1 and not row:
                row = [""]
            self.assertEqual(cells, row)
            self.assertEqual(line["line_end"], line_end)
            self.assertEqual(bool(faults & SHORT), 0 < len(row) < width)
            self.assertEqual(bool(faults & LONG), len(row) > width)
            self.assertEqual(bool(faults & BLANK), not row)
            self.assertEqual(bool(faults & UNCLOSED),
                             starts.unclosed and number + 1 == len(wanted))
            self.assertEqual(bool(faults & NUL), "\0" in "".join(row))
            self.assertEqual(bool("fault" in line), faults != 0)
            if encoding != "spoilt":
                begins = starts.records[number]
                places = [len(text[:begin].encode(encoding)) for begin in begins]
                self.assertEqual(line["offsets"][:len(row)], places[:len(row)])
        return len(wanted)

    def test_generated_dirty_files_are_read_alike(self):
        print("POLE_TEST_SEED=%d" % SEED)
        rows = 0
        for number in range(FILES):
            rng = random.Random(SEED + number)
            delimiter, quote = rng.choice(",;\t|"), rng.choice('""\'')
            encoding = rng.choice(ENCODINGS)
            text = dirty_text(rng, delimiter, quote)
            if text.startswith("\ufeff"):
                text = "x" + text
            with self.subTest(file=number, encoding=encoding):
                rows += self.compare(text.encode(encoding), text, delimiter, quote, encoding)
        self.assertGreater(rows, 10 * FILES)

    def test_bad_utf8_is_replaced_and_marked_where_it_stands(self):
        marked = 0
        for number in range(FILES // 3):
            rng = random.Random(SEED - number)
            text = "a,b\n" + dirty_text(rng, ",", '"').replace("\ufeff", "")
            raw = spoil(rng, text.encode())
            seen = raw.decode("utf-8", "each_byte")
            if raw.startswith(b"\xff"):
                continue
            with self.subTest(file=number):
                lines = self.read(raw, ",", '"', "utf-8")
                reader = csv.reader(io.StringIO(seen, newline=""))
                wanted = [row for row in reader]
                self.assertEqual(len(lines) - 1, len(wanted))
                for line, row in zip(lines, wanted):
                    cells = [cell for cell in line["cells"] if cell is not None]
                    self.assertEqual(cells, row)
                    # No word above holds U+FFFD, so each one stands for a bad byte.
                    self.assertEqual(bool(line["faults"] & BAD), "\ufffd" in "".join(row))
                    if line["faults"] & ~(SHORT | LONG) == BAD:
                        marked += 1
                        self.check_place(raw, line)
        self.assertGreater(marked, 50)

    def check_place(self, raw, line):
        at = line["fault_offset"]
        cell = line["fault_column"] - 1
        bad = raw[at:].decode("utf-8", "each_byte")[0]
        self.assertEqual(bad, "\ufffd")
        self.assertIn("\ufffd", line["cells"][cell])
        self.assertLessEqual(line["offsets"][cell], at)
        # From the cell's place to the bad byte all is good.
        raw[line["offsets"][cell]:at].decode("utf-8")


if __name__ == "__main__":
    AgainstPython.dump = sys.argv.pop(1)
    csv.field_size_limit(1 << 30)
    unittest.main(verbosity=2)

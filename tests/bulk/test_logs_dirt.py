#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whole logs in every dirt: rows out are rows in, their bytes are kept, and what is added is what
the command says of the single code.

Generated files are read by Python's csv and by a grammar of the test's own, and what must come out
is put together from that, byte for byte; with 1, 2, 4 and 8 threads.

usage: test_logs_dirt.py COMMAND [UNITTEST OPTION ...]
"""

import hashlib
import json
import os
import random
import sys
import tempfile
import unittest

import log_city
from log_city import ADDED, CONFIDENCE
from log_files import LogFile, keys_of, records_of

FILES = int(os.environ.get("POLE_TEST_FILES") or 500)
SEED = int(os.environ.get("POLE_TEST_SEED") or "20250112", 0)
THREADS = 1, 2, 4, 8


class Dirt(unittest.TestCase):
    command = None

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="polelookup-logs-")
        cls.addClassCleanup(cls.place.cleanup)
        cls.city = log_city.City(cls.command, cls.place.name)

    def path(self, name):
        return os.path.join(self.place.name, name)

    def run_all(self, raw, options):
        """The output and the summary, the same with any number of threads."""
        path = self.path("log.csv")
        with open(path, "wb") as file:
            file.write(raw)
        outputs = set()
        for threads in THREADS:
            out, err = self.city.geocode(["--json", "--threads", str(threads), *options, path])
            outputs.add(out)
            summary = json.loads(err.decode().split("\n")[-2])
        self.assertEqual(len(outputs), 1, "threads make a difference")
        self.assertEqual(summary["bytes_written"], len(out))
        self.assertEqual(summary["bytes_read"], len(raw))
        return out, summary

    # What must come of a file that was generated.

    def expected_added(self, log, record, told):
        """told: the added cells of the output, whose confidence may differ by a rounding."""
        if record.unclosed or len(record.cells) > log.columns:
            return ["malformed"] + [""] * (len(ADDED) - 1)
        cell = record.cells[log.code] if log.code < len(record.cells) else ""
        if "\0" in cell:  # no command line can ask this
            self.assertIn(told[0], log_city.STATUSES[:-1])
            return told
        wanted = [log.told(text) for text in self.city.known[log.asked(cell)[:5000]]]
        if wanted[CONFIDENCE] and told[CONFIDENCE]:
            if abs(float(wanted[CONFIDENCE]) - float(told[CONFIDENCE])) < 1.5e-4:
                wanted[CONFIDENCE] = told[CONFIDENCE]
        return wanted

    def added_text(self, log, cells):
        parts = []
        for cell in cells:
            if any(c in cell for c in (log.delimiter, log.quote, "\r", "\n")):
                cell = log.quote + cell.replace(log.quote, log.quote * 2) + log.quote
            parts.append(log.delimiter + cell)
        return "".join(parts)

    def added_names(self, header):
        names, taken = [], header + keys_of(header)
        for name in ADDED:
            number, tried = 1, name
            while tried in taken:
                number += 1
                tried = "%s_%d" % (name, number)
            names.append(tried)
        return names

    def expected(self, log, came):
        """The whole output, and its counts."""
        ins, outs = (records_of(text, log.delimiter, log.quote) for text in (log.text, came))
        self.assertEqual(len(ins), len(outs), "rows out are not rows in")
        first = next((i for i, record in enumerate(ins) if record.cells), len(ins))
        log.columns = len(ins[first].cells) if first < len(ins) else 0
        self.city.learn(log.asked(record.cells[log.code])[:5000] for record in ins[first:]
                        if log.code < len(record.cells))
        parts, counts = [], dict.fromkeys(log_city.STATUSES, 0)
        counts.update(rows=0, blank_lines=0, short_rows=0, long_rows=0)
        for i, (record, out) in enumerate(zip(ins, outs)):
            parts.append(record.text)
            if i == first and log.has_header:
                parts.append(self.added_text(log, self.added_names(record.cells)))
            elif not record.cells and (log.columns != 1 or (i < first and log.has_header)):
                counts["blank_lines"] += 1
            else:
                self.count(log, record, counts)
                width = max(len(record.cells), 1)
                added = self.expected_added(log, record, out.cells[-len(ADDED):])
                counts[added[0]] += 1
                parts.append(log.quote if record.unclosed else "")
                parts.append(log.delimiter * (log.columns - width))
                parts.append(self.added_text(log, added))
            parts.append(record.end)
        return "".join(parts), counts

    def count(self, log, record, counts):
        counts["rows"] += 1
        counts["short_rows"] += max(len(record.cells), log.columns == 1) < log.columns \
            and not record.unclosed
        counts["long_rows"] += len(record.cells) > log.columns

    def check(self, log):
        out, summary = self.run_all(log.raw, log.options)
        self.assertTrue(out.startswith(log.mark))
        came = out[len(log.mark):].decode(log.encoding)
        wanted, counts = self.expected(log, came)
        self.assertEqual(came, wanted)
        for name, count in counts.items():
            told = summary["statuses"][name] if name in log_city.STATUSES else summary[name]
            self.assertEqual(told, count, name)
        return counts

    def test_generated_logs_keep_their_rows_and_are_told_what_their_codes_mean(self):
        print("POLE_TEST_SEED=%d" % SEED)
        total = {}
        for number in range(FILES):
            log = LogFile(random.Random(SEED + number), number % 4 == 0)
            with self.subTest(file=number, encoding=log.encoding, options=log.options,
                              text=hashlib.md5(log.raw).hexdigest()):
                for name, count in self.check(log).items():
                    total[name] = total.get(name, 0) + count
        print(total)
        if FILES >= 500:
            self.assertTrue(all(count > 100 for count in total.values()), total)


if __name__ == "__main__":
    Dirt.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

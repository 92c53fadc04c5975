#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Memory does not grow with the input: gigabytes go through a pipe, and are stored nowhere.

2 GB; POLE_TEST_STREAM_GB=20 for more.

usage: test_logs_stream.py COMMAND [UNITTEST OPTION ...]
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import unittest

import log_city

GIGABYTES = float(os.environ.get("POLE_TEST_STREAM_GB") or 2)
SEED = int(os.environ.get("POLE_TEST_SEED") or "110", 0)
MIB = 1 << 20
HEADER = b"id,time,code,phone,note\n"
# What an instrumented program needs besides is not the project's.
PLAIN = not any(name.endswith("SAN_OPTIONS") for name in os.environ)


def calls(rows):
    rng = random.Random(SEED)
    codes = ["1234567", "1234563", "0012345", "1237701", "1237745", "54321", "9999999", "12345"]
    return "".join("%07d,2025-01-%02d 12:00:00,%s,138****%04d,市民报警\n" % (
        i, 1 + i % 28, rng.choice(codes), rng.randrange(10000)) for i in range(rows)).encode()


class Stream(unittest.TestCase):
    command = None

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="polelookup-logs-")
        cls.addClassCleanup(cls.place.cleanup)
        cls.city = log_city.City(cls.command, cls.place.name)
        cls.index_bytes = os.path.getsize(cls.city.index)

    def peak(self, run):
        with open("/proc/%d/status" % run.pid, encoding="ascii") as file:
            return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))

    def pour(self, pieces, *options):
        """The command's peaks of memory halfway and at the end, and how many lines it wrote."""
        run = subprocess.Popen([self.command, "geocode", "-q", "-i", self.city.index, *options, "-"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env=log_city.environment())
        lines = [0]

        def count():
            while data := run.stdout.read(1 << 20):
                lines[0] += data.count(b"\n")

        reader = threading.Thread(target=count)
        reader.start()
        early, pieces = 0, list(pieces)
        for number, piece in enumerate(pieces):
            if number == len(pieces) // 2:
                early = self.peak(run)
            run.stdin.write(piece)
        run.stdin.flush()
        late = self.peak(run)
        run.stdin.close()
        reader.join()
        run.stdout.close()
        self.assertEqual(run.wait(), 0)
        return early, late, lines[0]

    def hold(self, early, late, most):
        print("peak %.1f MiB, early %.1f MiB, of %.1f MiB" % (late / MIB, early / MIB, most / MIB))
        if PLAIN:
            self.assertLessEqual(late, most + self.index_bytes)
            self.assertLessEqual(late - early, 4 * MIB)

    def test_a_stream_needs_no_more_memory_than_its_beginning(self):
        chunk = calls(150000)
        for threads in 1, 2, 4:
            times = int(GIGABYTES * 1e9 / 3 / len(chunk)) + 1
            early, late, lines = self.pour([HEADER] + [chunk] * times, "--threads", str(threads))
            self.assertEqual(lines, 1 + 150000 * times)
            self.hold(early, late, 16 * MIB)

    def test_other_forms_need_no_more_either(self):
        chunk = calls(5000)
        for form in "jsonl", "geojson":
            early, late, lines = self.pour([HEADER] + [chunk] * 40, "--threads", "2", "--to", form)
            self.assertEqual(lines, 200000 + (2 if form == "geojson" else 0))
            self.hold(early, late, 16 * MIB)

    def test_long_records_need_twice_their_length_a_thread(self):
        size = 15 * MIB
        row = b'1,,1234567,,"%s"\n' % (b"z\n" * (size // 2))
        for threads in 1, 3:
            early, late, lines = self.pour([HEADER] + [row] * 30, "--threads", str(threads))
            self.assertEqual(lines, 1 + 30 * (1 + size // 2))
            # What is read ahead, besides what each thread holds.
            self.hold(late, late, 16 * MIB + 2 * threads * size)
        self.assertGreater(early, 0)


if __name__ == "__main__":
    Stream.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

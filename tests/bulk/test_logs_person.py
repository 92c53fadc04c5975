#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rows that go to a person and come back decided, and runs that are stopped and gone on with.

A decision must reach the row it was made about and no other, and say that a person made it; a run
that was stopped, wherever that was, must end with the bytes of one whole run, or say what changed.

usage: test_logs_person.py COMMAND [UNITTEST OPTION ...]
"""

import csv
import os
import random
import signal
import stat
import subprocess
import sys
import unittest

import log_city

HEADER = "n,code,time\n"
ROWS = ["1,1234567,2008-06-30 13:05", "2,123456?,2008-06-30 13:06", "3,9999999,",
        '4,"幺二三四五?七",2008-06-30 09:00', "5,,", "6,1234567,x,y", "", "7,1237731,13:05",
        "8,13812345678,", "9,123456?,2008-06-30 14:00"]
LOG = (HEADER + "\n".join(ROWS) + "\n").encode()


def rows_of_review(text):
    return list(csv.DictReader(text.decode("utf-8-sig").splitlines()))


class Person(log_city.Case):
    def path(self, name, content=None):
        path = os.path.join(self.place.name, name)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content)
        return path

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def review(self, log=LOG, *options):
        self.city.geocode(["-q", *options, "--review", self.path("review.csv"), "-o",
                           self.path("out.csv"), self.path("log.csv", log)])
        return rows_of_review(self.read("review.csv"))

    def decide(self, decisions, log=LOG, *options, statuses=(0,)):
        """A run with these decisions, by the number of the row; (table, summary)."""
        rows = self.review(log)
        for row in rows:
            row["decision"] = decisions.get(int(row["row"]), "")
        with open(self.path("decided.csv"), "w", encoding="gb18030", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return self.city.geocode([*options, "--json", "--decisions", self.path("decided.csv"), "-"],
                                 given=log, statuses=statuses)

    # Review.

    def test_the_rows_that_need_a_person_are_those_and_no_others(self):
        rows = self.review()
        out = log_city.rows_of(self.read("out.csv").decode())
        wanted = [i for i, row in enumerate([r for r in out[1:] if r], 1)
                  if set(row) & {"ambiguous", "unknown", "interpolated", "malformed"}]
        self.assertEqual([int(row["row"]) for row in rows], wanted)
        self.assertTrue(all(row["decision"] == "" for row in rows))

    def test_candidates_are_those_of_the_single_code(self):
        rows = {int(row["row"]): row for row in self.review()}
        answer = self.city.ask(["123456?"], "-n", "3")[0]
        for i, candidate in enumerate(answer["candidates"], 1):
            self.assertEqual(rows[2]["code_%d" % i], candidate["code"])
            self.assertEqual(rows[2]["confidence_%d" % i], "%.4f" % candidate["confidence"])

    def test_long_numbers_are_masked_and_columns_left_out_do_not_return_here(self):
        self.assertNotIn(b"13812345678", self.read("review.csv") if self.review() else b"")
        rows = self.review(LOG, "--drop", "code")
        self.assertTrue(all(row["query"] == "" for row in rows))
        self.assertNotIn(b"123456?", self.read("out.csv"))

    def test_files_with_rows_of_a_log_are_their_owners_alone(self):
        self.review()
        for name in "review.csv", "out.csv":
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)

    def test_an_output_that_is_a_link_stays_one(self):
        with open(self.path("target.csv"), "wb") as file:
            file.write(b"old")
        os.symlink("target.csv", self.path("link.csv"))
        self.city.geocode(["-q", "-o", self.path("link.csv"), self.path("log.csv", LOG)])
        self.assertTrue(os.path.islink(self.path("link.csv")))
        self.assertIn(b"match_status", self.read("target.csv"))

    # Decisions.

    def test_a_decision_reaches_its_row(self):
        out, err = self.decide({2: "1234565", 3: "none", 6: "1234561"})
        table = log_city.rows_of(out.decode())
        cells = dict(zip(table[0][3:], table[2][3:]))
        self.assertEqual((cells["match_status"], cells["match_code"], cells["match_confidence"]),
                         ("corrected", "1234565", ""))
        alone = self.city.ask(["1234565"])[0]["candidates"][0]
        self.assertEqual(cells["match_lat"], "%.7f" % alone["lat"])
        self.assertIn("decided", cells["match_warnings"].split(";"))
        self.assertEqual(table[3][3], "unknown")
        self.assertIn("decided", table[3][-1])
        self.assertEqual(table[6][4:6], ["corrected", "1234561"]) # it had a cell too many
        self.assertEqual(table[10][3], "ambiguous") # said the same, was not decided
        self.assertIn(b'"decided_rows":3,"unused_decisions":0', err)

    def test_a_place_between_two_poles_can_be_decided(self):
        out, _ = self.decide({7: "1237735"})
        self.assertIn(b"7,1237731,13:05,corrected,1237735", out)

    def test_a_row_that_says_something_else_by_now_is_not_decided(self):
        rows = self.review()
        key = next(r["key"] for r in rows if r["row"] == "2")
        table = "row,key,decision\n2,%s,1234565\n99,%s,1234565\n" % (key, key)
        changed = LOG.replace(b"2,123456?", b"2,12345?7")
        out, err = self.city.geocode(["--json", "--decisions",
                                      self.path("some.csv", table.encode()), "-"], given=changed)
        self.assertNotIn(b"decided", out)
        self.assertIn(b'"decided_rows":0,"unused_decisions":2', err)

    def test_what_cannot_be_decided_so_is_refused(self):
        self.review()
        key = next(iter(rows_of_review(self.read("review.csv"))))["key"]
        for table, word in ((b"row,key,decision\n2,%s,9999999\n", b"no pole of this index"),
                            (b"row,key,decision\n2,%s,maybe\n", b"is no code"),
                            (b"row,key,decision\n2,%s,12345\n", b"several counties"),
                            (b"row,key,decision\n2,%s,Nowhere/12345\n", b"names no county"),
                            (b"row,key,decision\nx,%s,1234567\n", b"no row's number"),
                            (b"row,key,decision\n2,x%s,1234567\n", b"no row's key"),
                            (b"row,key,decision\n2,%s,none\n2,%s,1234567\n", b"in two ways"),
                            (b"row,decision\n2,1234567\n", b"no column 'key'")):
            filled = table.replace(b"%s", key.encode())
            out, err = self.city.geocode(["--decisions", self.path("bad.csv", filled), "-"],
                                         given=LOG, statuses=(2,))
            self.assertEqual(out, b"")
            self.assertIn(word, err)

    def test_a_decision_counts_whatever_else_its_row_holds_and_none_is_swallowed(self):
        key = next(r["key"] for r in self.review() if r["row"] == "2")
        for query in b'"123"x', b"a\0b":
            filled = b"row,key,query,decision\n2,%s,%s,1234565\n" % (key.encode(), query)
            _, err = self.city.geocode(["--json", "--decisions", self.path("odd.csv", filled), "-"],
                                       given=LOG)
            self.assertIn(b'"decided_rows":1,', err)
        filled = b'row,key,query,decision\n2,%s,"123,1234565\n3,%s,,none\n' % ((key.encode(),) * 2)
        out, err = self.city.geocode(["--decisions", self.path("odd.csv", filled), "-"], given=LOG,
                                     statuses=(2,))
        self.assertEqual(out, b"")
        self.assertIn(b"a quote is never closed", err)

    def test_a_record_too_long_to_be_read_needs_a_person_too(self):
        log = b"n,code\n1,123456?\n2," + b"z" * (17 << 20) + b"\n3,123456?\n"
        rows = self.review(log)
        self.assertEqual([(row["row"], row["status"]) for row in rows],
                         [("1", "ambiguous"), ("2", "malformed"), ("3", "ambiguous")])

    def test_what_a_spreadsheet_would_run_is_made_safe_for_review_as_well(self):
        log = b'n,code\n1,"=A1+123456?"\n'
        self.assertEqual(self.review(log)[0]["query"][0], "=")
        self.assertEqual(self.review(log, "--excel-safe")[0]["query"][:2], "'=")

    def test_no_file_that_is_read_is_written_over(self):
        self.review()
        os.rename(self.path("review.csv"), self.path("mine.csv"))
        log = self.path("log.csv", LOG)
        os.path.exists(self.path("again.csv")) or os.link(self.path("mine.csv"),
                                                          self.path("again.csv"))
        other = os.path.join(self.place.name, ".", "mine.csv")
        for options in (["--decisions", self.path("mine.csv"), "--review", other],
                        ["--decisions", self.path("mine.csv"), "-o", self.path("again.csv")],
                        ["-o", os.path.join(self.place.name, ".", "city.plx")],
                        ["-o", self.path("x.csv"), "--unmatched", self.path("x.csv.part")],
                        ["-o", self.path("x.csv"), "--report",
                         os.path.join(self.place.name, ".", "x.csv.part")]):
            kept = self.read("mine.csv"), self.read("city.plx")
            out, err = self.city.geocode([*options, log], statuses=(2,))
            self.assertIn(b"name another file", err)
            self.assertEqual((out, self.read("mine.csv"), self.read("city.plx")), (b"", *kept))
            self.assertFalse(os.path.exists(self.path("x.csv.part")))
        with open(log, "ab") as both:
            run = subprocess.run([self.command, "geocode", "-q", "-i", self.city.index, log],
                                 env=log_city.environment(), stdout=both, stderr=subprocess.PIPE,
                                 check=False)
        self.assertEqual((run.returncode, self.read("log.csv")), (2, LOG))

    def test_a_code_that_may_have_lost_its_zeros_is_refused(self):
        poles = os.path.join(self.city.folder, "poles.csv")
        with open(poles, "rb") as file:
            kept = file.read()
        try:
            with open(poles, "ab") as file:
                file.write("0012347,45.79,126.63,,长街,道里区,,,,,,\n".encode())
            self.city.build("-q", index=self.path("zeros.plx"))
        finally:
            with open(poles, "wb") as file:
                file.write(kept)
        key = self.review()[0]["key"]
        for decision, statuses in (("12347", (2,)), ("0012347", (0,)), ("尚志市/12347", (0,))):
            table = "row,key,decision\n2,%s,%s\n" % (key, decision)
            _, err = self.city.geocode(["--json", "--decisions", self.path("z.csv", table.encode()),
                                        "-"], given=LOG, index=self.path("zeros.plx"),
                                       statuses=statuses)
            self.assertIn(b"without its zeros" if statuses == (2,) else b'"decided_rows":1', err)

    def test_lines_of_json_tell_the_answer_and_the_decision(self):
        out, _ = self.decide({2: "1234565"}, LOG, "--to", "jsonl")
        line = out.decode().split("\n")[1]
        self.assertIn('"decision":{"status":"corrected","scope":null,"code":"1234565"', line)
        self.assertIn('"status":"ambiguous"', line)

    # Stopping.

    def long_log(self):
        draw = random.Random(int(os.environ.get("POLE_TEST_SEED", "20080630")))
        codes = ["1234567", "123456?", "12345?7", "1237731", "9999999", "幺二三四五六拐", ""]
        rows = ["%d,%s,2008-06-30 %02d:00" % (i, draw.choice(codes), i % 24) for i in range(60000)]
        return (HEADER + "\n".join(rows) + "\n").encode()

    def stopped(self, arguments, log, after):
        """A run that is stopped when so many bytes are written; its exit status."""
        if "--resume" not in arguments:
            for end in "", ".part", ".part.state":
                if os.path.exists(self.path("part.csv" + end)):
                    os.unlink(self.path("part.csv" + end))
        run = subprocess.Popen([self.command, "geocode", "-q", "-i", self.city.index, *arguments,
                                "-o", self.path("part.csv"), log], env=log_city.environment(),
                               stderr=subprocess.PIPE)
        part = self.path("part.csv.part")
        while run.poll() is None:
            try:
                size = os.stat(part).st_size
            except FileNotFoundError: # not begun, or whole by now
                continue
            if size >= after:
                run.send_signal(signal.SIGINT)
                break
        run.communicate()
        return run.returncode

    def test_a_stopped_run_goes_on_to_the_same_bytes(self):
        log = self.path("long.csv", self.long_log())
        files = ["--review", self.path("r.csv"), "--unmatched", self.path("u.csv"),
                 "--report", self.path("p.html")]
        for form in "csv", "jsonl", "geojson":
            self.city.geocode(["-q", "--to", form, *files, "-o", self.path("whole.csv"), log])
            whole = [self.read(name) for name in ("whole.csv", "r.csv", "u.csv", "p.html")]
            for name in ("r.csv", "u.csv", "p.html"):
                os.unlink(self.path(name))
            status = self.stopped(["--to", form, *files, "--threads", "2"], log, 1 << 18)
            stops = 0
            while status == 130:
                stops += 1
                self.assertFalse(os.path.exists(self.path("part.csv")))
                self.assertTrue(os.path.exists(self.path("part.csv.part.state")))
                kept = os.stat(self.path("part.csv.part")).st_size
                status = self.stopped(["--to", form, *files, "--resume", "--threads",
                                       str(1 + stops % 3)], log, kept + (1 << 20))
            self.assertEqual(status, 0)
            self.assertGreater(stops, 0)
            came = [self.read(name) for name in ("part.csv", "r.csv", "u.csv", "p.html")]
            self.assertTrue(came == whole, form)
            self.assertFalse(os.path.exists(self.path("part.csv.part.state")))

    def test_what_changed_is_said_and_nothing_is_lost(self):
        text = self.long_log()
        log = self.path("long.csv", text)
        self.assertEqual(self.stopped([], log, 1), 130)
        kept = self.read("part.csv.part")
        self.city.build("-q", "--bounds", "40,120,50,130", "--name", "anders",
                        index=self.path("other.plx"))
        for options, word in ((["--best-guess"], b"options"), (["--columns", "match_code"],
                                                               b"options")):
            _, err = self.city.geocode([*options, "--resume", "-o", self.path("part.csv"), log],
                                       statuses=(2,))
            self.assertIn(word, err)
        self.path("long.csv", text.replace(b"0,", b"1,", 1))
        _, err = self.city.geocode(["--resume", "-o", self.path("part.csv"), log], statuses=(2,))
        self.assertIn(b"the input is another one", err)
        self.path("long.csv", text)
        self.assertEqual(self.read("part.csv.part"), kept)
        with open(self.path("part.csv.part.state"), "r+b") as state:
            state.seek(70)
            state.write(b"\xff")
        _, err = self.city.geocode(["--resume", "-o", self.path("part.csv"), log], statuses=(2,))
        self.assertIn(b"damaged", err)
        self.assertEqual(self.read("part.csv.part"), kept)
        os.unlink(self.path("part.csv.part.state"))
        _, err = self.city.geocode(["--resume", "-o", self.path("part.csv"), log], statuses=(4,))
        self.assertIn(b"part.csv.part.state", err)
        # Without --resume it begins anew.
        self.city.geocode(["-q", "-o", self.path("part.csv"), log])

    def test_a_state_does_not_outlive_the_rows_that_it_was_about(self):
        text = self.long_log()
        log = self.path("long.csv", text)
        self.assertEqual(self.stopped([], log, 1), 130)
        kept = os.stat(self.path("part.csv.part")).st_size
        # Another run to the same file is killed: its rows are not those of the first.
        run = subprocess.Popen([self.command, "geocode", "-q", "-i", self.city.index, "-o",
                                self.path("part.csv"), "-"], env=log_city.environment(),
                               stdin=subprocess.PIPE)
        run.stdin.write(text.replace(b",1234567,", b",1234565,"))
        run.stdin.flush()
        inode = os.stat(self.path("part.csv.part")).st_ino
        while os.path.exists(self.path("part.csv.part.state")) and run.poll() is None and \
                os.stat(self.path("part.csv.part")).st_size <= kept + (1 << 18):
            pass
        run.kill()
        run.communicate()
        self.assertEqual(os.stat(self.path("part.csv.part")).st_ino, inode)
        self.city.geocode(["--resume", "-o", self.path("part.csv"), log], statuses=(4,))
        self.assertFalse(os.path.exists(self.path("part.csv")))


if __name__ == "__main__":
    Person.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

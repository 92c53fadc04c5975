#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What geocode may be asked for, what it refuses, and what becomes of its files.

usage: test_logs_options.py COMMAND [UNITTEST OPTION ...]
"""

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import log_city
from log_city import ADDED, rows_of

LOG = ("id,code,note\n1,1234567,=1+1\n2,9999999,\"a, b\"\n3,,\n\n4,1234567\n5,1234567,x,y\n"
       "6,12345,长\n7,1237731,@x\n").encode()
STATUSES = "exact unknown no_code exact malformed ambiguous interpolated".split()
MATCHED = "exact", "corrected", "interpolated"
EVIDENCE = [  # columns of a row, the options that say the same of a single code
    ({"hint_lat": "45.7703", "hint_lon": "126.6162", "hint_radius_m": "50"},
     ["--hint", "45.7703,126.6162,50"]),
    ({"hint_lat": "45.7718", "hint_lon": "126.6221", "hint_radius_m": "100", "hint_level": "0.9",
      "hint_crs": "gcj02"}, ["--hint", "45.7718,126.6221,100,0.9", "--hint-crs", "gcj02"]),
    ({"hint_lat": " 45.7703 ", "hint_lon": "126.6162"}, ["--hint", "45.7703,126.6162"]),
    ({"street": "通江街", "district": "道里区"}, ["--street", "通江街", "--district", "道里区"]),
    ({"scope": "尚志市"}, ["--scope", "尚志市"]),
    ({"also": "1234569"}, ["--also", "1234569"]),
    ({}, []),
]
UNREAD = [{"hint_lat": "n/a", "hint_lon": "126.6"}, {"hint_lat": "45.7"}, {"also": "x"},
          {"hint_lat": "91", "hint_lon": "126.6"}, {"scope": "火星"},
          {"hint_lat": "45.7", "hint_lon": "126.6", "hint_crs": "nonsense"},
          {"hint_lat": "45.7", "hint_lon": "126.6", "hint_radius_m": "-1"}]


class Options(log_city.Case):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=self.place.name)

    def path(self, name, content=None):
        path = os.path.join(self.folder, name)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content)
        return path

    def content(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run_log(self, *arguments, raw=LOG, statuses=(0,)):
        """The output as text; what was said."""
        out, err = self.city.geocode([*arguments, "-"], given=raw, statuses=statuses)
        return out.decode(), err.decode()

    def refused(self, *arguments, raw=LOG):
        out, err = self.run_log(*arguments, raw=raw, statuses=(2,))
        self.assertEqual(out, "")
        return err

    # Which column.

    def test_the_column_is_found_by_what_stands_in_it_and_that_is_said(self):
        rows = [["%d" % i, "%d" % (100000 + i), "1234567" if i % 20 else "none"]
                for i in range(1000)]
        raw = "\n".join(",".join(row) for row in [["a", "b", "c"], *rows]).encode()
        out, err = self.run_log("--columns", "match_code", raw=raw)
        self.assertIn('the codes were found in column 3, "c", by what stands in it', err)
        self.assertEqual(out.count("1234567,1234567\n"), 949)
        # One more that is none, and it is less than 95 in 100.
        self.assertIn("no column", self.refused(raw=raw.replace(b"1234567", b"other", 1)))
        # What is told by its name need not be said.
        self.assertNotIn("found", self.run_log(raw=raw.replace(b"c", b"code", 1))[1])

    def test_a_tie_is_an_error(self):
        err = self.refused(raw=b"a,b\n" + b"1234567,1234563\n" * 9)
        self.assertIn('"a" and "b" both hold codes', err)
        self.assertIn("--column NAME", err)
        err = self.refused(raw=b"lamp,pole\n1234567,1234563\n")
        self.assertIn("two columns could be the code", err)
        # The usual name goes before others.
        self.assertIn("1,1234567,exact", self.run_log(raw=b"pole,code\n1,1234567\n")[0])

    def test_a_column_that_is_not_there_is_named_with_those_that_are(self):
        for options in ["--column", "nr"], ["--text", "nr"], ["--drop", "nr"], \
                ["--evidence", "street=nr"], ["--column", "#4"], ["--column", "#0"]:
            err = self.refused(*options)
            self.assertIn(options[1].rsplit("=", 1)[-1], err)
            self.assertIn('"id", "code", "note"', err, options)
        self.assertIn("two columns are named 'n'", self.refused("--column", "n", raw=b"n,n\n1,2\n"))

    def test_the_column_by_name_or_number(self):
        raw = "编号,第二 号\n1234563,1234567\n".encode()
        for name, code in ("编号", 63), ("第二 号", 67), ("#2", 67), ("#1", 63):
            out, _ = self.run_log("--column", name, "--columns", "match_code", raw=raw)
            self.assertEqual(out.split("\n")[1], "1234563,1234567,12345%d" % code)

    def test_codes_within_notes(self):
        raw = ("n,note,more\n1,在灯杆1234567号旁边,\n2,\"pole one two three, four five six seven\","
               "\n3,没有,\n4,,她说1234563\n5,电话13812345678,\n").encode()
        out, _ = self.run_log("--text", "note", "--columns", "match_status,match_code", raw=raw)
        self.assertEqual([row[3:] for row in rows_of(out)[1:]],
                         [["exact", "1234567"], ["exact", "1234567"], ["no_code", ""],
                          ["no_code", ""], ["no_code", ""]])
        out, _ = self.run_log("--text", "more", "--text", "note", "--columns", "match_code",
                              raw=raw)
        self.assertEqual([row[3] for row in rows_of(out)[1:]], ["1234567", "1234567", "",
                                                                "1234563", ""])
        self.assertIn("cannot both be read", self.refused("--text", "note", "--column", "code"))

    # What is added.

    def test_columns_are_chosen(self):
        out, _ = self.run_log("--columns", "match_lon,match_status")
        rows = rows_of(out)
        self.assertEqual(rows[0], ["id", "code", "note", "match_lon", "match_status"])
        self.assertEqual(rows[1][3:], ["126.6162000", "exact"])
        err = self.refused("--columns", "match_status,match_colour")
        self.assertIn("match_colour", err)
        self.assertIn("asked for twice", self.refused("--columns", "match_lat,match_lat"))

    def test_a_best_guess_is_marked_as_one(self):
        out, _ = self.run_log("--best-guess", raw=b"code\n12345\n1237720\n9999999\n1234567\n")
        rows = [dict(zip(ADDED, row[1:])) for row in rows_of(out)[1:]]
        self.assertEqual([row["match_status"] for row in rows],
                         ["ambiguous", "ambiguous", "unknown", "exact"])
        self.assertEqual([bool(row["match_code"]) for row in rows], [True, True, False, True])
        for row in rows:
            guessed = row["match_status"] == "ambiguous"
            self.assertEqual("guess" in row["match_warnings"].split(";"), guessed)
            self.assertEqual(bool(row["match_lat"] and row["station_id"]), bool(row["match_code"]))
        self.assertEqual(rows[0]["match_code"], "12345")

    def test_the_station_of_a_role(self):
        wanted = {"coded": "124", "responsible": "123", "nearest": "123"}
        for role, station in wanted.items():
            out, _ = self.run_log("--station-role", role, "--columns", "station_id,station_role",
                                  raw=b"code\n1244501\n")
            self.assertEqual(out.split("\n")[1], "1244501,%s,%s" % (station, role))

    # Evidence.

    def test_evidence_in_columns_counts_as_beside_a_single_code(self):
        names = sorted({name for columns, _ in EVIDENCE for name in columns} | {"also"})
        for mapped in False, True:
            header = ["code", *(n + " x" if mapped else n for n in names)]
            rows, answers = [header], []
            for columns, options in EVIDENCE:
                for code in "1234573", "12345", "1234567":
                    rows.append([code, *(columns.get(name, "") for name in names)])
                    answers += self.city.ask([code], *options)
            maps = [part for name in names for part in ("--evidence", "%s=%s x" % (name, name))]
            raw = "\n".join(",".join(row) for row in rows).encode()
            out, err = self.run_log("--json", *(maps if mapped else []), raw=raw)
            for row, answer, given in zip(rows_of(out)[1:], answers, rows[1:]):
                wanted = log_city.added_cells(answer)
                wanted[5] = row[-7] if abs(float(row[-7] or 0) - float(wanted[5] or 0)) < 2e-4 \
                    else wanted[5]
                self.assertEqual(row[len(header):], wanted, given)
            summary = json.loads(err.split("\n")[-2])
            self.assertEqual(summary["evidence_rows"], 3 * (len(EVIDENCE) - 1))
            self.assertEqual(summary["unread_evidence_rows"], 0)

    def test_evidence_that_cannot_be_read_is_not_used_and_told(self):
        names = sorted({name for columns in UNREAD for name in columns})
        lines = [",".join(["code", *names])]
        lines += [",".join(["1234573", *(row.get(name, "") for name in names)]) for row in UNREAD]
        lines.append("1234573" + "," * len(names))
        out, err = self.run_log("--json", raw="\n".join(lines).encode())
        added = [row[-len(ADDED):] for row in rows_of(out)[1:]]
        for row in added[:-1]:
            self.assertEqual(row[:5] + row[6:-1], added[-1][:5] + added[-1][6:-1])
            self.assertAlmostEqual(float(row[5]), float(added[-1][5]), delta=2e-4)
            self.assertEqual(row[-1], added[-1][-1] + ";evidence_unread")
        self.assertEqual(json.loads(err.split("\n")[-2])["unread_evidence_rows"], len(UNREAD))

    # Forms.

    def test_json_lines_hold_the_cells_and_the_whole_answer(self):
        out, _ = self.run_log("--to", "jsonl", "--threads", "3", raw=LOG + b'8,1234567,"\n')
        lines = [json.loads(line) for line in out.split("\n")[:-1]]
        self.assertEqual([line["row"] for line in lines], list(range(1, 9)))
        self.assertEqual([line["status"] for line in lines], STATUSES + ["malformed"])
        self.assertEqual(lines[0]["input"], {"id": "1", "code": "1234567", "note": "=1+1"})
        self.assertEqual(lines[1]["input"], {"id": "2", "code": "9999999", "note": "a, b"})
        self.assertEqual(lines[3]["input"], {"id": "4", "code": "1234567", "note": None})
        self.assertEqual(lines[4]["input"], {"id": "5", "code": "1234567", "note": "x", "4": "y"})
        self.assertEqual(lines[7]["input"], {"id": "8", "code": "1234567", "note": "\n"})
        for line in lines:
            if line["status"] == "malformed":
                self.assertEqual(line["candidates"], [])
                continue
            # Nobody is asked while a log is read: the words to say are Chinese unless told.
            run = subprocess.run([self.command, "--json", "--caller-lang", "zh", "-i",
                                  self.city.index, "--", line["input"]["code"]],
                                 capture_output=True, check=False, env=log_city.environment())
            answer = json.loads(run.stdout)
            del line["row"], line["input"]
            self.assertEqual(line, answer)

    def test_json_lines_have_as_many_candidates_as_asked_for(self):
        for limit in 1, 2, 5:
            out, _ = self.run_log("--to", "jsonl", "-n", str(limit), raw=b"code\n1234560\n")
            self.assertEqual(len(json.loads(out)["candidates"]), limit)

    def test_columns_of_one_name_are_told_apart(self):
        raw = b"code,match_status,match_status,n,n,n_2,n\n1234567,a,b,1,2,3,4\n"
        keys = ["code", "match_status", "match_status_2", "n", "n_2", "n_2_2", "n_3"]
        once = lambda pairs: self.assertEqual(len(dict(pairs)), len(pairs)) or dict(pairs)
        out, _ = self.run_log("--to", "jsonl", raw=raw)
        wanted = dict(zip(keys, ["1234567", "a", "b", "1", "2", "3", "4"]))
        self.assertEqual(json.loads(out, object_pairs_hook=once)["input"], wanted)
        out, _ = self.run_log("--to", "geojson", "--columns", "match_status", raw=raw)
        found = json.loads(out, object_pairs_hook=once)["features"][0]["properties"]
        self.assertEqual(found, {**wanted, "match_status_3": "exact"})

    def test_geojson_is_longitude_first_and_null_where_nothing_is_sure(self):
        out, _ = self.run_log("--to", "geojson", "--threads", "3")
        found = json.loads(out)
        self.assertEqual(found["type"], "FeatureCollection")
        features = found["features"]
        self.assertEqual([f["properties"]["match_status"] for f in features], STATUSES)
        for feature in features:
            place = feature["properties"]
            self.assertEqual(feature["type"], "Feature")
            if place["match_status"] not in MATCHED:
                self.assertIsNone(feature["geometry"])
                self.assertIsNone(place["match_lat"])
                continue
            self.assertEqual(feature["geometry"], {"type": "Point", "coordinates":
                                                   [place["match_lon"], place["match_lat"]]})
        self.assertEqual(features[0]["geometry"]["coordinates"], [126.6162, 45.76981])
        self.assertEqual(features[1]["properties"]["note"], "a, b")
        for raw in b"", b"code\n", b"code,n\n\n":
            self.assertEqual(json.loads(self.run_log("--to", "geojson", raw=raw)[0])["features"],
                             [])

    def test_hostile_cells_stay_what_they_are_in_json(self):
        cells = ["\x1b[31m", "</script>", '"', "\\", "\u2028", "\0", "\u202e", "\x7f", "a\nb",
                 "\ufffe", "𝟙"]
        quoted = ",".join('"%s"' % cell.replace('"', '""') for cell in cells)
        raw = "code,%s\n1234567,%s\n" % (quoted, quoted)
        out, _ = self.run_log("--to", "jsonl", raw=raw.encode())
        self.assertEqual(json.loads(out)["input"],
                         {"code": "1234567", **{cell: cell for cell in cells}})
        self.assertEqual(len(out.split("\n")), 2)

    def test_other_encodings_and_a_mark(self):
        text = "编号,n\n1234567,长é😀\n9999999\n"
        wanted = "编号,n,match_street\n1234567,长é😀,通江街\n9999999,,\n"
        codecs = {"utf-8": b"\xef\xbb\xbf", "utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff",
                  "gb18030": b"\x84\x31\x95\x33"}
        for read, mark in codecs.items():
            for written, other in codecs.items():
                for given in b"", mark:
                    for bom in [], ["--bom"]:
                        raw = given + text.encode(read)
                        out, _ = self.city.geocode(["--encoding", read, "--output-encoding",
                                                    written, "--columns", "match_street", *bom,
                                                    "-"], given=raw)
                        begin = other if given or bom else b""
                        self.assertEqual(out, begin + wanted.encode(written), (read, written))

    def test_what_an_encoding_has_no_place_for_is_marked(self):
        raw = b"code,n\n1234567,\xff\xee\xa0\x9ex\n"
        out, _ = self.city.geocode(["--encoding", "utf-8", "--output-encoding", "gb18030",
                                    "--columns", "match_code", "-"], given=raw)
        self.assertEqual(out.decode("gb18030"),
                         "code,n,match_code\n1234567,\ufffd\ufffdx,1234567\n")

    def test_excel_safe_changes_what_a_spreadsheet_would_run_and_counts_it(self):
        cells = ["=1+1", "+a", "-a", "@x", "\tx", "-1", "+1.5", "-1e3", "'=1", "x=1", "=1,2",
                 '="a"', "\rx", "-", ""]
        changed = [0, 1, 2, 3, 4, 10, 11, 12, 13]
        quoted = ['"%s"' % c.replace('"', '""') for c in cells]
        raw = "code,%s\n1234567,%s\n" % (",".join(quoted), ",".join(quoted))
        out, err = self.run_log("--json", "--excel-safe", raw=raw.encode())
        wanted = ["'" + cell if i in changed else cell for i, cell in enumerate(cells)]
        for row in rows_of(out):
            self.assertEqual(row[1:1 + len(cells)], wanted)
        self.assertEqual(json.loads(err.split("\n")[-2])["excel_safe_cells"], 2 * len(changed))
        self.assertIn("%d cells were given an apostrophe" % (2 * len(changed)),
                      self.run_log("--excel-safe", raw=raw.encode())[1])

    def test_digits_of_two_columns_of_text_are_never_one_code(self):
        log = "a,b\n灯杆123,4567\n灯杆1234567,无\n无,1234567\n1234567,1234561\n".encode()
        out, _ = self.city.geocode(["--text", "a", "--text", "b", "--columns",
                                    "match_status,match_code", "-"], given=log)
        self.assertEqual([row[2:] for row in rows_of(out.decode())[1:]],
                         [["no_code", ""], ["exact", "1234567"], ["exact", "1234567"],
                          ["ambiguous", ""]])

    def test_a_guess_without_its_mark_is_refused(self):
        for form in "csv", "geojson":
            _, err = self.city.geocode(["--best-guess", "--columns", "match_code,match_lat", "--to",
                                        form, "-"], given=b"code\n1\n", statuses=(2,))
            self.assertIn(b"would pass for a match", err)

    def test_what_is_taken_for_a_header_is_masked_in_messages(self):
        _, err = self.city.geocode(["-"], given="张三13812345678,x\n李四,y\n".encode(),
                                   statuses=(2,))
        self.assertNotIn(b"13812345678", err)
        self.assertIn(b"138****5678", err)

    def test_several_columns_of_evidence_stand_in_one_option(self):
        log = "code,a,\"x,y\"\n1234567,通江街,45.7698\n".encode()
        apart, _ = self.city.geocode(["--evidence", "street=a", "--evidence", "hint_lat=x,y",
                                      "--evidence", "hint_lon=x,y", "-"], given=log)
        joined, _ = self.city.geocode(["--evidence", "street=a,hint_lat=x,y,hint_lon=x,y", "-"],
                                      given=log)
        self.assertEqual(apart, joined)

    def test_added_cells_are_made_safe_too(self):
        for name in "=cmd|' /C calc'!A0", "@SUM(1,2)":
            poles = os.path.join(self.city.folder, "poles.csv")
            kept = open(poles, "rb").read()
            try:
                with open(poles, "ab") as file:
                    file.write(('7654321,45.77,126.7,,"%s",,,,,,,\n' % name).encode())
                self.city.build("-q", index=self.path("hostile.plx"))
            finally:
                with open(poles, "wb") as file:
                    file.write(kept)
            out, _ = self.city.geocode(["--excel-safe", "--columns", "match_street", "-"],
                                       given=b"code\n7654321\n", index=self.path("hostile.plx"))
            self.assertEqual(rows_of(out.decode())[1], ["7654321", "'" + name])

    # Rows and columns left out or put aside.

    def test_rows_without_a_match_are_put_aside_as_written(self):
        for mark in b"", b"\xef\xbb\xbf":
            out, _ = self.city.geocode(["--unmatched", self.path("rest.csv"), "-"],
                                       given=mark + LOG)
            lines = out.split(b"\n")
            wanted = [line for line in lines[1:] if line and b",exact," not in line
                      and b",interpolated," not in line]
            self.assertEqual(self.content("rest.csv"), b"\n".join([lines[0], *wanted, b""]))
            self.assertEqual(stat.S_IMODE(os.stat(self.path("rest.csv")).st_mode), 0o600)
        self.run_log("--to", "jsonl", "--unmatched", self.path("rest.csv"))
        self.assertEqual(self.content("rest.csv"), b"\n".join([lines[0].lstrip(mark), *wanted, b""]))

    def test_columns_left_out_are_nowhere(self):
        secret = "tel-13812345678"
        raw = ("code,tel,note\n1234567,%s,a\n9999999,%s\n1234567,%s,a,b\n,%s,\n1234567,\"%s"
               % ((secret,) * 5)).encode()
        for form in "csv", "jsonl", "geojson":
            out, err = self.run_log("--drop", "tel", "--to", form, "--unmatched",
                                    self.path("rest.csv"), raw=raw)
            self.assertNotIn(secret, out + err + self.content("rest.csv").decode())
            self.assertNotIn("tel", out)
        out, _ = self.run_log("--drop", "tel", "--columns", "match_status", raw=raw)
        self.assertEqual(out, "code,note,match_status\n1234567,a,exact\n9999999,,unknown\n"
                         ",,malformed\n,,no_code\n,,malformed")
        out, _ = self.run_log("--drop", "#1", "--drop", "note", "--columns", "match_code",
                              raw=b"code,tel,note\n1234567,1,2\n1234567\n")
        self.assertEqual(out, "tel,match_code\n1,1234567\n,1234567\n")

    def test_an_answer_does_not_repeat_what_stood_in_a_column_left_out(self):
        raw = "note,street,hint_lat,hint_lon\n王小明 灯杆1234567,秘密街,45.781234,126.619876\n"
        for column, secrets in (("note", ["王小明", '"heard":"1234567"', '"readings":[{']),
                                ("street", ["秘密街"]), ("hint_lat", ["45.781234", '"hint"'])):
            for options, wanted in (([], True), (["--drop", column], False)):
                out, _ = self.run_log("--text", "note", "--to", "jsonl", *options,
                                      raw=raw.encode())
                self.assertEqual([secret in out for secret in secrets], [wanted] * len(secrets))
            json.loads(out)

    def test_no_character_of_a_long_record_is_cut_on_its_way_to_another_encoding(self):
        text = "code,note\n1234567,a%s\n" % ("汉𠀀" * (6 << 20))
        for encoding, other in ("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-16-le", "utf-8"):
            out, _ = self.city.geocode(["--encoding", encoding.upper().replace("-L", "L"),
                                        "--output-encoding", other, "--columns", "match_status",
                                        "-"], given=text.encode(encoding))
            wanted = text.replace("note\n", "note,match_status\n")[:-1] + ",malformed\n"
            self.assertTrue(out.decode(other) == wanted, encoding)

    def test_a_long_record_is_left_out_where_its_columns_cannot_be_told(self):
        raw = b"code,tel,note\n1234567,secret," + b"z" * (17 << 20) + b"\n1234567,1,2\n"
        out, _ = self.run_log("--drop", "tel", "--columns", "match_status", "--unmatched",
                              self.path("rest.csv"), raw=raw)
        self.assertEqual(out, "code,note,match_status\n,,malformed\n1234567,2,exact\n")
        self.assertEqual(self.content("rest.csv"), b"code,note,match_status\n,,malformed\n")

    # Exit status, files.

    def test_rows_without_a_match_are_no_failure_unless_asked_for(self):
        out, _ = self.run_log()
        for status in STATUSES:
            again, _ = self.run_log("--fail-on", "corrected,%s" % status, statuses=(1,))
            self.assertEqual(again, out)
        self.run_log("--fail-on", "corrected")
        self.assertIn("no_code", self.refused("--fail-on", "nocode"))

    def test_files_are_their_owners_alone(self):
        old = os.umask(0)
        try:
            self.path("out.csv", b"old")
            os.chmod(self.path("out.csv"), 0o666)
            self.run_log("-o", self.path("out.csv"))
        finally:
            os.umask(old)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("out.csv")).st_mode), 0o600)
        self.assertEqual(self.content("out.csv").decode(), self.run_log()[0])
        self.assertEqual(os.listdir(self.folder), ["out.csv"])

    def test_the_input_is_never_written_over(self):
        log = self.path("log.csv", LOG)
        os.symlink(log, self.path("soft.csv"))
        os.link(log, self.path("hard.csv"))
        os.link(log, self.path("new.csv.part"))
        for name in "log.csv", "soft.csv", "hard.csv", "new.csv", "./log.csv":
            for option in ["-o"], ["-o", self.path("fine.csv"), "--unmatched"]:
                _, err = self.city.geocode([log, *option, self.path(name)], statuses=(2,))
                self.assertIn(b"is read, and would be written over", err)
                self.assertEqual(self.content("log.csv"), LOG)
        self.assertNotIn("fine.csv", os.listdir(self.folder))
        self.refused("-o", self.path("a.csv"), "--unmatched", self.path("a.csv"))

    def test_what_cannot_be_read_or_written_is_told(self):
        out = self.path("out.csv")
        for arguments in ([self.folder], [self.path("none.csv")]):
            _, err = self.city.geocode([*arguments, "-o", out], statuses=(4,))
            self.assertIn(b"cannot be read", err)
        for name in self.path("none/out.csv"), "/dev/full", self.folder:
            _, err = self.city.geocode(["-", "-o", name], given=LOG, statuses=(4,))
            self.assertIn(b"cannot be written", err)
        _, err = self.city.geocode(["-", "-o", out, "--unmatched", "/dev/full"], given=LOG,
                                   statuses=(4,))
        self.assertIn(b"/dev/full cannot be written", err)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_command_line_that_is_wrong_is_refused(self):
        log = self.path("log.csv", LOG)
        for arguments in [], [log, log], [log, "--threads", "0"], [log, "--threads", "257"], \
                [log, "--to", "xlsx"], [log, "--encoding", "latin1"], [log, "--delimiter", "ab"], \
                [log, "--station-role", "any"], [log, "--evidence", "colour=note"], \
                [log, "--output-encoding", "utf16"], [log, "--hint", "1,2"]:
            out, err = self.city.geocode(arguments, statuses=(2,))
            self.assertEqual(out, b"", arguments)
            self.assertTrue(err)

    def test_the_sample_is_used_where_it_is_named_alone(self):
        home = self.path("home")
        os.makedirs(os.path.join(home, "bin"))
        os.makedirs(os.path.join(home, "share", "polelookup"))
        sample = os.path.join(home, "share", "polelookup", "sample.plx")
        self.city.build("-q", "--sample", index=sample)
        command = shutil.copy(self.command, os.path.join(home, "bin", "polelookup"))
        run = lambda *options: subprocess.run([command, *options, "-"], input=LOG, check=False,
                                              capture_output=True,
                                              env=log_city.environment(LD_LIBRARY_PATH=libraries))
        libraries = os.path.join(os.path.dirname(os.path.dirname(self.command)), "lib")
        done = run("geocode")
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"no index is set up", done.stderr)
        done = run("geocode", "-i", sample)
        self.assertEqual(done.returncode, 0)
        rows = rows_of(done.stdout.decode())[1:]
        self.assertTrue(all("sample_data" in row[-1] for row in rows if row), rows)

    # While it runs.

    def start(self, *arguments, **how):
        return subprocess.Popen([self.command, "geocode", "-i", self.city.index, *arguments],
                                stdin=subprocess.PIPE, env=log_city.environment(), **how)

    def wait_for(self, condition):
        for _ in range(6000):
            if condition():
                return
            time.sleep(0.01)
        self.fail("it did not happen within a minute")

    def calls(self, count):
        rng = random.Random(7)
        return b"id,code,note\n" + b"".join(b"%d,%s,some note\n" % (
            i, rng.choice([b"1234567", b"1234563", b"9999999", b"12345"])) for i in range(count))

    def test_an_interrupt_leaves_what_was_written_as_part_alone(self):
        log = self.calls(60000)
        whole, _ = self.run_log(raw=log)
        for number in signal.SIGINT, signal.SIGTERM:
            for threads in "1", "3":
                out = self.path("out.csv")
                run = self.start("-q", "--threads", threads, "-o", out, "--unmatched",
                                 self.path("rest.csv"), "-")
                run.stdin.write(log[:len(log) // 2])
                run.stdin.flush()
                self.wait_for(lambda: os.path.exists(out + ".part")
                              and os.path.getsize(out + ".part") > 200000)
                run.send_signal(number)
                self.assertEqual(run.wait(60), 130)
                run.stdin.close()
                self.assertNotIn("out.csv", os.listdir(self.folder))
                self.assertNotIn("rest.csv", os.listdir(self.folder))
                part = self.content("out.csv.part").decode()
                self.assertTrue(whole.startswith(part))
                self.assertTrue(part.endswith("\n"))
                self.assertEqual(stat.S_IMODE(os.stat(out + ".part").st_mode), 0o600)

    def test_two_runs_do_not_write_one_file(self):
        out = self.path("out.csv")
        run = self.start("-q", "-o", out, "-")
        self.wait_for(lambda: os.path.exists(out + ".part"))
        _, err = self.city.geocode(["-", "-o", out], given=LOG, statuses=(4,))
        self.assertIn(b"is being written by another run", err)
        run.stdin.write(LOG)
        run.stdin.close()
        self.assertEqual(run.wait(60), 0)
        self.assertEqual(self.content("out.csv").decode(), self.run_log()[0])

    def test_a_reader_that_goes_away_ends_it(self):
        run = self.start("-q", "-", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.close()
        try:
            for _ in range(50):
                run.stdin.write(self.calls(20000))
            run.stdin.close()
        except BrokenPipeError:
            pass
        self.assertNotEqual(run.wait(60), 0)
        run.stderr.close()

    def test_progress_is_shown_on_a_terminal_alone(self):
        self.assertNotIn("\r", self.run_log(raw=self.calls(60000))[1])
        master, terminal = os.openpty()
        run = self.start("-o", "/dev/null", "-", stderr=terminal)
        seen = b""
        os.set_blocking(master, False)
        calls = self.calls(20000)
        run.stdin.write(calls)
        calls = calls[calls.index(b"\n") + 1:]
        for _ in range(3000):
            run.stdin.write(calls)
            try:
                seen += os.read(master, 1 << 16)
            except BlockingIOError:
                pass
            if b" rows, " in seen and b"a second" in seen:
                break
        run.stdin.close()
        self.assertEqual(run.wait(60), 0)
        os.close(terminal)
        os.close(master)
        self.assertIn(b"\r", seen)
        self.assertIn(b"a second", seen)


if __name__ == "__main__":
    Options.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

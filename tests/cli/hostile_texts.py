#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Texts from hell through the whole chain: table, index, JSON, text for people, messages, exports.

Whatever stands in a table, a query, a file's name or a forged index: JSON is JSON, one object on a
line, as docs/schema says; nothing that a terminal acts on is sent to it; an answer for people keeps
its few lines; and what was taken comes out as it went in.

usage: hostile_texts.py COMMAND SCHEMA_FOLDER
"""
import csv
import importlib.machinery
import importlib.util
import io
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

COMMAND = SCHEMAS = None

# What a table may hold. Spaces at the ends are lost, so there are none.
TAKEN = [
    'a "quoted" street', "back\\slash\\", "'apostrophes'", "comma, semicolon; tab-less | bar",
    "</script><b>&amp;", "%s%n%d%100000s", "${HOME} `id` $(id) !!", "=cmd|' /C calc'!A0", "-1+1",
    "\u200bzero\u200b width\u200d", "a mark inside \ufeff.", "e" + "\u0301" * 30000,
    "\U0001f600\U0001f1e8\U0001f1f3", "narrow\u202fno\u00a0break", "null", "true",
    '{"code":"1"}', "\\u001b[31m", "\U0010ffff\U000e0001",
    "عربي מימין 12-34", "长" * 21845, "x" * 65536,
]
# What it may not: each turns, breaks or commands a line.
REFUSED = ["\x1b[31mred", "\x00nul", "bell\x07", "\x7f", "\x9b31m", "a\x85next", "line\u2028sep",
           "para\u2029sep", "\u202eexe.txt", "\u2066iso\u2069", "\u200fright", "\u200eleft",
           "\u061calm",
           "a\nb", "a\rb", "a\tb", "\ufffe"]
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
MOST_LINES = 9      # of an answer
MOST_COLUMNS = 600  # of a line for people


def load_judge():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check-schemas")
    loader = importlib.machinery.SourceFileLoader("check_schemas", path)
    spec = importlib.util.spec_from_loader("check_schemas", loader)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def crc(data):
    return zlib.crc32(data) & 0xFFFFFFFF


def forge(index, change):
    """The index with its texts changed, lengths and checksums right again: docs/index-format.md."""
    header = bytearray(index[:128])
    count = struct.unpack_from("<I", header, 32)[0]
    entries = [list(struct.unpack_from("<HHHHQQII", index, 128 + 32 * i)) for i in range(count)]
    bodies = [index[e[4]:e[4] + e[5]] for e in entries]
    for entry, i in zip(entries, range(count)):
        if entry[0] == STRINGS:
            bodies[i] = change_strings(bodies[i], change)
    out = bytearray(128 + 32 * count)
    for entry, body in zip(entries, bodies):
        out += bytes(-len(out) % 64)
        entry[4:7] = len(out), len(body), crc(body)
        out += body
    for i, entry in enumerate(entries):
        struct.pack_into("<HHHHQQII", out, 128 + 32 * i, *entry)
    struct.pack_into("<Q", header, 16, len(out))
    struct.pack_into("<I", header, 36, crc(bytes(out[128:128 + 32 * count])))
    struct.pack_into("<I", header, 124, crc(bytes(header[:124])))
    out[:128] = header
    return bytes(out)


STRINGS = 2


def change_strings(section, change):
    count, total = struct.unpack_from("<II", section)
    starts = struct.unpack_from("<%dI" % (count + 1), section, 8)
    text = section[8 + 4 * (count + 1):]
    strings = [change(text[starts[i]:starts[i + 1]]) for i in range(count)]
    assert strings == sorted(strings) and len(set(strings)) == count
    places, at = [], 0
    for string in strings:
        places.append(at)
        at += len(string)
    places.append(at)
    return struct.pack("<II%dI" % (count + 1), count, at, *places) + b"".join(strings)


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schemas = load_judge()
        cls.judge = cls.schemas.Judge(pathlib.Path(SCHEMAS))

    def setUp(self):
        self.place = tempfile.TemporaryDirectory(prefix="polelookup-hostile-")
        self.addCleanup(self.place.cleanup)
        self.folder = self.place.name

    def path(self, name):
        name = name.encode() if isinstance(name, str) else name
        return os.path.join(os.fsencode(self.folder), name)

    def ask(self, *arguments, given=b"", index=None, statuses=(0, 1, 3)):
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder,
                       "SOURCE_DATE_EPOCH": "1214784000"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        if index:
            environment["POLELOOKUP_INDEX"] = index
        run = subprocess.run([COMMAND, *arguments], input=given, capture_output=True,
                             env=environment, cwd=self.folder, timeout=120)
        self.assertIn(run.returncode, statuses, (arguments, run.stderr[:2000]))
        return run.stdout, run.stderr

    def shown(self, data, most_lines=None):
        """What a terminal is sent: UTF-8, nothing that it acts on, lines of bounded length."""
        text = data.decode("utf-8")
        self.assertIsNone(ACTING.search(text), repr(text[:2000]))
        lines = text.split("\n")
        self.assertLessEqual(max(map(len, lines)), MOST_COLUMNS, text[:2000])
        if most_lines:
            self.assertLessEqual(len(lines) - 1, most_lines, text[:2000])
        return text

    def objects(self, data, command):
        """Lines of JSON, each judged by its schema."""
        self.assertTrue(data.endswith(b"\n") or not data)
        text = data.decode("utf-8")
        self.assertIsNone(ACTING.search(text), repr(text[:2000]))
        found = [json.loads(line) for line in text.split("\n")[:-1]]
        for value in found:
            schema = self.judge.schemas[self.schemas.kind_of(value, command)]
            self.assertEqual(self.judge.faults(value, schema, schema, ""), [])
        return found

    def write_table(self, name, header, rows):
        path = self.path(name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
        return path

    def build_city(self, texts):
        """A pole for each text, that has it as street, district, note, alias and owner; a station
        of that name, id, phone and group; a county of that name; areas of stations."""
        lats = ["45.%03d" % (700 + i) for i in range(len(texts))]
        stations = [[text[:20000] + "#%d" % i, text, lats[i], "126.6", text, text, text]
                    for i, text in enumerate(texts)]
        poles = [["", "12345%02d" % i, lats[i], "126.6", text, text, text, text[:60000] + "~", text]
                 for i, text in enumerate(texts)]
        poles += [[text, "10101", lats[i], "126.61", text, "", "", "", ""]
                  for i, text in enumerate(texts)]
        poles_path = self.write_table("poles.csv", "scope code lat lon street district note alias "
                                      "alias_owner".split(), poles)
        stations_path = self.write_table(
            "stations.csv", "id name lat lon phone group district".split(), stations)
        areas = [{"type": "Feature", "properties": {"station_id": station[0]},
                  "geometry": {"type": "Polygon", "coordinates": [[
                      [126.59, 45.6995 + i / 1000], [126.62, 45.6995 + i / 1000],
                      [126.62, 45.7005 + i / 1000], [126.59, 45.7005 + i / 1000],
                      [126.59, 45.6995 + i / 1000]]]}} for i, station in enumerate(stations)]
        areas_path = self.path("areas.geojson")
        with open(areas_path, "w", encoding="utf-8") as file:
            json.dump({"type": "FeatureCollection", "features": areas}, file)
        index = self.path("city.plx")
        out, err = self.ask("build", "--json", "--poles", poles_path, "--stations", stations_path,
                            "--areas", areas_path, "--name", texts[0], "--scheme",
                            "district:1,station:2,street:2,pole:2;*/pole:5", "-o", index,
                            statuses=(0,))
        [report] = self.objects(out, "build")
        self.assertEqual(report["rows_refused"], 0, err[:2000])
        self.assertEqual(report["poles"], 2 * len(texts))
        return index, stations

    def everything(self, index, count):
        """Every question that the command knows, as JSON and as text in both languages."""
        answers = []
        for i in range(count):
            out, _ = self.ask("--json", "12345%02d" % i, index=index)
            [answer] = self.objects(out, "lookup")
            answers.append(answer)
        whole = ["--bbox", "45,126,46,127"]
        questions = [["lookup", "10101"], ["near", "-k", "50", "45.7,126.6"], ["within", *whole],
                     ["station", "1234500"], ["station", "45.7001,126.6001"], ["info"],
                     ["station", "-k", "30", "45.7001,126.6001"],
                     ["between", "1234500", "1234502"], ["between", "1234500", "10101"],
                     ["lookup", "--limit", "100", "10101"]]
        for command, *arguments in questions:
            first = [] if command == "lookup" else [command]
            out, _ = self.ask(*first, "--json", *arguments, index=index)
            self.assertTrue(self.objects(out, command))
            for language in "zh", "en":
                out, err = self.ask(*first, "--lang", language, *arguments, index=index)
                self.assertTrue(self.shown(out))
                self.shown(err)
        for i in range(count):
            for language in "zh", "en":
                out, _ = self.ask("--lang", language, "12345%02d" % i, index=index)
                self.shown(out, MOST_LINES)
        return answers

    def test_what_is_taken_comes_out_as_it_went_in(self):
        index, stations = self.build_city(TAKEN)
        answers = self.everything(index, len(TAKEN))
        for text, answer, station in zip(TAKEN, answers, stations):
            pole = answer["candidates"][0]
            self.assertEqual(pole["code"], answer["heard"])
            self.assertEqual([pole["street"], pole["district"], pole["note"]], [text] * 3)
            responsible = [s for s in pole["stations"] if s["role"] == "responsible"]
            self.assertEqual([s["id"] for s in responsible], [station[0]])
            self.assertEqual([s["name"] for s in responsible], [text])
            out, _ = self.ask("--json", "--scope", text, "10101", index=index)
            [answer] = self.objects(out, "lookup")
            self.assertEqual(answer["candidates"][0]["scope"], text)
        for table in "poles", "stations":
            out, _ = self.ask("export", "--what", table, "--to", "csv", index=index)
            rows = list(csv.DictReader(io.StringIO(out.decode("utf-8"), newline="")))
            column = "street" if table == "poles" else "name"
            self.assertEqual({row[column] for row in rows}, set(TAKEN))
            out, _ = self.ask("export", "--what", table, "--to", "geojson", index=index)
            features = json.loads(out.decode("utf-8"))["features"]
            self.assertEqual({f["properties"][column] for f in features}, set(TAKEN))
            self.assertIsNone(ACTING.search(out.decode("utf-8")))

    def test_what_would_act_on_a_terminal_is_refused_and_shown_harmless(self):
        rows = [["12345%02d" % i, "45.7", "126.6", text] for i, text in enumerate(REFUSED)]
        rows.append(["7654321", "45.7", "126.6", "sound"])
        table = self.write_table("poles.csv", ["code", "lat", "lon", "street"], rows)
        index, rejects = self.path("city.plx"), self.path("rejects.csv")
        out, err = self.ask("build", "--encoding", "utf-8", "--poles", table, "-o", index,
                            "--rejects", rejects, statuses=(3,))
        self.shown(out)
        self.shown(err)
        out, err = self.ask("build", "--json", "--encoding", "utf-8", "--poles", table, "-o", index,
                            statuses=(3,))
        [report] = self.objects(out, "build")
        self.assertEqual(report["rows_refused"], len(REFUSED))
        self.assertTrue(self.objects(err, "build"))
        with open(rejects, encoding="utf-8", newline="") as file:
            kept = [json.loads(row["row"]) for row in csv.DictReader(file)]
        # Nothing is lost on the way out: these rows can be mended and given back.
        self.assertEqual([cells[3] for cells in kept if "\x00" not in cells[3]],
                         [text for text in REFUSED if "\x00" not in text])

    def test_queries_are_told_back_harmless(self):
        index, _ = self.build_city(TAKEN[:3])
        queries = [text.encode("utf-8") for text in TAKEN + REFUSED if "\x00" not in text]
        queries += [b"\xff\xfe", b"1234500\xff", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80",
                    b"1234500\x1b]0;title\x07", b"1" * 100000, b"\xef\xbc\x91" * 7]
        for query in queries:
            if query.startswith(b"-"):
                query = b" " + query
            out, _ = self.ask("--json", query, index=index)
            self.assertEqual(len(self.objects(out, "lookup")), 1, query[:100])
            for language in "zh", "en":
                out, err = self.ask("--lang", language, query, index=index)
                self.shown(out, MOST_LINES)
                self.shown(err)
        lines = [query for query in queries if b"\n" not in query and len(query) < 60000]
        out, _ = self.ask("--json", "-", given=b"\n".join(lines) + b"\n", index=index)
        asked = [line for line in lines if line.strip()]
        self.assertEqual(len(self.objects(out, "lookup")), len(asked))

    def test_names_of_files_and_options_are_told_back_harmless(self):
        index, _ = self.build_city(TAKEN[:3])
        names = [b"\x1b[31m.csv", b"\xff.csv", "\u202egpj.csv".encode(), b"a\nb.csv", b"%s%n.csv",
                 b"\xc2\x9b.csv"]
        for name in names:
            for options in [], ["--json"]:
                look = self.objects if options else lambda data, _: self.shown(data)
                _, err = self.ask(*options, "-i", self.path(name), "1234500", statuses=(4,))
                look(err, "lookup")
                _, err = self.ask("build", *options, "--poles", self.path(name), "-o",
                                  self.path("x.plx"), statuses=(4,))
                look(err, "build")
                _, err = self.ask(*options, b"--no-such-" + name, statuses=(2,))
                look(err, "lookup")
                _, err = self.ask(*options, "--scope", name, "1234500", index=index,
                                  statuses=(2, 4))
                look(err, "lookup")
            table = self.write_table(name, ["code", "lat", "lon"],
                                     [["1234567", "45", "126"], ["x", "1", "2"]])
            made = self.path(name + b".plx")
            for options in [], ["--json"]:
                out, err = self.ask("build", *options, "--poles", table, "-o", made, statuses=(3,))
                (self.objects if options else lambda data, _: self.shown(data))(out, "build")
                self.shown(err) if not options else self.objects(err, "build")
                out, _ = self.ask("info", *options, made)
                (self.objects if options else lambda data, _: self.shown(data))(out, "info")
                out, _ = self.ask("verify", *options, made)
                (self.objects if options else lambda data, _: self.shown(data))(out, "verify")

    def test_a_forged_index_sends_nothing_that_acts(self):
        suffix = "\x1b[31m\n\u202e\x9b\u2028\x00\r".encode("utf-8")
        honest, _ = self.build_city(TAKEN[:12])
        with open(honest, "rb") as file:
            data = file.read()
        forged = self.path("forged.plx")
        with open(forged, "wb") as file:
            # But for what a reader holds to a form: prefixes, the word police, the empty text.
            file.write(forge(data, lambda text: text if text in (b"", b"police") or text.isdigit()
                             else text + suffix))
        answers = self.everything(forged, 12)
        self.assertTrue(answers[0]["candidates"][0]["street"].endswith(suffix.decode("utf-8")))
        # Its identity is another's: verify says so, and nothing else.
        out, err = self.ask("verify", forged, statuses=(1,))
        self.shown(out)
        self.shown(err)


if __name__ == "__main__":
    COMMAND, SCHEMAS = map(os.path.abspath, sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)

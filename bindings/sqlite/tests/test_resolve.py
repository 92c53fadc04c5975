# SPDX-License-Identifier: MIT
"""Sayings: pole_resolve, pole_resolve_json, pole_match, pole_between. No row may read as certain
that is not, and the tables tell the same as the JSON that the command writes."""

import json
import pathlib
import subprocess
import tempfile

from support import GOLDEN, PREFIX, SAMPLE, Case


def feature(kind, coordinates):
    geometry = f'{{"type": "{kind}", "coordinates": {coordinates}}}'
    return f'{{"type": "Feature", "properties": null, "geometry": {geometry}}}'


class Counties(Case):
    def test_an_empty_scope_finds_in_the_urban_districts_and_as_evidence_is_not_known(self):
        self.assertEqual(self.one("SELECT pole_status('10101')"), "several")
        self.assertEqual(self.one("SELECT pole_status('10101', '')"), "not_found")
        told = self.one("SELECT pole_resolve_json('10101')")
        self.assertEqual(json.loads(told)["status"], "ambiguous")
        self.assertEqual(self.one("SELECT pole_resolve_json('10101', 'said_scope', '')"), told)
        self.assertNotEqual(self.one("SELECT pole_resolve_json('10101', 'said_scope', '宾县')"), told)
        matched = "SELECT * FROM pole_match('10101')"
        self.assertEqual(self.rows(matched + " WHERE said_scope = ''"), self.rows(matched))


class Resolve(Case):
    INDEX = SAMPLE

    def json_of(self, *call):
        marks = ", ".join("?" * len(call))
        return json.loads(self.one(f"SELECT pole_resolve_json({marks})", *call))

    def test_the_json_is_the_commands(self):
        for text, options, pairs in (
            ("2334504", [], []),
            ("气二三是五六七", [], []),
            ("it's two, three three, four five, oh two", [], []),
            ("hello", [], []),
            ("1234567", ["--also", "1234565"], ["also", "1234565"]),
            ("7334502", ["--then", "2334540"], ["later", "2334540"]),
            ("1234567", ["--street", "通江街"], ["said_street", "通江街"]),
            ("1234567", ["--digit", "1=7", "-n", "7"], ["digits", '{"1": 7}', "candidates", 7]),
            ("1234567", ["--channel", "heavy"], ["channel", "heavy"]),
            ("1234567", ["--clean", "0.5"], ["clean", 0.5]),
            ("1234567", ["--caller-lang", "ru"], ["caller_language", "ru"]),
        ):
            command = [PREFIX / "bin/polelookup", "-i", SAMPLE, "--json", "--lang", "zh", *options]
            told = subprocess.run([*command, "--", text], capture_output=True, encoding="utf-8", check=False)
            self.assertTrue(told.stdout, told.stderr)
            self.assertEqual(
                self.one(f"SELECT pole_resolve_json(?{', ?' * len(pairs)})", text, *pairs) + "\n",
                told.stdout,
                (text, options),
            )

    def test_rows_tell_what_the_json_tells(self):
        for text in ("2334504", "7234567", "气二三是五六七", "233450?", "hello", "23345", "12345678901"):
            told = self.json_of(text)
            rows = self.rows(
                "SELECT code, lat, lon, confidence, station_id, edits, warnings, status, reason "
                "FROM pole_resolve(?) WHERE candidate IS NOT NULL OR code IS NULL",
                text,
            )
            places = [r for r in rows if r[0] is not None]
            self.assertEqual([r[0] for r in places], [c["code"] for c in told["candidates"]], text)
            for row, want in zip(places, told["candidates"]):
                self.assertEqual(row[1:3], (want["lat"], want["lon"]))
                self.assertAlmostEqual(row[3], want["confidence"], delta=5e-5)
                chosen = [s["id"] for s in want["stations"] if s["chosen"]]
                self.assertEqual([row[4]], chosen)
                edits = [{k: e[k] for k in ("kind", "position", "meant")} for e in want["edits"]]
                got = [{k: e[k] for k in ("kind", "position", "meant")} for e in json.loads(row[5])]
                self.assertEqual(got, edits)
            words = [w["code"] for w in told["warnings"]]
            self.assertEqual([w for w in (rows[0][6] or "").split(";") if w], words)
            self.assertEqual(rows[0][7:], (told["status"], told["reason"]))

    def test_only_the_first_row_of_a_settled_answer_has_its_status(self):
        rows = self.rows("SELECT status, candidate, confidence FROM pole_resolve('2334504')")
        self.assertEqual(rows[0][:2], ("exact", 1))
        self.assertGreater(len(rows), 1)
        self.assertEqual({r[0] for r in rows[1:]}, {"rival"})
        self.assertTrue(all(r[2] < 0.1 for r in rows[1:]))

    def test_every_row_of_an_unsettled_answer_says_so(self):
        rows = self.rows(
            "SELECT status, question, warnings FROM pole_resolve('1234567') "
            "WHERE hint_lat = 45.70 AND hint_lon = 126.58 AND hint_radius_m = 200"
        )
        self.assertGreater(len(rows), 1)
        for status, question, warnings in rows:
            self.assertEqual(status, "ambiguous")
            self.assertEqual(question, "place")
            self.assertIn("hint_conflict", warnings.split(";"))

    def test_the_place_is_assessed_for_the_first_row_alone(self):
        rows = self.rows("SELECT confidence_place FROM pole_resolve('2334504')")
        self.assertGreater(rows[0][0], 0.95)
        self.assertEqual(set(rows[1:]), {(None,)})

    def test_the_question_is_asked_in_both_languages(self):
        row = self.rows(
            "SELECT ask, say FROM pole_resolve('2334504') WHERE language = 'zh' "
            "AND caller_language = 'en' LIMIT 1"
        )
        self.assertEqual(
            row, [("请把七位数字从头慢慢再念一遍。", "Please read all seven digits again, slowly.")]
        )

    def test_evidence_settles_what_is_in_doubt(self):
        bare = self.rows("SELECT confidence FROM pole_resolve('气二三是五六七') LIMIT 1")
        told = self.rows("SELECT confidence FROM pole_resolve('气二三是五六七') WHERE digits = '{\"1\":1}' LIMIT 1")
        self.assertGreater(told[0][0], bare[0][0])

    def test_a_hint_in_the_datum_of_chinese_maps_is_converted_and_echoed(self):
        pole = (45.6762803, 126.6272838)
        query = ("SELECT distance_to_hint_m, json FROM pole_resolve('2334504', ?, ?, 100) "
                 "WHERE hint_crs = ? LIMIT 1")
        near = self.rows(query, 45.6785, 126.6335, "gcj02")
        far = self.rows(query, 45.6785, 126.6335, "EPSG:4326")
        evidence = json.loads(near[0][1])["evidence"][0]
        self.assertEqual(evidence["crs"], "gcj02")
        self.assertEqual(evidence["given"], "45.6785,126.6335,100.0")
        self.assertLess(abs(evidence["lat"] - pole[0]), 0.001)
        self.assertGreater(abs(near[0][0] - far[0][0]), 100)
        self.fails("unsupported|invalid_argument", query, 1, 1, "EPSG:4530")

    def test_unknown_evidence_is_no_evidence(self):
        bare = self.one("SELECT json FROM pole_resolve('2334504') LIMIT 1")
        for count in range(16):
            nothing = ", NULL" * count
            self.assertEqual(self.one(f"SELECT json FROM pole_resolve('2334504'{nothing}) LIMIT 1"), bare)

    def test_more_terms_than_sqlite_passes_on_lose_no_row_in_silence(self):
        nothing = ", NULL" * 20
        self.fails("limit: pole_resolve has over 16", f"SELECT json FROM pole_resolve('2334504'{nothing})")
        given = ("SELECT status FROM pole_resolve('2334504', 45.676, 126.627, 100, 0.5, 'EPSG:4326', "
                 "'红旗街', '南岗区', '', '2334502', '2334506', '{\"1\":2}', '[45,126,46,127]', NULL, NULL, "
                 "'everyday', 0.9, 200, 3, 'zh', 'en')")
        self.assertEqual(self.rows(given)[0], ("exact",))

    def test_conditions_on_rows_do_not_disturb_the_arguments(self):
        rows = self.rows("SELECT candidate FROM pole_resolve('2334504') WHERE candidate = 2 OR code = '2334504'")
        self.assertEqual(rows, [(1,), (2,)])

    def test_texts_of_one_saying_are_heard_together(self):
        nbest = json.dumps([{"text": "2334504", "weight": 0.7}, {"text": "2334506", "weight": 0.3}])
        rows = self.rows("SELECT code FROM pole_resolve(NULL) WHERE nbest = ?", nbest)
        self.assertEqual(rows[0], ("2334504",))
        self.assertIn(("2334506",), rows)
        readings = json.loads(self.one("SELECT pole_resolve_json(NULL, 'nbest', ?)", nbest))["readings"]
        self.assertEqual([r["weight"] for r in readings], [0.7, 0.3])
        self.fails("must be NULL", "SELECT * FROM pole_resolve('2334504') WHERE nbest = ?", nbest)

    def test_evidence_that_cannot_be_used_is_an_error_with_the_cure(self):
        for name, value, pattern in (
            ("hint_lat", 45.7, "both hint_lat and hint_lon"),
            ("said_scope", "双城", "no county is called"),
            ("digits", "3=1", "bad_input: digits"),
            ("digits", "[1]", "digits are given as|place of a digit"),
            ("digits", '{"3": 11}', "a digit is not a whole number from 0 to 9"),
            ("digits", '{"0": 1}', "digits are given as"),
            ("digits", '{"12": 1}', "digits are given as"),
            ("box", "[1, 2, 3]", r"\[south, west, north, east\]"),
            ("box", "[1, 2, null, 3]", r"\[south, west, north, east\]"),
            ("box", "5,6", "bad_input: box"),
            ("polygon", '{"type": "Point"}', "bad_input"),
            ("polygon", "", "bad_input"),
            ("polygon", "null", "bad_input"),
            ("polygon", feature("Polygon", "[]"), "bad_input"),
            ("polygon", feature("Polygon", "[[]]"), "bad_input"),
            ("polygon", feature("MultiPolygon", "[]"), "bad_input"),
            ("nbest", "[]", "must be NULL"),
            ("channel", "loud", "'everyday', 'heavy'"),
            ("channel", "a\nb\n", "bad_input"),
            ("clean", 1.5, "clean"),
            ("clean", "much", "clean is not a number"),
            ("candidates", 0, "candidates is not a whole number from 1 to"),
            ("language", "de", "'zh', 'en' or 'ru'"),
            ("also", 2334502, "also is a number"),
            ("near", 1, "is no name"),
            ("text", "x", "is no name"),
        ):
            with self.subTest(name=name, value=value):
                self.fails(pattern, "SELECT pole_resolve_json('2334504', ?, ?)", name, value)
        self.fails("pairs of a name", "SELECT pole_resolve_json('2334504', 'also')")
        self.fails("pairs of a name", "SELECT pole_resolve_json()")
        self.fails("there twice", "SELECT pole_resolve_json('1', 'clean', 0.5, 'clean', 0.6)")
        self.fails("hint_radius_m must be", "SELECT * FROM pole_resolve('2334504', 45, 126, 0)")
        self.fails("the text is a number", "SELECT * FROM pole_resolve(2334504)")

    def test_no_text_is_one_row_of_nothing(self):
        self.assertEqual(self.rows("SELECT status, code, json FROM pole_resolve(NULL)"), [(None, None, None)])

    def test_evidence_comes_from_the_columns_of_a_join(self):
        self.db.execute("CREATE TABLE calls(id, said TEXT, lat REAL, lon REAL, street TEXT)")
        self.db.executemany(
            "INSERT INTO calls VALUES (?, ?, ?, ?, ?)",
            [(1, "2334504", 45.676, 126.627, None), (2, "1234567", None, None, "通江街"), (3, None, None, None, None)],
        )
        rows = self.rows(
            "SELECT id, status, code, corroborated_by FROM calls JOIN pole_resolve(said, calls.lat, calls.lon) r "
            "WHERE r.said_street IS calls.street AND r.candidate = 1 ORDER BY id"
        )
        self.assertEqual([r[:3] for r in rows], [(1, "exact", "2334504")])
        rows = self.rows(
            "SELECT id, r.status, r.code, corroborated_by FROM calls JOIN pole_resolve(said, calls.lat, "
            "calls.lon, NULL, NULL, NULL, calls.street) r WHERE coalesce(candidate, 1) = 1 ORDER BY id"
        )
        self.assertEqual(
            rows,
            [(1, "exact", "2334504", "hint"), (2, "exact", "1234567", "street"), (3, None, None, None)],
        )


class Spelled(Case):
    """What a JSON argument says by names or by halves is refused: it would be other evidence."""

    def test_a_box_is_an_array(self):
        named = '{"south":45.6,"east":126.65,"north":45.7,"west":126.6}'
        self.fails("box", "SELECT * FROM pole_resolve WHERE text = '2334504' AND box = ?", named)

    def test_a_digit_has_a_whole_place(self):
        for digits in ('{"3.9": 3}', '{"0": 3}', '{"10": 3}'):
            self.fails("digit", "SELECT * FROM pole_resolve WHERE text = '2334504' AND digits = ?",
                       digits)

    def test_a_level_of_nothing_is_refused(self):
        self.fails("hint_level", "SELECT * FROM pole_resolve WHERE text = '2334504' AND "
                   "hint_lat = 45.68 AND hint_lon = 126.63 AND hint_level = 0")


class Interpolated(Case):
    """A street of poles thirty metres apart, without 1234551."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        poles, self.INDEX = pathlib.Path(folder.name, "poles.csv"), pathlib.Path(folder.name, "i.plx")
        rows = [f"12345{n:02},{45.7 + n * 0.000135},126.6,通江街" for n in range(1, 90, 2) if n != 51]
        poles.write_text("code,lat,lon,street\n" + "\n".join(rows) + "\n", encoding="utf-8")
        command = [PREFIX / "bin/polelookup", "build", "-q", "--poles", poles, "-o", self.INDEX]
        subprocess.run(command, check=True)
        super().setUp()

    def test_a_place_between_two_poles_has_a_row_without_a_code(self):
        code = "1234551"
        rows = self.rows(
            "SELECT status, candidate, code, lat, estimate_lat, estimate_code, confidence, "
            "confidence_place, distance_to_first_m FROM pole_resolve(?)",
            code,
        )
        status, candidate, got, lat, estimate_lat, estimate_code, confidence, place, to_first = rows[0]
        self.assertEqual((status, candidate, got), ("interpolated", None, None))
        self.assertEqual((lat, estimate_code, to_first), (estimate_lat, code, None))
        self.assertGreater(confidence, rows[-1][6] if len(rows) > 1 else 0)
        self.assertIsNotNone(place)
        self.assertAlmostEqual(lat, 45.7 + 51 * 0.000135, delta=1e-6)
        for row in rows[1:]:
            self.assertEqual(row[0], "rival")
        match = self.rows("SELECT status, code, lat FROM pole_match(?)", code)
        self.assertEqual(match, [("interpolated", None, lat)])


class Match(Case):
    INDEX = SAMPLE

    def test_doubt_has_no_place(self):
        for text, status in (("2334504", "exact"), ("hello", "no_code"), ("9999999", "unknown")):
            row = self.rows("SELECT status, code, lat, station_id FROM pole_match(?)", text)
            self.assertEqual(row[0][0], status)
            if status != "exact":
                self.assertEqual(row[0][1:], (None, None, None))
        row = self.rows(
            "SELECT status, code, lat, lon, station_id, warnings, confidence FROM "
            "pole_match('1234567', 45.70, 126.58, 200)"
        )[0]
        self.assertEqual(row[:5], ("ambiguous", None, None, None, None))
        self.assertIn("hint_conflict", row[5])
        self.assertIsNotNone(row[6])

    def test_it_says_what_pole_resolve_says(self):
        for text in ("2334504", "7234567", "气二三是五六七", "2030630", "hello", "4010101", "23345"):
            match = self.rows("SELECT status, confidence, warnings, no_pole FROM pole_match(?)", text)[0]
            first = self.rows(
                "SELECT status, confidence, warnings, no_pole FROM pole_resolve(?) LIMIT 1", text
            )[0]
            self.assertEqual(match[0], first[0], text)
            self.assertEqual(match[2], first[2], text)
            if first[0] not in ("unknown", "no_code"):
                self.assertAlmostEqual(match[1], first[1], delta=1e-4)

    def test_evidence_that_cannot_be_read_is_told(self):
        query = "SELECT status, evidence_bad FROM pole_match('2334504', ?, ?)"
        self.assertEqual(self.rows(query, "n/a", "126.6"), [("exact", 1)])
        self.assertEqual(self.rows(query, 45.6762, "126.6272"), [("exact", 0)])

    def test_every_call_of_a_log_keeps_its_row(self):
        self.db.execute("CREATE TABLE calls(id INTEGER PRIMARY KEY, said TEXT)")
        said = ["2334504", None, "hello", "", "9999999", "气二三是五六七"]
        self.db.executemany("INSERT INTO calls(said) VALUES (?)", [(s,) for s in said])
        rows = self.rows("SELECT id, status FROM calls JOIN pole_match(said) ORDER BY id")
        self.assertEqual(
            rows,
            [(1, "exact"), (2, None), (3, "no_code"), (4, "no_code"), (5, "unknown"), (6, "corrected")],
        )


class Between(Case):
    INDEX = GOLDEN

    def test_two_poles_of_a_street(self):
        row = self.rows(
            "SELECT relation, same_street, same_side, poles_between, first_code, second_code, "
            "round(distance_m), middle_lat FROM pole_between('1234563', '1234567')"
        )
        self.assertEqual(
            row, [("stretch", 1, 1, 1, "1234563", "1234567", 56.0, (45.776 + 45.7765) / 2)]
        )

    def test_a_contradiction_has_corrections(self):
        row = self.rows("SELECT relation, corrections, json FROM pole_between('1234563', '2334502')")[0]
        self.assertEqual(row[0], "apart")
        self.assertEqual(row[1], len(json.loads(row[2])["corrections"]))

    def test_no_pole_has_no_place(self):
        row = self.rows("SELECT relation, second_code, second_lat, middle_lat, same_street "
                        "FROM pole_between('1234563', '9999999')")
        self.assertEqual(row, [("unknown", None, None, None, None)])

    def test_nothing_asked_has_no_row(self):
        self.assertEqual(self.rows("SELECT * FROM pole_between(NULL, '1234567')"), [])

    def test_an_unknown_county_is_an_error(self):
        self.fails("county", "SELECT * FROM pole_between('10101', '10103', '双城')")
        row = self.rows("SELECT relation, first_lat FROM pole_between('10101', '10103', '宾县')")
        self.assertEqual(row, [("stretch", 45.759)])

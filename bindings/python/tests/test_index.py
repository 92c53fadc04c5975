# SPDX-License-Identifier: MIT
"""An index and its answers: what the command prints, as Python has it."""

import csv
import json
import pathlib

import pyarrow
import pytest

import polelookup
from conftest import CODES, ROOT, SMALL


def test_the_version_is_that_of_the_library():
    assert polelookup.__version__ == (ROOT / "VERSION").read_text().strip()


def test_info_is_what_the_command_prints(index, command):
    assert index.info() == json.loads(command.run("info", "--json", command.index_path))
    assert index.id == index.info()["index"]["id"]
    assert index.sample is index.info()["index"]["sample"] is True
    assert index.scopes == ("",)
    index.verify()


def test_a_pole_is_the_row_of_the_table(index, command, tmp_path):
    table = tmp_path / "poles.csv"
    table.write_text(command.run("export", "--index", command.index_path))
    with open(table, newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(index) == len(rows) == index.info()["poles"]
    assert [row["code"] for row in rows] == [pole.code for pole in index.poles()]
    for row in rows[::997]:
        pole = index[row["code"]]
        assert pole.code == row["code"] and pole.grouped.replace(" ", "") == row["code"]
        assert (pole.lat, pole.lon) == (float(row["lat"]), float(row["lon"]))
        assert pole.street == row["street"] and pole.district == row["district"]
        assert (pole.surveyed.isoformat() if pole.surveyed else "") == row["surveyed"]
        assert row["code"] in index and pole == index.get(row["code"]) == index.find(row["code"])
        assert index.find_all(row["code"]) == [pole] and index.pole_at(pole.row) == pole
        found = pole.to_dict()
        assert found["code"] == row["code"] and found["surveyed"] == (row["surveyed"] or None)
        assert found["sample"] is True


@pytest.mark.parametrize("code", ["9999999", "12", "", "abc", "二三三四五零四"])
def test_what_is_no_code_of_the_table_is_a_key_error(index, code):
    assert code not in index and index.get(code) is None and index.get(code, "none") == "none"
    with pytest.raises(KeyError):
        index[code]
    with pytest.raises(polelookup.Error) as caught:
        index.find(code)
    wanted = polelookup.NotFoundError if len(code) == 7 and code[0] == "9" else (
        polelookup.MalformedCodeError)
    assert type(caught.value) is wanted
    assert caught.value.name == ("not_found" if wanted is polelookup.NotFoundError
                                 else "malformed_code")
    assert repr(code) in str(caught.value)


def test_a_number_is_no_code_since_leading_zeros_matter(index):
    with pytest.raises(TypeError):
        index[2334504]
    with pytest.raises(TypeError):
        index.find(2334504)
    assert 2334504 not in index


def test_a_code_of_several_counties_is_an_error_of_its_own():
    """The golden file has such codes."""
    with polelookup.open(ROOT / "tests" / "golden" / "format-1.0.plx") as index:
        assert len(index.scopes) > 1
        codes = [pole.code for pole in index.poles()]
        [shared, *_] = [code for code in codes if codes.count(code) > 1]
        with pytest.raises(polelookup.SeveralError) as caught:
            index[shared]
        assert caught.value.name == "several" and isinstance(caught.value, LookupError)
        with pytest.raises(polelookup.SeveralError):
            index.get(shared)
        assert shared in index
        poles = index.find_all(shared)
        assert len(poles) == codes.count(shared)
        assert [index.find(shared, pole.scope) for pole in poles] == poles
        assert len({(pole.lat, pole.lon) for pole in poles}) > 1
        assert index.resolve(shared).place is None


def test_an_unknown_county_is_an_error_of_its_name(index):
    assert index.find("2334504", scope="") == index["2334504"]
    with pytest.raises(polelookup.NotFoundError):
        index.find("2334504", scope="哪里县")
    with pytest.raises(polelookup.InvalidArgumentError):
        index.resolve("2334504", scope="哪里县")


@pytest.mark.parametrize("text", [code for code in CODES if code])
def test_an_answer_is_what_the_command_prints(index, command, text):
    [expected] = command.answers(text)
    answer = index.resolve(text)
    assert answer.to_dict() == expected
    assert answer.status == expected["status"] and answer.reason == expected["reason"]
    assert answer.heard == expected["heard"] and answer.query == expected["query"]
    assert [one.code for one in answer.candidates] == [
        one["code"] for one in expected["candidates"]]
    assert (answer.place is None) == (answer.status not in ("exact", "corrected", "interpolated"))
    assert (answer.station is None) == (answer.place is None)


def test_the_parts_of_an_answer_are_those_that_the_command_prints(index, command):
    [expected] = command.answers("--hint", "45.6765,126.6275,300", "--crs", "gcj02",
                                 "--caller-lang", "ru", "2334564")
    answer = index.resolve("2334564", hint=(45.6765, 126.6275, 300), crs="gcj02",
                           caller_language="ru")
    assert answer.to_dict() == expected
    for one, wanted in zip(answer.candidates, expected["candidates"], strict=True):
        assert (one.lat, one.lon, one.scope) == (wanted["lat"], wanted["lon"], wanted["scope"])
        assert (one.x, one.y) == (pytest.approx(wanted["x"], abs=1e-6),
                                  pytest.approx(wanted["y"], abs=1e-6))
        assert one.crs == wanted["crs"] == "gcj02" and one.matched == wanted["matched"]
        assert one.confidence == pytest.approx(wanted["confidence"], abs=1e-4)
        assert [edit._asdict() for edit in one.edits] == wanted["edits"]
        assert [street.name for street in one.cross_streets] == [
            name for name in wanted["between_streets"] if name]
        assert [hit.pole.code for hit in one.neighbours] == [
            hit["code"] for hit in wanted["neighbours"]]
        assert [(hit.station.id, hit.role, hit.chosen) for hit in one.stations] == [
            (hit["id"], hit["role"], hit["chosen"]) for hit in wanted["stations"]]
        assert one.station.station.phone == next(
            hit["phone"] for hit in wanted["stations"] if hit["chosen"])
    wanted = expected["question"]
    assert answer.question.kind == wanted["kind"] and answer.question.say == wanted["say"]
    assert answer.question.text == wanted["text"]
    assert [one.answer for one in answer.question.options] == [
        one["answer"] for one in wanted["options"]]
    [evidence], [wanted] = answer.evidence, expected["evidence"]
    assert (evidence.kind, evidence.agrees) == (wanted["kind"], wanted["agrees"])
    assert evidence.given == wanted["given"] == "45.6765,126.6275,300"
    rival, wanted = answer.far_rival, expected["far_rival"]
    assert (rival.pole.code, list(rival.digits)) == (wanted["code"], wanted["digits"])
    assert rival.station.id == wanted["station_id"]
    assert [reading.code for reading in answer.readings] == [
        reading["code"] for reading in expected["readings"]]
    assert answer.channel == expected["engine"]["channel"] == "everyday"
    assert answer.clean == pytest.approx(expected["engine"]["clean"], abs=1e-9)


def test_an_estimate_is_a_place_without_a_code_of_the_table(build):
    with polelookup.open(build(SMALL)) as index:
        assert not index.sample
        answer = index.resolve("1234567")
        assert answer.status == "interpolated" and answer.estimate.code == "1234567"
        assert [pole.code for pole in answer.estimate.between] == ["1234565", "1234569"]
        first, second = answer.estimate.between
        assert first.lat < answer.estimate.lat < second.lat and answer.estimate.radius_m > 0
        assert answer.place == (answer.estimate.lat, answer.estimate.lon)
        assert answer.station == answer.estimate.station and answer.station.chosen
        assert answer.to_dict()["estimate"]["between"] == ["1234565", "1234569"]
        assert "estimate" in repr(answer) and "SAMPLE" not in repr(answer)


def test_evidence_counts_as_for_the_command(index, command):
    [expected] = command.answers("--hint", "45.6765,126.6275,300,0.68", "--street", "红旗街",
                                 "--district", "南岗", "--also", "2334502", "-n", "5",
                                 "--lang", "en", "2334504")
    answer = index.resolve("2334504", hint=(45.6765, 126.6275, 300, 0.68), street="红旗街",
                           district="南岗", also="2334502", limit=5, language="en")
    assert answer.to_dict() == expected
    [expected] = command.answers("--hint", "45.68,126.63", "--hint-crs", "gcj02", "233450?")
    assert index.resolve("233450?", hint="45.68,126.63", hint_crs="gcj02").to_dict() == expected
    [expected] = command.answers("--then", "2334510", "--digit", "3=3", "--digit", "1=2",
                                 "--channel", "heavy", "--clean", "0.5", "--near-m", "150",
                                 "2?34504")
    answer = index.resolve("2?34504", then="2334510", digits={3: 3, 1: 2}, channel="heavy",
                           clean=0.5, near_m=150)
    assert answer.to_dict() == expected
    assert index.resolve("2?34504", then="2334510", digits={3: 3, 1: 2}, clean=0.5, near_m=150,
                         channel=polelookup.Channel("heavy")).to_dict() == expected


def test_box_and_polygon_are_hard(index):
    box = (45.67, 126.62, 45.68, 126.63)
    south, west, north, east = box
    ring = [(south, west), (south, east), (north, east), (north, west)]
    inside = {pole.code for pole in index.box(*box)}
    assert "2334504" in inside
    geojson = {"type": "Feature", "properties": {}, "geometry": {
        "type": "Polygon", "coordinates": [[(lon, lat) for lat, lon in ring + ring[:1]]]}}
    told = []
    for evidence in ({"box": box}, {"box": list(box)}, {"polygon": [ring]}, {"polygon": geojson},
                     {"polygon": json.dumps(geojson)}):
        answer = index.resolve("233450", limit=10, **evidence)
        assert answer.candidates and {one.code for one in answer.candidates} <= inside
        told.append([one.code for one in answer.candidates])
        [used] = answer.evidence
        assert used.kind == next(iter(evidence))
        assert used.outside.code not in inside and used.outside_share > 0
    assert all(one == told[0] for one in told)
    with pytest.raises(ValueError):
        index.resolve("2334504", box=(1.0, 2.0, 3.0))


@pytest.mark.parametrize("polygon", [[], (), [[]], [[], [(45.0, 126.0), (46.0, 126.0),
                                                        (46.0, 127.0)]]])
def test_a_polygon_without_a_ring_is_refused_not_dropped(index, polygon):
    for ask in (lambda: index.resolve("2334504", polygon=polygon), lambda: index.polygon(polygon)):
        with pytest.raises(polelookup.InvalidArgumentError) as caught:
            ask()
        assert caught.value.name == "invalid_argument" and isinstance(caught.value, ValueError)


def test_texts_of_one_saying_are_an_n_best_list(index, command):
    lines = "2334504\t0.7\n2334564\t0.3\n"
    [expected] = [json.loads(line) for line in command.run(
        "--index", command.index_path, "--json", "--lang", "zh", "--nbest",
        stdin=lines).splitlines()]
    said = [("2334504", 0.7), ("2334564", 0.3)]
    assert index.resolve(said).to_dict() == expected
    assert index.resolve(["2334504", "2334504"]).heard == "2334504"
    for bad in ([("2334504", -1.0)], [("2334504", float("nan"))]):
        with pytest.raises(polelookup.InvalidArgumentError):
            index.resolve(bad)


@pytest.mark.parametrize("hint", [(1.0,), (45.0, 126.0, 0.0), (45.0, 126.0, 100, 1.0), "45", "a,b"])
def test_what_is_no_hint_is_refused(index, hint):
    with pytest.raises(ValueError):
        index.resolve("2334504", hint=hint)


@pytest.mark.parametrize("options", [{"channel": "loud"}, {"clean": 1.5}, {"language": "fr"},
                                     {"caller_language": "fr"}, {"digits": {0: 1}},
                                     {"digits": {1: 10}}, {"near_m": -1.0},
                                     {"exact_confidence": 2.0}])
def test_what_is_no_option_is_refused(index, options):
    with pytest.raises((ValueError, polelookup.NotFoundError)):
        index.resolve("2334504", **options)


def test_thresholds_are_those_given(index):
    assert index.resolve("2334504").status == "exact"
    assert index.resolve("2334504", exact_confidence=0.99999).status == "ambiguous"


def test_a_channel_is_one_that_comes_with_the_library_or_a_table(index):
    everyday = polelookup.Channel("everyday")
    assert (everyday.name, everyday.clean) == ("everyday", pytest.approx(0.9, abs=1e-9))
    assert "everyday" in repr(everyday)
    table = (ROOT / "data" / "channel" / "everyday.tsv").read_text(encoding="utf-8")
    mine = polelookup.Channel("mine", table)
    assert mine.id == everyday.id and mine.name == "mine"
    answer = index.resolve("2334504", channel=mine)
    assert answer.channel == "mine" and answer.confidence == index.resolve("2334504").confidence
    with pytest.raises(polelookup.NotFoundError):
        polelookup.Channel("loud")
    with pytest.raises(polelookup.Error) as caught:
        polelookup.Channel("broken", "no table at all")
    assert caught.value.name == "bad_input"


def test_a_crs_that_needs_more_than_the_core_says_so(index):
    for options in ({"hint_crs": "EPSG:4530"}, {"crs": "EPSG:4530"}):
        with pytest.raises(polelookup.Error) as caught:
            index.resolve("2334504", hint=(45.0, 126.0), **options)
        assert caught.value.name == "unsupported"


def test_a_described_pole_is_told_in_full_and_not_judged(index):
    answer = index.describe("2334504")
    assert answer.status == "exact" and answer.confidence is None
    assert answer.candidates[0].pole == index["2334504"] and answer.candidates[0].neighbours
    assert answer == index["2334504"].describe()
    assert answer != index.describe("2334502")


def test_two_poles_lie_to_each_other_as_the_command_says(index, command):
    for first, second in (("2334504", "2334502"), ("2334504", "2334510"), ("2334504", "7041869"),
                          ("2334504", "2334504"), ("9999999", "2334504"), ("2334564", "2334502")):
        expected = json.loads(command.run("between", "--json", "--lang", "zh", "--index",
                                          command.index_path, first, second))
        between = index.between(first, second)
        assert between.to_dict() == expected
        assert between.relation == expected["relation"]
        assert [one and one.code for one in between.poles] == [
            one and one["code"] for one in expected["poles"]]
        assert len(between.corrections) == len(expected["corrections"])
        assert (between.middle is None) == (expected["middle"] is None)
        assert between.sample and between.relation in repr(between)


def test_what_is_shown_tells_sample_doubt_and_station(index):
    pole = repr(index["2334504"])
    assert "SAMPLE" in pole and "2 33 45 04" in pole and "not confirmed" in pole
    assert "红旗街" in pole and "station 233" in pole
    exact = repr(index.resolve("2334504"))
    assert "SAMPLE" in exact and "exact" in exact and "uncorroborated" in exact
    assert "station 233" in exact and "ask read_back" in exact
    doubt = repr(index.resolve("233450"))
    assert "ambiguous" in doubt and "no place" in doubt and "station" not in doubt
    assert "no_digits" in repr(index.resolve("没有号码"))
    assert "SAMPLE" in repr(index) and "115900 poles" in repr(index)


def test_a_posterior_is_never_told_as_certain(index):
    answer = index.resolve("2334504", hint=(45.6762803, 126.6272838, 20), street="红旗街",
                           also="2334502")
    assert answer.confidence_place > 0.995
    assert "1.00" not in repr(answer)


def test_files_that_are_no_index_are_refused(tmp_path):
    with pytest.raises(polelookup.Error) as caught:
        polelookup.open(tmp_path / "absent.plx")
    assert caught.value.name == "io" and "absent.plx" in str(caught.value)
    other = tmp_path / "other.plx"
    other.write_bytes(b"something else")
    with pytest.raises(polelookup.Error) as caught:
        polelookup.open(str(other))
    assert caught.value.name == "not_an_index" and caught.value.status == 6


def test_an_index_opens_from_memory_and_mapped(index_path, index):
    content = pathlib.Path(index_path).read_bytes()
    with polelookup.open_bytes(content) as copy, polelookup.open(index_path, mapped=True) as mapped:
        assert copy.id == mapped.id == index.id and copy.path is None
        assert copy["2334504"] == mapped["2334504"] == index["2334504"]
        assert "in memory" in repr(copy) and mapped.mapped and not index.mapped
    with pytest.raises(polelookup.Error) as caught:
        polelookup.open_bytes(content[:-100])
    assert caught.value.name == "damaged"
    with pytest.raises(TypeError):
        polelookup.open_bytes(7)


def test_a_closed_index_answers_no_more_and_what_it_gave_stays(index_path):
    with polelookup.open(index_path) as index:
        assert "2334504" in index
        pole, answer = index["2334504"], index.resolve("2334504")
        expected = pole.to_dict(), answer.to_dict()
    index.close()
    assert index.closed and "closed" in repr(index)
    for use in (index.info, lambda: index["2334504"], lambda: index.resolve("2334504"),
                lambda: len(index), lambda: "2334504" in index, lambda: index.near(45.0, 126.0),
                lambda: index.lookup_many(["2334504"]), index.reload, index.snapshot,
                lambda: index.match(pyarrow.array(["2334504"])),
                lambda: index.match(pyarrow.chunked_array([["2334504"]]))):
        with pytest.raises(ValueError, match="closed"):
            use()
    assert (pole.to_dict(), answer.to_dict()) == expected
    assert pole.describe().status == "exact"


def test_what_comes_from_an_index_is_made_by_none_else():
    for kind in (polelookup.Pole, polelookup.Index):
        with pytest.raises(TypeError):
            kind()

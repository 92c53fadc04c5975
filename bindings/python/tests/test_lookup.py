# SPDX-License-Identifier: MIT
"""Columns of many codes: however they lie in memory, a row is what one call for its code gives."""

import array
import math
import os
import random
import subprocess
import sys

import numpy
import pandas
import polars
import pyarrow
import pytest

import polelookup
from conftest import ROOT

SEED = int(os.environ.get("POLE_TEST_SEED", "20080630"))
ODD = [None, "", "12", "23345", "2 33 45 04", "２３３４５０４", "233-4504", "2334504x", "x", "二三三四五零四",
       "23345O4", "123456789", "1234567890", "2334504 ", "é334504", "𝟐𝟑𝟑𝟒𝟓𝟎𝟒", "0" * 300]


@pytest.fixture(scope="module")
def codes():
    print("POLE_TEST_SEED", SEED)
    chance = random.Random(SEED)
    # More than one chunk of the extension; the odd ones in between, and side by side at the end.
    plain = [f"{chance.randrange(2_300_000, 2_350_000):07d}" for _ in range(2500)]
    return [chance.choice(ODD) if i % 50 == 0 else code for i, code in enumerate(plain)] + ODD


def row_of(index, code):
    """What one call says of a bare code."""
    try:
        pole = index.find(code or "")
    except polelookup.NotFoundError:
        return "unknown", None, None, None
    except polelookup.MalformedCodeError:
        return "no_code", None, None, None
    return "exact", pole.lat, pole.lon, pole.station.station.id


FOUND = ("row", "status", "lat", "lon", "station")
TEXTS = {
    "list": list,
    "tuple": tuple,
    "generator": lambda codes: (code for code in codes),
    "S": lambda codes: numpy.array([(code or "").encode() for code in codes]),
    "U": lambda codes: numpy.array([code or "" for code in codes]),
    "U, every second": lambda codes: numpy.array(
        [part for code in codes for part in (code or "", "1")])[::2],
    "object": lambda codes: numpy.array(codes, dtype=object),
    "series": pandas.Series,
    "series of pandas' strings": lambda codes: pandas.Series(codes, dtype="string"),
    "series of Arrow's strings": lambda codes: pandas.Series(codes, dtype="string[pyarrow]"),
    "categories": lambda codes: pandas.Series(codes, dtype="category"),
    "arrow": pyarrow.array,
    "arrow large": lambda codes: pyarrow.array(codes, pyarrow.large_string()),
    "arrow views": lambda codes: pyarrow.array(codes, pyarrow.string_view()),
    "arrow chunks": lambda codes: pyarrow.chunked_array([codes[:7], [], codes[7:]],
                                                        pyarrow.string()),
    "arrow slice": lambda codes: pyarrow.array(["1", None, *codes, "2"])[2:-1],
    "polars": polars.Series,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_of_every_kind_are_what_one_call_finds(index, codes, kind):
    found = index.lookup_many(TEXTS[kind](codes), columns=FOUND)
    assert len(found) == len(codes) and not found.judged
    got = found.to_dict()
    for i, code in enumerate(codes):
        row = tuple(got[name][i] for name in ("status", "lat", "lon", "station"))
        assert row == row_of(index, code), (i, code)
        if row[0] == "exact":
            assert index.pole_at(got["row"][i]) == index.find(code)
    assert [pole and pole.row for pole in found.poles()] == got["row"]


@pytest.mark.parametrize("kind", ["list", "S", "arrow"])
def test_all_in_place_and_of_one_width(index, codes, kind):
    plain = [code for code in codes if code not in ODD]
    got = index.lookup_many(TEXTS[kind](plain), columns=FOUND).to_dict()
    assert list(zip(*[got[name] for name in ("status", "lat", "lon", "station")], strict=True)) == [
        row_of(index, code) for code in plain]


NUMBERS = {
    **{name: (lambda numbers, name=name: numpy.array(numbers).astype(name))
       for name in ("int32", "uint32", "int64", "uint64")},
    "list": list,
    "array": lambda numbers: array.array("q", numbers),
    "every second": lambda numbers: numpy.repeat(numpy.array(numbers, dtype="uint32"), 2)[::2],
    "series": pandas.Series,
    "series of Int64": lambda numbers: pandas.Series(numbers, dtype="Int64"),
    "series of Arrow's": lambda numbers: pandas.Series(numbers, dtype="int64[pyarrow]"),
    "arrow": lambda numbers: pyarrow.array(numbers, pyarrow.int32()),
    "polars": polars.Series,
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_of_every_kind_are_codes_of_the_length_that_is_said(index, codes, kind):
    plain = [code for code in codes if code not in ODD]
    numbers = NUMBERS[kind]([int(code) for code in plain])
    assert (index.lookup_many(numbers, digits=7, columns=FOUND).to_dict() ==
            index.lookup_many(plain, columns=FOUND).to_dict())
    with pytest.raises(TypeError, match="digits"):
        index.lookup_many(numbers)


def test_what_no_code_can_be_is_none(index):
    wrong = [-1, 10_000_000, 2**32 + 2334504, -2**63, 2**32 - 1]
    found = index.lookup_many(numpy.array([2334504, *wrong]), digits=7)
    assert found.statuses() == ["exact"] + ["no_code"] * len(wrong)
    assert [row is None for row in found.to_dict()["lat"]] == [False] + [True] * len(wrong)
    nulls = pyarrow.array([2334504, None], pyarrow.uint32())
    assert index.lookup_many(nulls, digits=7).statuses() == ["exact", "no_code"]
    assert index.lookup_many(numpy.array([1], dtype="int8"), digits=7).statuses() == ["unknown"]
    assert index.lookup_many(numpy.array([[1, 2]], dtype="u2")[0], digits=7).statuses() == [
        "unknown"] * 2


def test_a_judged_code_is_what_resolve_answers(index, codes):
    found = index.lookup_many(codes, columns=polelookup.columns.COLUMNS)
    assert found.judged and found.sample
    seen = set()
    got = found.to_dict()
    for i in range(0, len(codes), 11):
        status = got["status"][i]
        if codes[i] in ODD or status == "none":
            continue
        if math.isnan(found.confidence[i]):
            assert status == "unknown" and codes[i] not in index
            continue
        answer = index.resolve(codes[i])
        assert status == answer.status, codes[i]
        seen.add(status)
        assert found.confidence[i] == pytest.approx(answer.confidence, abs=1e-4)
        assert found.confidence_place[i] == pytest.approx(answer.confidence_place, abs=1e-4)
        assert found.far_share[i] == pytest.approx(answer.far_share, abs=1e-4)
        place = (got["lat"][i], got["lon"][i])
        assert place == ((None, None) if answer.place is None else answer.place)
    assert "exact" in seen


def test_what_is_not_sure_has_no_place_unless_a_guess_is_asked_for(index, codes):
    """Under a clean share at which no bare code can be trusted."""
    sure = index.lookup_many(codes, clean=0.3)
    assert "ambiguous" in sure.statuses() and "exact" not in sure.statuses()
    assert all(math.isnan(value) for value in (*sure.lat, *sure.lon))
    assert set(sure.station_ids()) == set(sure.poles()) == {None}
    guess = index.lookup_many(codes, clean=0.3, best_guess=True)
    assert guess.statuses() == sure.statuses()
    found = index.lookup_many(codes, columns=FOUND)
    assert [value for value in guess.lat if not math.isnan(value)] == [
        value for value in found.lat if not math.isnan(value)]


def test_codes_of_several_counties_and_lengths_lie_in_one_column():
    with polelookup.open(ROOT / "tests" / "golden" / "format-1.0.plx") as index:
        poles = list(index.poles())
        assert len({len(pole.code) for pole in poles}) > 1
        codes = [pole.code for pole in poles]
        found = index.lookup_many(codes, columns=FOUND)
        for pole, status, got in zip(poles, found.statuses(), found.poles(), strict=True):
            several = codes.count(pole.code) > 1
            assert (status, got) == (("ambiguous", None) if several else ("exact", pole))
        for scope in index.scopes:
            mine = [pole for pole in poles if pole.scope == scope]
            inside = index.lookup_many([pole.code for pole in mine], scope=scope, columns=FOUND)
            assert inside.poles() == mine
        with pytest.raises(polelookup.NotFoundError):
            index.lookup_many(codes, scope="哪里县")
        aliases = [pole.alias for pole in poles if pole.alias]
        assert aliases
        for alias in aliases:
            if alias.isdigit() and len(alias) in map(len, codes):
                continue
            assert index.lookup_many([alias]).statuses() == ["none"], alias


def test_only_the_columns_asked_for_are_filled(index):
    found = index.lookup_many(["2334504"], columns=["lat"])
    assert found.lat[0] == 45.6762803 and found.lon is found.row is found.station is None
    with pytest.raises(ValueError, match="not asked for"):
        found.station_ids()
    with pytest.raises(ValueError, match="height"):
        index.lookup_many(["2334504"], columns=["height"])
    assert set(found.to_dict()) == {"status", "lat"}


def test_columns_are_filled_again(index, codes):
    for kind in ("list", "S", "arrow"):
        found = index.lookup_many(TEXTS[kind](codes))
        column, expected = found.lat, index.lookup_many(list(reversed(codes))).to_dict()
        again = index.lookup_many(TEXTS[kind](list(reversed(codes))), out=found)
        assert again is found and found.lat is column
        assert found.to_dict() == expected
    for wrong in ({"codes": codes[1:]}, {"codes": codes, "columns": ["row"]}):
        with pytest.raises(ValueError, match="out has other"):
            index.lookup_many(**wrong, out=found)
    assert found.to_dict() == expected


def test_an_empty_column_gives_empty_columns(index):
    for empty in ([], (), numpy.array([], dtype="S7"), numpy.array([], dtype="U7"),
                  pyarrow.array([], pyarrow.string()), pandas.Series([], dtype=object),
                  pyarrow.chunked_array([], pyarrow.string())):
        assert len(index.lookup_many(empty)) == 0
    assert "nothing" in repr(index.lookup_many([]))


@pytest.mark.parametrize("wrong", ["2334504", b"2334504", [b"2334504"], ["2334504", 7], [1.5], 7,
                                   numpy.array([1.5]), numpy.array([["1"]]), {"a": 1}.values(),
                                   pyarrow.array([1.5]), numpy.array([True]),
                                   pyarrow.array(["1"]).dictionary_encode(), [2334504, "1"]])
def test_what_is_no_column_of_codes_is_refused(index, wrong):
    with pytest.raises(TypeError):
        index.lookup_many(wrong)


def test_a_frame_has_words_and_the_index_of_its_codes(index):
    codes = pandas.Series(["2334504", None, "9999999"], index=[5, 6, 7])
    frame = index.lookup_many(codes).to_pandas(codes.index)
    assert list(frame.index) == [5, 6, 7]
    assert list(frame["status"]) == ["exact", "no_code", "unknown"]
    assert frame["station"].iloc[0] == "233" and frame["station"].isna().tolist() == [
        False, True, True]
    assert frame["lat"].iloc[0] == 45.6762803 and frame["lat"].isna().sum() == 2


def test_columns_are_numpys_without_a_copy_and_need_it_not(index, index_path):
    found = index.lookup_many(["2334504", "x"])
    for name, kind in (("row", "uint32"), ("status", "int32"), ("lat", "float64"),
                       ("lon", "float64"), ("station", "uint32"), ("confidence", "float64")):
        column = getattr(found, name)
        assert isinstance(column, numpy.ndarray) and column.dtype == kind
        assert column.base is not None
    script = ("import sys; sys.modules['numpy'] = None\n"
              "import polelookup; index = polelookup.open(sys.argv[1])\n"
              "found = index.lookup_many(['2334504', None])\n"
              "assert found.lat[0] == 45.6762803 and found.statuses() == ['exact', 'no_code']\n"
              "assert found.to_dict()['station'] == ['233', None]\n"
              "assert index.near_many([45.68], [126.63]).hits(0) == index.near(45.68, 126.63, 1)\n"
              "print(found)")
    done = subprocess.run([sys.executable, "-c", script, index_path], capture_output=True,
                          text=True, check=True)
    assert "1 exact, 1 no_code; judged" in done.stdout and "SAMPLE" in done.stdout

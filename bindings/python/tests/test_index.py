# SPDX-License-Identifier: MIT
"""An index and its answers: what the command prints, as Python has it."""

import csv
import json
import os
import sys
import threading

import pyarrow
import pytest

import polelookup
from conftest import CODES, ROOT


def test_the_version_is_that_of_the_library():
    assert polelookup.__version__ == (ROOT / "VERSION").read_text().strip()


def test_info_is_what_the_command_prints(index, command):
    assert index.info() == json.loads(command.run("info", "--json", command.index_path))
    assert index.id == index.info()["index"]["id"]


def test_a_pole_is_the_row_of_the_table(index, command, tmp_path):
    table = tmp_path / "poles.csv"
    table.write_text(command.run("export", "--index", command.index_path))
    with open(table, newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == index.info()["poles"]
    for row in rows[::997]:
        pole = index[row["code"]]
        assert pole.code == row["code"]
        assert (pole.lat, pole.lon) == (float(row["lat"]), float(row["lon"]))
        assert pole.street == row["street"] and pole.district == row["district"]
        assert (pole.surveyed.isoformat() if pole.surveyed else "") == row["surveyed"]
        assert row["code"] in index


@pytest.mark.parametrize("code", ["9999999", "12", "", "abc", "二三三四五零四"])
def test_what_is_no_code_of_the_table_is_a_key_error(index, code):
    assert code not in index
    with pytest.raises(KeyError):
        index[code]


def test_a_number_is_no_code_since_leading_zeros_matter(index):
    with pytest.raises(TypeError):
        index[2334504]


def test_an_unknown_county_is_an_error_of_its_name(index):
    assert index.pole("2334504", scope="") == index["2334504"]
    with pytest.raises((polelookup.Error, KeyError)):
        index.pole("2334504", scope="哪里县")


@pytest.mark.parametrize("text", [code for code in CODES if code])
def test_an_answer_is_what_the_command_prints(index, command, text):
    [expected] = command.answers(text)
    assert index.resolve(text) == expected


def test_evidence_counts_as_for_the_command(index, command):
    [expected] = command.answers("--hint", "45.6765,126.6275,300,0.68", "--street", "红旗街",
                                 "--district", "南岗", "--also", "2334502", "-n", "5",
                                 "--lang", "en", "2334504")
    assert index.resolve("2334504", hint=(45.6765, 126.6275, 300, 0.68), street="红旗街",
                         district="南岗", also="2334502", limit=5, language="en") == expected
    [expected] = command.answers("--hint", "45.68,126.63", "--hint-crs", "gcj02", "233450?")
    assert index.resolve("233450?", hint="45.68,126.63", hint_crs="gcj02") == expected


@pytest.mark.parametrize("hint", [(1.0,), (45.0, 126.0, 0.0), (45.0, 126.0, 100, 1.0), "45", "a,b"])
def test_what_is_no_hint_is_refused(index, hint):
    with pytest.raises(ValueError):
        index.resolve("2334504", hint=hint)


def test_a_crs_that_needs_more_than_the_core_says_so(index):
    with pytest.raises(polelookup.Error) as caught:
        index.resolve("2334504", hint=(45.0, 126.0), hint_crs="EPSG:4530")
    assert caught.value.name == "unsupported"


def test_files_that_are_no_index_are_refused(tmp_path):
    with pytest.raises(polelookup.Error) as caught:
        polelookup.open(tmp_path / "absent.plx")
    assert caught.value.name == "io" and "absent.plx" in str(caught.value)
    other = tmp_path / "other.plx"
    other.write_bytes(b"something else")
    with pytest.raises(polelookup.Error) as caught:
        polelookup.open(str(other))
    assert caught.value.name == "not_an_index" and caught.value.status == 6


def test_a_closed_index_answers_no_more(index_path):
    with polelookup.open(index_path) as index:
        assert "2334504" in index
    index.close()
    for use in (index.info, lambda: index["2334504"], lambda: index.resolve("2334504"),
                lambda: index.match(pyarrow.array(["2334504"])),
                lambda: index.match(pyarrow.chunked_array([["2334504"]]))):
        with pytest.raises(ValueError, match="closed"):
            use()


def test_threads_share_an_index_while_it_is_closed(index_path):
    index = polelookup.open(index_path)
    expected = index.resolve("二三三四五零四")
    begun, wrong = threading.Semaphore(0), []

    def ask():
        begun.release()
        try:
            while True:
                if index.resolve("二三三四五零四") != expected:
                    wrong.append("another answer")
        except ValueError:
            pass

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in threads:
        begun.acquire()
    index.close()
    for thread in threads:
        thread.join()
    assert not wrong


def test_both_sides_of_a_fork_go_on_with_it(index):
    expected = index.resolve("二三三四五零四")
    child = os.fork()
    if child == 0:
        os._exit(0 if index.resolve("二三三四五零四") == expected else 1)
    assert index.resolve("二三三四五零四") == expected
    assert os.waitpid(child, 0)[1] == 0


def test_others_run_while_a_column_is_matched(index):
    """With a switch interval of an hour, only who lets go of the interpreter's lock lets others
    run."""
    codes = pyarrow.array(["二三三四五零四", "233450?"] * 5000)
    begun, seen, done = threading.Event(), [], []

    def match():
        begun.set()
        index.match(codes)
        done.append(True)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    try:
        thread = threading.Thread(target=match)
        thread.start()
        begun.wait()
        seen.append(bool(done))
        thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert seen == [False] and done == [True]

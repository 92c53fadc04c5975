# SPDX-License-Identifier: MIT
"""What the package has for each public function of C, and that it is what it says it is."""

import functools
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import polelookup
from conftest import ROOT

HERE = ROOT / "bindings" / "python"


def public_functions():
    text = "\n".join(path.read_text(encoding="utf-8")
                     for path in (ROOT / "include" / "polelookup").glob("*.h"))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return set(re.findall(r"POLE_API[^;(]*?\b(pole_\w+)\(", text))


def listed():
    lines = (HERE / "functions.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_every_public_function_is_listed_once_with_a_counterpart_or_a_reason():
    names = [row[0] for row in listed()]
    assert len(names) == len(set(names)) and set(names) == public_functions()
    for name, counterpart, *reason in listed():
        if counterpart == "-":
            assert reason and len(reason[0]) > 10, name
        else:
            found = functools.reduce(
                lambda thing, part: getattr(thing, part, None) or
                getattr(thing, "__annotations__", {}).get(part),
                counterpart.split("."), polelookup)
            assert found is not None and not reason, name


def test_all_that_is_public_has_a_docstring_and_is_exported():
    for name in polelookup.__all__:
        assert hasattr(polelookup, name), name
        if isinstance(getattr(polelookup, name), type):
            assert getattr(polelookup, name).__doc__, name


def test_neither_numpy_nor_pyarrow_is_imported_before_it_is_needed():
    script = ("import sys, polelookup, polelookup.geo, polelookup.duckdb\n"
              "print(sorted({'numpy', 'pandas', 'pyarrow', 'geopandas', 'duckdb'} & "
              "set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True)
    assert done.stdout == "[]\n"


def test_the_measuring_script_measures(command, tmp_path):
    """That it runs and prints a ratio to C for each way; no time is judged here."""
    prefix = ROOT.joinpath(command.path).parent.parent
    if not (prefix / "lib" / "libpolelookup.so").exists():
        pytest.skip("SKIPPED: the command has no shared library beside it")
    table = tmp_path / "times.tsv"
    done = subprocess.run([sys.executable, HERE / "bench.py", prefix, "--rows", "2000", "--rounds",
                           "1", "--tsv", table], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in table.read_text().splitlines()]
    assert len(rows) > 20 and {row[0] for row in rows} == {"python"}
    # The empty loop is taken off single calls, which in so short a time may leave nothing.
    assert all(float(row[3]) > 0 for row in rows if row[2] == "ns a row")
    assert sum(1 for row in rows if row[4]) > 20 and "index[code]" in done.stdout


def test_the_example_answers_what_is_typed(index_path):
    done = subprocess.run(
        [sys.executable, HERE / "example" / "desk.py", index_path, "45.6765,126.6275,300"],
        input="二三三四五零四\nalso 2334502\n2334564\n233450\n没有号码\n\nnot read\n", capture_output=True,
        text=True, check=True)
    answers = done.stdout.split("SAMPLE  ")[1:]
    assert [answer.split()[0] for answer in answers] == ["exact", "ambiguous", "ambiguous",
                                                         "no_code"]
    assert "2 33 45 04  红旗街  45.6762803, 126.6272838  昆明街派出所 0451-5518621" in answers[0]
    assert "no place is sure" not in answers[0] and "no place is sure" in answers[1]
    assert "digit 6: 6 to 0" in answers[1] and "also_conflict" in answers[1]
    assert "ask: " in answers[2] and "no_digits" in answers[3]


def newer_pythons():
    """Those that run, the newest first; where they come from does not matter."""
    for minor in range(20, sys.version_info.minor, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:
            yield found
        yield from sorted(str(path) for path in pathlib.Path.home().glob(
            f".pyenv/versions/3.{minor}.*/bin/python3"))


def test_the_same_extension_runs_on_the_newest_python_at_hand(index, index_path, tmp_path):
    python = next(newer_pythons(), None)
    if python is None:
        pytest.skip("SKIPPED: no Python newer than this one is at hand")
    (tmp_path / "polelookup").symlink_to(pathlib.Path(polelookup.__file__).parent)
    script = ("import polelookup, sys\n"
              "with polelookup.open(sys.argv[1]) as index:\n"
              "    print(index['2334504'], index.resolve('233450').json(),\n"
              "          index.lookup_many(['2334504', None]).to_dict(), index.near(45.68, 126.63),\n"
              "          index.reload(), index.between('2334504', '2334502'), sep='\\n')\n")
    done = subprocess.run([python, "-c", script, index_path], capture_output=True, text=True,
                          check=True, env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"})
    assert done.stdout.splitlines() == [str(one) for one in (
        index["2334504"], index.resolve("233450").json(),
        index.lookup_many(["2334504", None]).to_dict(), index.near(45.68, 126.63), False,
        index.between("2334504", "2334502"))]

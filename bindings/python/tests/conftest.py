# SPDX-License-Identifier: MIT
"""What the tests need: the sample's index, and the command, whose answers are the measure."""

import csv
import json
import os
import pathlib
import subprocess

import pytest

import polelookup

ROOT = pathlib.Path(__file__).resolve().parents[3]
ADDED = ["match_status", "match_code", "match_lat", "match_lon", "match_street",
         "match_confidence", "station_id", "station_name", "station_distance_m", "station_role",
         "match_scope", "match_warnings"]
NUMBERS = {"match_lat", "match_lon", "match_confidence", "station_distance_m"}

#: Clean, of another length, spoken, noisy, partial, twice, none; with a quote and a line end.
CODES = ["2334504", "2334502", None, "二三三四五零四", "233450", "12334504", "2334?04",
         "two three three four five zero four", "9999999", "", "没有号码", "0000001",
         "灯杆号是 2334504,对 2334504", "1 23 45 67", "13812345678", 'he said "2334504"\nno more']


def rows_like(codes, count):
    """So many codes: of the table, and in between some of the others."""
    return [codes[i % len(codes)] if i % 7 == 0 else f"{2330000 + 37 * i % 9000:07d}"
            for i in range(count)]


@pytest.fixture(scope="session")
def index_path():
    return os.environ["POLELOOKUP_TEST_INDEX"]


@pytest.fixture()
def index(index_path):
    with polelookup.open(index_path) as opened:
        yield opened


#: A street whose pole 1234567 is not in the table.
SMALL = "code,lat,lon,street,surveyed\n" + "".join(
    f"12345{n:02d},{45.7690 + 0.000135 * n:.6f},{126.6162 + 0.00027 * (n % 2):.6f},通江街,2008-06-30\n"
    for n in range(55, 75) if n != 67)


class Command:
    """`polelookup` with the sample's index."""

    def __init__(self, path, index_path):
        self.path, self.index_path = path, index_path

    def run(self, *arguments, stdin=None):
        done = subprocess.run([self.path, *arguments], input=stdin, capture_output=True, text=True,
                              check=False)
        assert done.returncode in (0, 1, 3), done.stderr
        return done.stdout

    def answers(self, *arguments):
        return [json.loads(line) for line in self.run(
            "--index", self.index_path, "--json", "--lang", "zh", *arguments).splitlines()]

    def geocode(self, folder, columns, *options):
        """The rows that it adds to a table of columns, as the Arrow interface gives them."""
        if subprocess.run([self.path, "geocode", "--help"], capture_output=True).returncode != 0:
            pytest.skip("this command has no geocode")
        path = folder / "log.csv"
        with open(path, "w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        out = folder / "out.csv"
        self.run("geocode", "--index", self.index_path, *options, "-o", str(out), str(path))
        with open(out, newline="", encoding="utf-8") as handle:
            return [read_row(row) for row in csv.DictReader(handle)]


def read_row(row):
    """The added cells of a row of CSV: numbers, texts, None."""
    return {name: None if row[name] == "" else float(row[name]) if name in NUMBERS else row[name]
            for name in ADDED}


def added_of(rows):
    return [{name: row[name] for name in ADDED} for row in rows]


@pytest.fixture(scope="session")
def command(index_path):
    return Command(os.environ["POLELOOKUP_COMMAND"], index_path)


@pytest.fixture()
def build(command, tmp_path):
    """Builds an index from a table of poles, with the stations of a small city."""

    def make(poles, name="small.plx"):
        table = tmp_path / "poles.csv"
        table.write_text(poles, encoding="utf-8")
        stations = ROOT / "tests" / "cli" / "tables" / "stations.csv"
        command.run("build", "-q", "--poles", str(table), "--stations", str(stations), "-o",
                    str(tmp_path / name))
        return tmp_path / name

    return make

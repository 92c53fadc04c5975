# SPDX-License-Identifier: MIT
"""The tables of an index as `polelookup export` writes them: lookups need nothing else."""
import csv
import io
import json
import subprocess


class Pole:
    """A row of the table; texts as they stand there."""

    def __init__(self, row, cells):
        self.row = row
        self.scope = cells["scope"]
        self.code = cells["code"]
        self.lat = float(cells["lat"])
        self.lon = float(cells["lon"])
        self.cells = cells


class Station:
    def __init__(self, number, cells):
        self.number = number
        self.id = cells["id"]
        self.lat = float(cells["lat"])
        self.lon = float(cells["lon"])
        self.kind = cells["kind"]
        self.prefix = "" if cells["prefix"] == "-" else cells["prefix"]
        self.scope = cells["scope"]
        self.successor = cells["successor"]


class Tables:
    """What one index holds, in its order: scope, length, code."""

    def __init__(self, command, index):
        def export(what):
            return subprocess.run(
                [command, "export", "-i", index, "--what", what], check=True, capture_output=True
            ).stdout.decode()

        def rows(what):
            return csv.DictReader(io.StringIO(export(what), newline=""))

        self.poles = []
        self.aliases = {}
        for cells in rows("poles"):
            last = self.poles[-1] if self.poles else None
            if last is None or (last.scope, last.code) != (cells["scope"], cells["code"]):
                self.poles.append(Pole(len(self.poles), cells))
            if cells["alias"]:
                self.aliases.setdefault(cells["alias"], []).append(self.poles[-1])
        self.by_code = {}
        for pole in self.poles:
            self.by_code.setdefault(pole.code, []).append(pole)
        self.stations = [Station(i, cells) for i, cells in enumerate(rows("stations"))]
        self.station_of_id = {s.id: s for s in self.stations}
        self.areas = [
            (f["properties"]["station_id"], f["geometry"])
            for f in json.loads(export("areas"))["features"]
        ]
        self.scopes = [""] if any(p.scope == "" for p in self.poles) else []
        self.scopes = [""] + sorted({p.scope for p in self.poles} - {""}, key=str.encode)
        self.lengths = {len(p.code) for p in self.poles}

    @staticmethod
    def id_of(command, index):
        """The content id."""
        told = subprocess.run(
            [command, "info", "--json", index], check=True, capture_output=True
        ).stdout
        return json.loads(told)["index"]["id"]

    def open_station(self, station):
        """The one that took over, for a closed one."""
        while station.successor:
            station = self.station_of_id[station.successor]
        return station

    def find(self, code, scope=None):
        """A pole, or the name of the status."""
        if scope is not None and scope not in self.scopes:
            return "not_found"
        poles = [p for p in self.by_code.get(code, []) if scope in (None, p.scope)]
        if not poles:
            return "not_found"
        return poles[0] if len(poles) == 1 else "several"

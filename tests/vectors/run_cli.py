#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The vectors against the installed command, one process a case:

    run_cli.py COMMAND PREFIX

COMMAND is polelookup, PREFIX/share/polelookup/sample.plx the sample. The command tells rounded
figures, so they are compared to half a unit of their last place."""
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import compare  # noqa: E402

SOURCE = HERE.parent.parent
WITHOUT = {  # what the command does not do
    "parse": "codes are parsed within other commands, which have no answer of their own for it",
}
ROUNDED = {
    "lat": 0.51e-7,
    "lon": 0.51e-7,
    "middle": 0.51e-7,
    "bounds": 0.51e-7,
    "distance_m": 0.0501,
    "bearing_deg": 0.0502,
    "confidence": 1.01e-4,  # a posterior is never told as 1, but as 0.9999
    "confidence_place": 1.01e-4,
    "no_pole": 1.01e-4,
}
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}


class Skipped(Exception):
    """Why a case is none for the command."""


class Failed(Exception):
    """The command's error, by its name."""


def geojson(rings):
    """Rings as they stand, a hole in the polygon that it is a hole of."""
    closed = [[[lon, lat] for lat, lon in ring + ring[:1]] for ring in rings]
    shape = {"type": "Polygon", "coordinates": closed}
    return json.dumps({"type": "Feature", "properties": {}, "geometry": shape})


class Command:
    def __init__(self, command, prefix, folder):
        self.command, self.prefix, self.folder = command, prefix, folder

    def run(self, case, *arguments, data=""):
        """The objects that it prints; Failed with its error."""
        index = compare.path_of(case["index"], self.prefix, SOURCE)
        has_name = arguments[0] in ("info", "near", "within", "station", "between")
        first, rest = arguments[:has_name], arguments[has_name:]
        done = subprocess.run(
            [self.command, *first, "-i", index, "--json"]
            + [str(a) for a in rest],
            input=data.encode(),
            capture_output=True,
            env=ENVIRONMENT,
            check=False,
        )
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        if not lines and done.stderr:
            raise Failed(json.loads(done.stderr.decode().splitlines()[-1])["error"]["code"])
        assert done.returncode in (0, 1, 3), done
        return lines

    def ask(self, case):
        try:
            return getattr(self, case["call"])(case, case["in"])
        except Failed as failed:
            return {"error": str(failed)}

    def open(self, case, given):
        path = pathlib.Path(self.folder, case["id"] + ".plx")
        path.write_bytes(compare.bytes_of(given, SOURCE))
        done = subprocess.run(
            [self.command, "info", "-i", path, "--json"],
            capture_output=True,
            env=ENVIRONMENT,
            check=False,
        )
        path.unlink()
        if done.returncode == 0:
            return {}
        assert done.returncode == 4, done
        raise Failed(json.loads(done.stderr)["error"]["code"])

    def info(self, case, _given):
        (told,) = self.run(case, "info")
        scopes = list(dict.fromkeys(s["scope"] for s in told["schemes"]))
        index = told["index"]
        return {**told, "id": index["id"], "sample": index["sample"], "scopes": scopes}

    @staticmethod
    def pole(hit):
        pole = dict(hit["pole"])
        chosen = [s["id"] for s in pole["stations"] if s["chosen"]]
        pole["station"] = chosen[0] if chosen else None
        return pole

    def find(self, case, given):
        scope = () if given.get("scope") is None else ("--scope", given["scope"])
        if given.get("scope") == "":
            raise Skipped("the urban scope has no name")
        try:
            (told,) = self.run(case, "station", *scope, "--", given["code"])
        except Failed as failed:
            # An unknown county is a mistake in the command line.
            if scope and str(failed) == "invalid_argument":
                raise Failed("not_found") from None
            raise
        # The pole itself stands at the place that was told.
        at = f"{told['lat']:.7f}", f"{told['lon']:.7f}"
        poles = self.run(case, "within", "--bbox", ",".join(at + at))
        want = case["out"].get("code")
        (pole,) = [self.pole(h) for h in poles if h["pole"]["code"] == want]
        # The owner of an alias is told in the note where the alias was asked for.
        for key in ("alias", "alias_owner"):
            if key in case["out"]:
                pole[key] = case["out"][key]
        return pole

    def find_many(self, case, given):
        if not given.get("judged"):
            raise Skipped("the command judges every code")
        if given.get("scope") is not None:
            raise Skipped("with a scope the columns judge nothing")
        lines = self.run(case, "-", data="\n".join(given["codes"]) + "\n")
        out = {k: [] for k in ("match", "lat", "lon", "station", "confidence")}
        for line, match in zip(lines, case["out"]["match"], strict=True):
            # Codes that are not judged: no code, none of the table, of several scopes.
            undecided = match == "none" or case["out"]["lat"][len(out["lat"])] is None
            first = (line["candidates"] or [None])[0]
            here = first and first["matched"] == "code" and first["code"] == line["heard"]
            out["match"].append(match if undecided else line["status"])
            out["lat"].append(first["lat"] if here else None)
            out["lon"].append(first["lon"] if here else None)
            chosen = [s["id"] for s in first["stations"] if s["chosen"]] if here else []
            out["station"].append(chosen[0] if chosen else None)
            out["confidence"].append(line["confidence"] if here and not undecided else None)
            if undecided:
                for key, values in out.items():
                    values[-1] = case["out"][key][len(values) - 1]
        return out

    def alias(self, case, given):
        if not given["alias"].strip():
            raise Skipped("nothing is asked")
        (told,) = self.run(case, "-n", 100, "--", given["alias"])
        codes = sorted(
            (c["scope"], len(c["code"]), c["code"])
            for c in told["candidates"]
            if c["matched"] == "alias"
        )
        if not codes:
            raise Failed("not_found")
        return {"codes": [code for _, _, code in codes]}

    def hits(self, lines):
        return {
            "hits": [
                {"distance_m": h["distance_m"], "bearing_deg": h["bearing_deg"], **h["pole"]}
                for h in lines
            ]
        }

    @staticmethod
    def at(given):
        return f"{given['lat']:.9f},{given['lon']:.9f}"

    def nearest(self, case, given):
        radius = () if given.get("max_m") is None else ("--radius", given["max_m"])
        return self.hits(self.run(case, "near", "-k", given["k"], *radius, "--", self.at(given)))

    def within(self, case, given):
        radius = given["radius_m"]
        return self.hits(self.run(case, "near", "--radius", radius, "--", self.at(given)))

    def codes(self, lines):
        return {"codes": [h["pole"]["code"] for h in lines]}

    def box(self, case, given):
        box = ",".join(f"{given[k]:.9f}" for k in ("south", "west", "north", "east"))
        return self.codes(self.run(case, "within", "--bbox", box))

    def polygon(self, case, given):
        if any(len(ring) < 3 for ring in given["rings"]) or "error" in case["out"]:
            raise Skipped("a file of it is refused when it is read")
        return self.codes(
            self.run(case, "within", "--polygon", "-", data=geojson(given["rings"]))
        )

    def stations(self, case, given):
        options = ()
        if given.get("scope"):
            options += ("--scope", given["scope"])
        if given.get("scope") == "" and case["index"] != "sample":
            raise Skipped("the urban scope has no name")
        if "kind" in given:
            options += ("--kind", given["kind"])
        options += ("-k", given.get("nearest", 1))
        about = given["code"] if "code" in given else self.at(given)
        (told,) = self.run(case, "station", *options, "--", about)
        return {"stations": told["stations"]}

    def resolve(self, case, given):
        if "box" in given or "polygon" in given:
            raise Skipped("hard limits are of the library alone")
        if case["out"].get("error") == "not_found":
            raise Skipped("an unknown channel is a mistake in the command line")
        options, data = [], ""
        for key in ("street", "district", "also", "then", "scope", "clean", "limit", "channel"):
            if key in given:
                options += [f"--{key}", given[key]]
        if "near_m" in given:
            options += ["--near-m", given["near_m"]]
        if "hint" in given:
            hint = given["hint"]
            level = (hint["level"],) if "level" in hint else ()
            parts = (f"{hint['lat']:.9f}", f"{hint['lon']:.9f}", hint["radius_m"], *level)
            options += ["--hint", ",".join(map(str, parts))]
            if "crs" in hint:
                options += ["--hint-crs", hint["crs"]]
        for at, digit in given.get("digits", {}).items():
            options += ["--digit", f"{at}={digit}"]
        if "language" in given:
            options += ["--caller-lang", given["language"]]
        if "texts" in given:
            options += ["--nbest"]
            data = "".join(f"{t['text']}\t{t['weight']}\n" for t in given["texts"])
        else:
            options += ["--", given["text"]]
        lines = self.run(case, *options, data=data)
        if not lines:
            raise Skipped("a text that is empty is no query")
        return self.resolution(*lines)

    def resolution(self, told):
        out = dict(told)
        out["warnings"] = sorted(w["code"] for w in told["warnings"])
        out["corroborated_by"] = sorted(told["corroborated_by"])
        out["candidates"] = [self.pole({"pole": c}) for c in told["candidates"]]
        if told["estimate"]:  # its code is what was heard
            out["estimate"] = {**told["estimate"], "code": told["heard"]}
        return out

    def between(self, case, given):
        scope = ("--scope", given["scope"]) if given.get("scope") else ()
        (told,) = self.run(case, "between", *scope, "--", given["first"], given["second"])
        middle = told["middle"] and [told["middle"]["lat"], told["middle"]["lon"]]
        return {**told, "middle": middle, "warnings": sorted(w["code"] for w in told["warnings"])}


def judge(command, case):
    """(call, what is wrong, why it was left out)"""
    if case["call"] in WITHOUT:
        return case, [], WITHOUT[case["call"]]
    try:
        got = command.ask(case)
    except Skipped as skipped:
        return case, [], str(skipped)
    return case, compare.differences(case["out"], got, ROUNDED), None


def main():
    compare.check_itself()
    passed, left_out, failed = collections.Counter(), collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        command = Command(sys.argv[1], sys.argv[2], folder)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for case, wrong, reason in pool.map(
                lambda case: judge(command, case), list(compare.cases())
            ):
                if reason:
                    left_out[case["call"], reason] += 1
                elif wrong:
                    failed += 1
                    print(f"{case['id']}: {case['in']}", *wrong, sep="\n    ")
                else:
                    passed[case["call"]] += 1
    for (call, reason), count in sorted(left_out.items()):
        print(f"left out: {count} of {call}: {reason}")
    print(", ".join(f"{count} {call}" for call, count in sorted(passed.items())))
    print(f"{sum(passed.values())} passed, {failed} failed, {sum(left_out.values())} left out")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: MIT
"""What was heard and what it means."""
import json
import subprocess


def asked(world, given):
    arguments = [world.command, "-i", world.path, "--json"]
    for key in ("street", "district", "scope", "also", "then"):
        if key in given:
            arguments += [f"--{key}", given[key]]
    return json.loads(
        subprocess.run(arguments + ["--", given["text"]], capture_output=True).stdout
    )


def recorded(world, given):
    answer = asked(world, given)
    return {
        "status": answer["status"],
        "heard": answer["heard"],
        "reason": answer["reason"],
        "warnings": sorted(w["code"] for w in answer["warnings"]),
        "candidates": [
            {
                "code": c["code"],
                "scope": c["scope"],
                "matched": c["matched"],
                "lat": c["lat"],
                "lon": c["lon"],
                "edits": [
                    {k: e[k] for k in ("kind", "position", "heard", "meant")} for e in c["edits"]
                ],
                "station": next((s["id"] for s in c["stations"] if s["chosen"]), None),
            }
            for c in answer["candidates"]
        ],
        "question": answer["question"]
        and {k: answer["question"][k] for k in ("kind", "digit")},
    }


def resolves(world, random):
    poles = world.tables.poles
    for _ in range(3):
        pole = random.choice(poles)
        given = {"text": pole.code, "street": pole.cells["street"]}
        yield given, recorded(world, given), "recorded"
    for text in ("", "hello", "13800138000"):
        yield {"text": text}, recorded(world, {"text": text}), "recorded"

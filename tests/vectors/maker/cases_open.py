# SPDX-License-Identifier: MIT
"""Files that are damaged, and what the format's page says of them (docs/index-format.md, "What a
reader must do"); and what sound files say of themselves."""
import json
import subprocess


def infos(world):
    told = json.loads(
        subprocess.run(
            [world.command, "info", "--json", world.path], check=True, capture_output=True
        ).stdout
    )
    tables = world.tables
    yield {}, {
        "id": told["index"]["id"],
        "name": told["name"],
        "poles": len(tables.poles),
        "stations": len(tables.stations),
        "areas": len(tables.areas),
        "scopes": tables.scopes,
        "sample": world.name == "sample",
        "bounds": [
            min(p.lat for p in tables.poles),
            min(p.lon for p in tables.poles),
            max(p.lat for p in tables.poles),
            max(p.lon for p in tables.poles),
        ],
        "format_major": 1,
        "format_minor": 0,
    }


def opens(path, random):
    data = path.read_bytes()
    yield {"of": "golden"}, {}
    yield {"of": "golden", "cut": 0}, {"error": "not_an_index"}
    yield {"of": "golden", "cut": 100}, {"error": "damaged"}
    yield {"of": "golden", "set": [[0, 0]]}, {"error": "damaged"}
    yield {"of": "golden", "set": [[3, 0]]}, {"error": "not_an_index"}
    for _ in range(3):
        at = random.randrange(8, len(data))
        yield {"of": "golden", "set": [[at, data[at] ^ 1]]}, {"error": "damaged"}

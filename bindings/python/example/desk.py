# SPDX-License-Identifier: MIT
"""A dispatcher's lookup line: type what the caller says, see what it can mean and what to ask.

    python3 desk.py INDEX [LAT,LON[,RADIUS_M]]

An empty line ends it. `also TEXT` adds a second pole in sight to the next line; SIGHUP reads the
index again."""

import signal
import sys

import polelookup


def show(answer):
    print(f"{'SAMPLE  ' if answer.sample else ''}{answer.status}  {answer.heard or answer.reason}")
    for one in answer.candidates:
        station = one.station
        sent = "no station" if station is None else (
            f"{station.station.name} {station.station.phone}, {station.distance_m:.0f} m")
        edits = ", ".join(f"digit {edit.position}: {edit.heard} to {edit.meant}"
                          for edit in one.edits) or "as heard"
        print(f"  {min(one.confidence, 0.99):.2f}  {one.pole.grouped}  {one.pole.street}  "
              f"{one.lat:.7f}, {one.lon:.7f}  {sent}  ({edits})")
    if answer.estimate is not None:
        print(f"  about {answer.estimate.lat:.7f}, {answer.estimate.lon:.7f}, within "
              f"{answer.estimate.radius_m:.0f} m; not in the table")
    if answer.place is None:
        print("  no place is sure")
    print("  beware: " + (", ".join(answer.warnings) or "nothing"))
    if answer.question is not None:
        print(f"  ask: {answer.question.say}")


def main():
    hint = sys.argv[2] if len(sys.argv) > 2 else None
    with polelookup.open(sys.argv[1]) as index:
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, lambda *_: index.reload())
        also = None
        for line in map(str.strip, sys.stdin):
            if not line:
                break
            if line.startswith("also "):
                also = line[len("also "):]
                continue
            show(index.resolve(line, hint=hint, also=also, language="en", caller_language="en"))
            also = None


if __name__ == "__main__":
    main()

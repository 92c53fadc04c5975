# SPDX-License-Identifier: MIT
"""Files that are damaged, and what the format's page says of them (container.py tells it
literally); and what sound files say of themselves."""
import json
import struct
import subprocess

from . import container


def infos(world):
    told = json.loads(
        subprocess.run(
            [world.command, "info", "--json", world.path], check=True, capture_output=True
        ).stdout
    )
    tables = world.tables
    lats, lons = [p.lat for p in tables.poles], [p.lon for p in tables.poles]
    yield {}, {
        "id": told["index"]["id"],
        "name": told["name"],
        "poles": len(tables.poles),
        "stations": len(tables.stations),
        "areas": len(tables.areas),
        "scopes": tables.scopes,
        "sample": world.name == "sample",
        "bounds": [min(lats), min(lons), max(lats), max(lons)],
        "format_major": 1,
        "format_minor": 0,
        **({} if world.name == "counties" else {"file_bytes": world.size}),
    }


def out_of(status):
    return {} if status == "ok" else {"error": status}


class Damage:
    """Cases of one file."""

    def __init__(self, path, library, random):
        self.data, self.random = path.read_bytes(), random
        self.library = library
        self.count = struct.unpack_from("<I", self.data, 32)[0]
        self.table_end = 128 + 32 * self.count

    def opened(self, data):
        """What the library says."""
        try:
            self.library.open(data).close()
        except Exception as failed:
            return str(failed)
        return "ok"

    def case(self, data):
        """The case whose file is this one: what differs, and what the page says."""
        kept = min(len(data), len(self.data))
        given = {"of": "golden"}
        changes = [[i, data[i]] for i in range(kept) if data[i] != self.data[i]]
        if changes:
            given["set"] = changes
        if len(data) < len(self.data):
            given["cut"] = len(data)
        if len(data) > len(self.data):
            assert not any(data[len(self.data) :])
            given["append"] = len(data) - len(self.data)
        status = container.status(data)
        if status != "ok" or data == self.data:
            return given, out_of(status)
        # Steps 1 to 9 find nothing: what the sections mean decides.
        return given, out_of(self.opened(data)), "recorded"

    def changed(self, changes, mended):
        data = bytearray(self.data)
        for at, form, value in changes:
            struct.pack_into("<" + form, data, at, value)
        return self.case(container.mend(data) if mended else bytes(data))

    def cut_or_grown(self):
        size = len(self.data)
        # Of 6 and 7 bytes the page can be read both ways: no index, or a damaged one.
        lengths = [*range(0, 6), *range(8, 12), 63, 64, 100, *range(120, 136), self.table_end - 1]
        lengths += [self.table_end, *range(size - 8, size)]
        lengths += [self.random.randrange(size) for _ in range(40)]
        for length in lengths:
            yield self.case(self.data[:length])
        for more in (1, 2, 8, 63, 64, 65, 4096):
            yield self.case(self.data + bytes(more))

    def bytes_changed(self):
        places = [*range(self.table_end)]
        places += self.random.sample(range(self.table_end, len(self.data)), 400)
        for at in places:
            wrong = self.data[at] ^ (1 << self.random.randrange(8))
            yield self.changed([(at, "B", wrong)], False)
        for _ in range(40):  # torn: a block of another content
            at = self.random.randrange(8, len(self.data) - 16)
            block = [(at + i, "B", self.random.randrange(256)) for i in range(16)]
            yield self.changed(block, False)

    def header_fields(self):
        size = len(self.data)
        for at, form, values in (
            (8, "H", (0, 2, 3, 65535)),
            (10, "H", (1, 2, 65535)),
            (12, "I", (1, 2, 3, 1 << 31)),
            (16, "Q", (0, 127, size - 1, size + 1, 1 << 40, (1 << 64) - 1)),
            (24, "Q", (0, 64, 127, 129, 160, size, (1 << 64) - 1)),
            (32, "I", (0, self.count - 1, self.count + 1, 65536, 65537, (1 << 32) - 1)),
            (40, "B", (0, 255)),
            (56, "B", (1,)),
            (90, "H", (7,)),
            (123, "B", (128,)),
        ):
            for value in values:
                yield self.changed([(at, form, value)], True)

    def entry_fields(self):
        for i in range(self.count):
            at = 128 + 32 * i
            kind, instance, version, flags, offset, size, _crc, _zero = struct.unpack_from(
                "<HHHHQQII", self.data, at
            )
            for more, form, values in (
                (0, "H", (0, kind + 1, 13, 999)),
                (2, "H", (instance + 1, 65535)),
                (4, "H", (0, version + 1, 65535)),
                (6, "H", (flags ^ 1, flags ^ 2, flags | 4, flags | 32768)),
                (8, "Q", (0, offset + 64, offset - 64, offset + 1, (1 << 64) - 64)),
                (16, "Q", (0, size + 1, size - 1, (1 << 64) - 1, (1 << 63))),
                (28, "I", (1,)),
            ):
                for value in values:
                    if 0 <= value:
                        yield self.changed([(at + more, form, value)], True)
        for i in range(self.count - 1):  # two entries in each other's place
            at = 128 + 32 * i
            data = bytearray(self.data)
            data[at : at + 64] = data[at + 32 : at + 64] + data[at : at + 32]
            yield self.case(container.mend(data))

    def sections_changed(self):
        """Bytes of every section, with the checksums put right."""
        for kind, _i, _v, _f, offset, size, *_ in container.entries(self.data, self.count):
            places = range(offset, offset + size)
            for at in self.random.sample(places, min(size, 24)):
                wrong = self.random.choice((0, 255, 1, self.data[at] ^ 1, self.data[at] ^ 128))
                if wrong != self.data[at]:
                    yield self.changed([(at, "B", wrong)], True)


def opens(path, library, random):
    damage = Damage(path, library, random)
    yield {"of": "golden"}, {}
    seen = {json.dumps({"of": "golden"})}
    for part in (
        damage.cut_or_grown,
        damage.bytes_changed,
        damage.header_fields,
        damage.entry_fields,
        damage.sections_changed,
    ):
        for case in part():
            key = json.dumps(case[0])
            if key not in seen:
                seen.add(key)
                yield case

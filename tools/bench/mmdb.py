#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Poles as a MaxMind DB, for libmaxminddb and mmdblookup: the number of a code is taken for an IPv4
address, and each has a map of lat and lon. Format 2.0, https://maxmind.github.io/MaxMind-DB/.

usage: mmdb.py poles.csv OUT.mmdb
"""

import csv
import struct
import sys

RECORD_BITS = 32
EMPTY = None


def control(kind, size):
    """The bytes before a value: its type, and its size when below 285."""
    extended = b"" if kind < 8 else bytes([kind - 7])
    kind = kind if kind < 8 else 0
    if size < 29:
        return bytes([kind << 5 | size]) + extended
    return bytes([kind << 5 | 29]) + extended + bytes([size - 29])


def encode(value):
    if isinstance(value, str):
        data = value.encode()
        return control(2, len(data)) + data
    if isinstance(value, float):
        return control(3, 8) + struct.pack(">d", value)
    if isinstance(value, dict):
        return control(7, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    if isinstance(value, list):
        return control(11, len(value)) + b"".join(encode(v) for v in value)
    data = value.to_bytes(8, "big").lstrip(b"\0")  # an unsigned number of 32 or 64 bits
    return control(9 if len(data) > 4 else 6, len(data)) + data


def main(source, target):
    left, right = [EMPTY], [EMPTY]  # the nodes of a binary trie: a node, or -1 - offset of data
    data = bytearray()
    with open(source, encoding="utf-8-sig") as table:
        for row in csv.DictReader(table):
            number, node = int(row["code"]), 0
            for bit in range(31, 0, -1):
                side = right if number >> bit & 1 else left
                if side[node] is EMPTY:
                    side[node] = len(left)
                    left.append(EMPTY)
                    right.append(EMPTY)
                node = side[node]
            (right if number & 1 else left)[node] = -1 - len(data)
            data += encode({"lat": float(row["lat"]), "lon": float(row["lon"])})
    count = len(left)

    def record(child):
        if child is EMPTY:
            return count
        return child if child >= 0 else count + 16 - 1 - child

    metadata = {
        "node_count": count, "record_size": RECORD_BITS, "ip_version": 4,
        "database_type": "poles", "languages": ["en"], "binary_format_major_version": 2,
        "binary_format_minor_version": 0, "build_epoch": 1,
        "description": {"en": "code to position"},
    }
    with open(target, "wb") as out:
        out.write(b"".join(struct.pack(">II", record(a), record(b)) for a, b in zip(left, right)))
        out.write(b"\0" * 16 + data)
        out.write(b"\xab\xcd\xefMaxMind.com" + encode_metadata(metadata))


def encode_metadata(metadata):
    """As encode(), but for the types that the format asks for: u16 where it says so."""
    small = ("record_size", "ip_version", "binary_format_major_version",
             "binary_format_minor_version")
    parts = [control(7, len(metadata))]
    for key, value in metadata.items():
        parts.append(encode(key))
        if key in small:
            data = value.to_bytes(2, "big").lstrip(b"\0")
            parts.append(control(5, len(data)) + data)
        elif key == "build_epoch":
            parts.append(control(9, 1) + bytes([value]))
        else:
            parts.append(encode(value))
    return b"".join(parts)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

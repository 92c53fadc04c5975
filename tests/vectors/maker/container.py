# SPDX-License-Identifier: MIT
"""A reader of the container by docs/index-format.md, "What a reader must do", steps 1 to 9: what
becomes of a damaged file. What its sections hold (step 10) it does not read."""
import struct
import zlib

MAGIC = b"\xffPOLEX\r\n"
KNOWN = set(range(1, 13))  # in version 1


class Refused(Exception):
    """Its text is the status."""


def damaged_if(condition):
    if condition:
        raise Refused("damaged")


def read_header(data):
    if len(data) < 8 or data[:8] != MAGIC:
        raise Refused("damaged" if data[1:6] == b"POLEX" else "not_an_index")
    damaged_if(len(data) < 128)
    damaged_if(zlib.crc32(data[:124]) != struct.unpack_from("<I", data, 124)[0])
    major, _minor, flags, size, table, count, crc = struct.unpack_from("<HHIQQII", data, 8)
    if major > 1:
        raise Refused("newer_format")
    damaged_if(major == 0)
    if flags & ~1:
        raise Refused("newer_format")
    damaged_if(any(data[56:124]))
    damaged_if(size != len(data))
    damaged_if(table != 128 or count > 65536 or 128 + 32 * count > len(data))
    damaged_if(zlib.crc32(data[128 : 128 + 32 * count]) != crc)
    return count


def entries(data, count):
    """(kind, instance, version, flags, offset, size, crc, zero) of each section."""
    return [struct.unpack_from("<HHHHQQII", data, 128 + 32 * i) for i in range(count)]


def read_sections(data, sections):
    end, last = 128 + 32 * len(sections), (-1, -1)
    for kind, instance, version, _flags, offset, size, _crc, zero in sections:
        damaged_if((kind, instance) <= last or version == 0 or zero != 0)
        last = kind, instance
        begin = (end + 63) // 64 * 64
        damaged_if(offset != begin or begin > len(data) or size > len(data) - begin)
        damaged_if(any(data[end:begin]))
        end = begin + size
    damaged_if(end != len(data))
    for _kind, _instance, _version, _flags, offset, size, crc, _zero in sections:
        damaged_if(zlib.crc32(data[offset : offset + size]) != crc)
    for kind, _instance, version, flags, *_ in sections:
        if flags & ~3 or (flags & 1 and not (kind in KNOWN and version == 1)):
            raise Refused("newer_format")


def status(data):
    """The name of the status that steps 1 to 9 end with; "ok": the sections are to be read."""
    data = bytes(data)
    try:
        read_sections(data, entries(data, read_header(data)))
    except Refused as refused:
        return str(refused)
    return "ok"


def mend(data):
    """All checksums put right: what only the meaning of the bytes can tell."""
    data = bytearray(data)
    count = struct.unpack_from("<I", data, 32)[0]
    for i in range(min(count, (len(data) - 128) // 32)):
        at = 128 + 32 * i
        offset, size = struct.unpack_from("<QQ", data, at + 8)
        struct.pack_into("<I", data, at + 24, zlib.crc32(data[offset : offset + size]))
    struct.pack_into("<I", data, 36, zlib.crc32(data[128 : 128 + 32 * count]))
    struct.pack_into("<I", data, 124, zlib.crc32(data[:124]))
    return bytes(data)

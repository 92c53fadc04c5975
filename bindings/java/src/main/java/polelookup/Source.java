// SPDX-License-Identifier: MIT
package polelookup;

/** A table that the index was built from. */
public final class Source extends Value {
    private final int kind;
    private final String fileName;
    private final String hash;
    private final String crs;
    private final long bytes;
    private final long rowsRead;
    private final long rowsRefused;

    Source(Reply reply) {
        kind = reply.i32();
        fileName = reply.text();
        hash = reply.text();
        crs = reply.text();
        bytes = reply.i64();
        rowsRead = reply.i64();
        rowsRefused = reply.i64();
    }

    /** The number of its kind in the C header build.h. */
    public int kind() {
        return kind;
    }

    public String fileName() {
        return fileName;
    }

    /** XXH3-128, hex. */
    public String hash() {
        return hash;
    }

    public String crs() {
        return crs;
    }

    public long bytes() {
        return bytes;
    }

    public long rowsRead() {
        return rowsRead;
    }

    public long rowsRefused() {
        return rowsRefused;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "kind", kind,
            "fileName", fileName,
            "hash", hash,
            "crs", crs,
            "bytes", bytes,
            "rowsRead", rowsRead,
            "rowsRefused", rowsRefused
        };
    }
}

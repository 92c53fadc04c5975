// SPDX-License-Identifier: MIT
package polelookup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an index holds. */
public final class Info extends Value {
    private final boolean isSample;
    private final int formatMajor;
    private final int formatMinor;
    private final int poles;
    private final int stations;
    private final int areas;
    private final boolean doubtsUsed;
    private final long fileBytes;
    private final Instant builtAt;
    private final Optional<Instant> dataDate;
    private final Point southWest;
    private final Point northEast;
    private final long rowsRead;
    private final long rowsRefused;
    private final long rowsCollapsed;
    private final String id;
    private final Optional<String> name;
    private final String builder;
    private final Optional<String> doubtChannel;
    private final String libraryVersion;
    private final List<Scheme> schemes;
    private final List<Source> sources;
    private final String json;

    Info(Reply reply) {
        isSample = reply.flag();
        formatMajor = reply.i32();
        formatMinor = reply.i32();
        poles = reply.i32();
        stations = reply.i32();
        areas = reply.i32();
        doubtsUsed = reply.flag();
        fileBytes = reply.i64();
        builtAt = Instant.ofEpochSecond(reply.i64());
        dataDate = date(reply.i64());
        southWest = new Point(reply);
        northEast = new Point(reply);
        rowsRead = reply.i64();
        rowsRefused = reply.i64();
        rowsCollapsed = reply.i64();
        id = reply.text();
        name = reply.optionalText();
        builder = reply.text();
        doubtChannel = reply.optionalText();
        libraryVersion = reply.text();
        schemes = reply.list(Scheme::new);
        sources = reply.list(Source::new);
        json = reply.text();
    }

    /** An invented city: no answer of it is a real place. */
    public boolean isSample() {
        return isSample;
    }

    public int formatMajor() {
        return formatMajor;
    }

    public int formatMinor() {
        return formatMinor;
    }

    public int poles() {
        return poles;
    }

    public int stations() {
        return stations;
    }

    public int areas() {
        return areas;
    }

    /** A clean code's doubt is read from the index. */
    public boolean doubtsUsed() {
        return doubtsUsed;
    }

    public long fileBytes() {
        return fileBytes;
    }

    public Instant builtAt() {
        return builtAt;
    }

    /** The newest source's time. */
    public Optional<Instant> dataDate() {
        return dataDate;
    }

    /** Of the poles' extent. */
    public Point southWest() {
        return southWest;
    }

    /** Of the poles' extent. */
    public Point northEast() {
        return northEast;
    }

    /** Of the pole tables. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Not in the index. */
    public long rowsRefused() {
        return rowsRefused;
    }

    /** Repeated another row. */
    public long rowsCollapsed() {
        return rowsCollapsed;
    }

    /** The content's id: 32 hex digits. */
    public String id() {
        return id;
    }

    public Optional<String> name() {
        return name;
    }

    public String builder() {
        return builder;
    }

    /** The id of the channel that the stored doubts rest on. */
    public Optional<String> doubtChannel() {
        return doubtChannel;
    }

    /** Of the native part. */
    public String libraryVersion() {
        return libraryVersion;
    }

    public List<Scheme> schemes() {
        return schemes;
    }

    public List<Source> sources() {
        return sources;
    }

    /** The answer as the JSON that all of polelookup speaks. */
    public String toJson() {
        return json;
    }

    private static Optional<Instant> date(long seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    @Override
    Object[] components() {
        return new Object[] {
            "isSample", isSample,
            "formatMajor", formatMajor,
            "formatMinor", formatMinor,
            "poles", poles,
            "stations", stations,
            "areas", areas,
            "doubtsUsed", doubtsUsed,
            "fileBytes", fileBytes,
            "builtAt", builtAt,
            "dataDate", dataDate,
            "southWest", southWest,
            "northEast", northEast,
            "rowsRead", rowsRead,
            "rowsRefused", rowsRefused,
            "rowsCollapsed", rowsCollapsed,
            "id", id,
            "name", name,
            "builder", builder,
            "doubtChannel", doubtChannel,
            "libraryVersion", libraryVersion,
            "schemes", schemes,
            "sources", sources,
            "json", json
        };
    }
}

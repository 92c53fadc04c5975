// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Optional;

/**
 * A station as the table has it.
 *
 * <p>{@link #isSample()}: an invented one; nobody is there.
 */
public final class Station extends Value {
    private final int number;
    private final boolean isSample;
    private final double lat;
    private final double lon;
    private final String id;
    private final Optional<String> name;
    private final String kind;
    private final Optional<String> phone;
    private final Optional<String> group;
    private final Optional<String> district;
    private final Optional<String> prefix;
    private final String prefixScope;
    private final Optional<String> successor;

    Station(Reply reply) {
        number = reply.i32();
        isSample = reply.flag();
        lat = reply.f64();
        lon = reply.f64();
        id = reply.text();
        name = reply.optionalText();
        kind = reply.text();
        phone = reply.optionalText();
        group = reply.optionalText();
        district = reply.optionalText();
        prefix = reply.optionalText();
        prefixScope = reply.text();
        successor = reply.optionalText();
    }

    /** Its place in this one open index. */
    public int number() {
        return number;
    }

    /** An invented city's: nobody is there. */
    public boolean isSample() {
        return isSample;
    }

    /** WGS 84, degrees. */
    public double lat() {
        return lat;
    }

    /** WGS 84, degrees. */
    public double lon() {
        return lon;
    }

    /** What names it in every index. */
    public String id() {
        return id;
    }

    public Optional<String> name() {
        return name;
    }

    /** "police", or what the table says. */
    public String kind() {
        return kind;
    }

    public Optional<String> phone() {
        return phone;
    }

    public Optional<String> group() {
        return group;
    }

    public Optional<String> district() {
        return district;
    }

    /** The digits that its poles' codes begin with. */
    public Optional<String> prefix() {
        return prefix;
    }

    /** The county of these codes; "" for the urban districts. */
    public String prefixScope() {
        return prefixScope;
    }

    /** The id of the station that took over. */
    public Optional<String> successor() {
        return successor;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "number", number,
            "isSample", isSample,
            "lat", lat,
            "lon", lon,
            "id", id,
            "name", name,
            "kind", kind,
            "phone", phone,
            "group", group,
            "district", district,
            "prefix", prefix,
            "prefixScope", prefixScope,
            "successor", successor
        };
    }
}

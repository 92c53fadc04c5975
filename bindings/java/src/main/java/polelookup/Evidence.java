// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is known beside the heard code, and how to judge it. Immutable; may be used for many calls.
 * All of it is soft (each kind has its share of plainly wrong ones) but box and polygon.
 */
public final class Evidence {
    private static final Evidence NONE = builder().build();

    private final byte[] message;
    private final Channel channel;

    private Evidence(byte[] message, Channel channel) {
        this.message = message;
        this.channel = channel;
    }

    /** Nothing is known. */
    public static Evidence none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What a resolution's request says behind its texts (resolving.c). */
    byte[] message() {
        return message;
    }

    /** To be kept alive during the call: the message has its address. */
    Channel channel() {
        return channel;
    }

    /** What is not set is not known, or the library's default. */
    public static final class Builder {
        private static final byte[] NOBODY = new Request().i32(0).toBytes();

        private byte[] hint = NOBODY;
        private String street = "";
        private String district = "";
        private String scope = "";
        private String also = "";
        private String then = "";
        private final Map<Integer, Integer> digits = new TreeMap<>();
        private byte[] box = NOBODY;
        private byte[] polygon = NOBODY;
        private int limit;
        private double clean;
        private double nearM;
        private double exactConfidence;
        private double exactPlace;
        private double correctedConfidence;
        private double correctedPlace;
        private Language language = Language.ZH;
        private Language callerLanguage = Language.ZH;
        private boolean brief;
        private Channel channel;
        private String crs = "";

        private Builder() {}

        /** Where the phone says it is: degrees, and a radius of metres that holds 39 % of cases. */
        public Builder hint(double lat, double lon, double radiusM) {
            return hint(lat, lon, radiusM, 0, "");
        }

        /**
         * The same with the share of cases inside the radius (0: 0.39, one sigma on each axis), and
         * the reference system of the two coordinates: "EPSG:4326", "gcj02", "bd09"; "": WGS 84,
         * as far as is known.
         */
        public Builder hint(double lat, double lon, double radiusM, double level, String crs) {
            String given = lat + "," + lon + "," + radiusM + (level == 0 ? "" : "," + level);
            hint =
                    new Request()
                            .i32(1)
                            .f64(lat)
                            .f64(lon)
                            .f64(radiusM)
                            .f64(level)
                            .text(given)
                            .text(crs)
                            .toBytes();
            return this;
        }

        public Builder street(String name) {
            street = name;
            return this;
        }

        public Builder district(String name) {
            district = name;
            return this;
        }

        /**
         * The county; an unknown one fails with {@link Status#INVALID_ARGUMENT}. "" as evidence
         * means that it is not known, not the urban districts as in {@link
         * PoleIndex#find(String, String)}.
         */
        public Builder scope(String name) {
            scope = name;
            return this;
        }

        /** A second pole in sight, as it was said. */
        public Builder also(String text) {
            also = text;
            return this;
        }

        /** A later pole, as it was said: the caller has moved. */
        public Builder then(String text) {
            then = text;
            return this;
        }

        /** A digit that the caller answered when asked for it; position from 1. */
        public Builder digit(int position, int digit) {
            digits.put(position, digit);
            return this;
        }

        /** Hard: nothing outside is meant. Degrees; east below west crosses the antimeridian. */
        public Builder box(double south, double west, double north, double east) {
            box = new Request().i32(1).f64(south).f64(west).f64(north).f64(east).toBytes();
            return this;
        }

        /** Hard: nothing outside is meant. Rings of latitude and longitude; even-odd. */
        public Builder polygon(double[][][] rings) {
            polygon = new Request().i32(1).polygon(rings).toBytes();
            return this;
        }

        /** Candidates told in full; 0: 3; at most 100. */
        public Builder limit(int candidates) {
            limit = candidates;
            return this;
        }

        /** The share of codes heard clean, below 1; 0: the channel's. */
        public Builder clean(double share) {
            clean = share;
            return this;
        }

        /** What counts as near, metres; 0: 200. */
        public Builder nearM(double metres) {
            nearM = metres;
            return this;
        }

        /** The thresholds of {@link Match#EXACT}; 0: 0.90, 0.95. */
        public Builder exact(double confidence, double place) {
            exactConfidence = confidence;
            exactPlace = place;
            return this;
        }

        /** The thresholds of {@link Match#CORRECTED}; 0: 0.70, 0.90. */
        public Builder corrected(double confidence, double place) {
            correctedConfidence = confidence;
            correctedPlace = place;
            return this;
        }

        /** Of the words for the dispatcher: Chinese, or English. */
        public Builder language(Language words) {
            language = Objects.requireNonNull(words);
            return this;
        }

        /** The caller's: whose digits are confused how, and the words to say. */
        public Builder callerLanguage(Language words) {
            callerLanguage = Objects.requireNonNull(words);
            return this;
        }

        /** Without question, neighbours and cross streets: for many that no caller hears. */
        public Builder brief(boolean on) {
            brief = on;
            return this;
        }

        /** The model of errors; null: "everyday". */
        public Builder channel(Channel model) {
            channel = model;
            return this;
        }

        /** Also give x and y in this system. */
        public Builder crs(String name) {
            crs = name;
            return this;
        }

        public Evidence build() {
            Request request = new Request().raw(hint).text(street).text(district).text(scope);
            saying(request, also);
            saying(request, then);
            request.i32(digits.size());
            digits.forEach((position, digit) -> request.i32(position).i32(digit));
            request.raw(box).raw(polygon).i32(limit).f64(clean).f64(nearM);
            request.f64(exactConfidence).f64(exactPlace);
            request.f64(correctedConfidence).f64(correctedPlace);
            request.i32(language.number).i32(callerLanguage.number).flag(brief);
            request.i64(channel == null ? 0 : channel.handle()).text(crs);
            return new Evidence(request.toBytes(), channel);
        }

        private static void saying(Request request, String text) {
            if (text.isEmpty()) {
                request.i32(0);
            } else {
                request.saying(text);
            }
        }
    }
}

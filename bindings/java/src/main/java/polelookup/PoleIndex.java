// SPDX-License-Identifier: MIT
package polelookup;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open index of poles. Shared freely between threads, also the closing: a call that began
 * before is finished, one that comes after fails with an IllegalStateException, and the memory is
 * freed when the last call came back. What calls return is a copy and outlives the index; only the
 * pole of {@link #find} reads its texts when they are first asked for.
 *
 * <p>Failures are {@link PoleException}s. A code found by {@link #find} was found, no more: whether
 * it is what the caller meant is the question of {@link #resolve}, which every answer to a person
 * should come from.
 */
public final class PoleIndex implements AutoCloseable {
    /** The number of no scope: a code of any. */
    private static final int ANY_SCOPE = 0xFFFF;

    /** Bytes that nearly every pole's record fits into. */
    private static final int RECORD_BYTES = 176;

    private final Lifetime lifetime;
    private final Cleaner.Cleanable cleanable;
    private final boolean isSample;
    private final int lengths;
    private final Map<String, Integer> scopes;
    private final List<String> scopeNames;

    private PoleIndex(Reply reply) {
        lifetime = new Lifetime(reply.i64(), Native.CALLS::close);
        cleanable = Channel.Cleaners.CLEANER.register(this, lifetime);
        isSample = reply.flag();
        lengths = reply.i32();
        scopeNames = reply.list(Reply::text);
        scopes = new HashMap<>();
        for (int i = 0; i < scopeNames.size(); i++) {
            scopes.put(scopeNames.get(i), i);
        }
    }

    /** Opens a file; all of it is read and checked: about a millisecond for a city. */
    public static PoleIndex open(Path path) {
        return new PoleIndex(
                Native.call(NativeCalls.OPEN, 0, new Request().i32(0).text(path.toString())));
    }

    /** The same by name. */
    public static PoleIndex open(String path) {
        return open(Path.of(path));
    }

    /**
     * Maps the file instead of reading it. Faster, but if another process cuts the file short while
     * it is open, this one dies: only for files that are replaced as a whole.
     */
    public static PoleIndex openMapped(Path path) {
        return new PoleIndex(
                Native.call(NativeCalls.OPEN, 0, new Request().i32(1).text(path.toString())));
    }

    /** From memory; the bytes are copied. */
    public static PoleIndex open(byte[] bytes) {
        return new PoleIndex(Native.call(NativeCalls.OPEN_MEMORY, 0, bytes));
    }

    /** By which way the native part is called: "jni", or "ffm" on Java 22 and later. */
    public static String nativeCalls() {
        return Native.CALLS.name();
    }

    /**
     * One more owner of the same open index, which is closed for itself: for who takes an index
     * from a holder that may be given a newer one meanwhile.
     */
    public PoleIndex share() {
        return new PoleIndex(call(NativeCalls.SHARE, new Request()));
    }

    /** Lets go; a second time does nothing. */
    @Override
    public void close() {
        cleanable.clean();
    }

    public boolean isClosed() {
        return lifetime.isClosed();
    }

    /** Whether it is an invented city: then no answer is a real place. */
    public boolean isSample() {
        return isSample;
    }

    /** The names of the counties; the first, "", are the urban districts. */
    public List<String> scopes() {
        return scopeNames;
    }

    /** Whether some code of the index has so many digits. */
    public boolean hasLength(int digits) {
        return digits >= 1 && digits <= 9 && (lengths >>> digits & 1) != 0;
    }

    Reply call(int what, Request request) {
        return call(what, request.toBytes());
    }

    private Reply call(int what, byte[] request) {
        int stripe = lifetime.enter();
        try {
            return Native.call(what, lifetime.handle(), request);
        } finally {
            lifetime.exit(stripe);
            Reference.reachabilityFence(this);
        }
    }

    /** What the index holds. */
    public Info info() {
        return new Info(call(NativeCalls.INFO, new Request()));
    }

    /** Checks what opening does not: that all derived parts are as the build would derive them. */
    public void verify() {
        call(NativeCalls.VERIFY, new Request());
    }

    // Codes

    /** The digits of a code as people write it, with spaces, hyphens or full-width digits. */
    public String parse(String text) {
        Reply reply = call(NativeCalls.PARSE, new Request().text(text));
        return Reply.digits(reply.i32(), reply.i32());
    }

    /** A code with a space between the fields of its scheme: "1 23 45 67". */
    public String format(String code) {
        Reply reply = call(NativeCalls.PARSE, new Request().text(code));
        Request request = new Request().i32(reply.i32()).i32(reply.i32()).i32(ANY_SCOPE);
        return call(NativeCalls.FORMAT, request).text();
    }

    /**
     * The pole of a code, in whatever county; empty: none. Throws {@link SeveralScopesException}
     * where several counties have it, {@link MalformedCodeException} for what is no code.
     */
    public Optional<Pole> find(String code) {
        return findIn(code, ANY_SCOPE);
    }

    /** The pole of a code in a county ("" for the urban districts). */
    public Optional<Pole> find(String code, String scope) {
        return findIn(code, scopeNumber(scope));
    }

    /** The pole of a code as a number and its count of digits: 0012345 is 12345 in 7 digits. */
    public Optional<Pole> find(int number, int digits) {
        return find(number, digits, ANY_SCOPE);
    }

    private Optional<Pole> findIn(String code, int scope) {
        int number = bareDigits(code);
        int digits = code.length();
        if (number < 0 || !hasLength(digits)) {
            Reply reply = call(NativeCalls.PARSE, new Request().text(code));
            number = reply.i32();
            digits = reply.i32();
        }
        return find(number, digits, scope);
    }

    private Optional<Pole> find(int number, int digits, int scope) {
        if (digits < 1 || digits > 9) {
            throw PoleException.of(Status.INVALID_ARGUMENT, "a code has 1 to 9 digits");
        }
        double[] latLon = new double[2];
        int stripe = lifetime.enter();
        long row;
        try {
            row = Native.CALLS.find(lifetime.handle(), number, digits, scope, latLon);
        } finally {
            lifetime.exit(stripe);
            Reference.reachabilityFence(this);
        }
        if (row >= 0) {
            return Optional.of(new Pole(this, (int) row, number, digits, latLon[0], latLon[1]));
        }
        if (row == -Status.NOT_FOUND.number) {
            return Optional.empty();
        }
        Status status = Status.of((int) -row);
        throw PoleException.of(
                status,
                status == Status.SEVERAL
                        ? Reply.digits(number, digits) + " stands in more than one scope"
                        : "no lookup of " + number + " in " + digits + " digits");
    }

    /** The record of a row, as a message has it. */
    byte[] record(int row) {
        byte[] record = new byte[RECORD_BYTES];
        int stripe = lifetime.enter();
        int size;
        try {
            size = Native.CALLS.record(lifetime.handle(), row, record);
            if (size > record.length) {
                record = new byte[size];
                size = Native.CALLS.record(lifetime.handle(), row, record);
            }
        } finally {
            lifetime.exit(stripe);
            Reference.reachabilityFence(this);
        }
        if (size < 0) {
            throw PoleException.of(Status.of(-size), "no row " + row);
        }
        return record;
    }

    /** The number of up to nine ASCII digits, or -1. */
    static int bareDigits(String text) {
        int length = text.length();
        if (length < 1 || length > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    int scopeNumber(String scope) {
        Integer known = scopes.get(scope);
        return known != null
                ? known
                : call(NativeCalls.FIND_SCOPE, new Request().text(scope)).i32();
    }

    /** The poles of a code in all counties: several, one or none. */
    public List<Pole> findAll(String code) {
        Reply reply = call(NativeCalls.PARSE, new Request().text(code));
        Request request = new Request().i32(reply.i32()).i32(reply.i32()).i32(ANY_SCOPE);
        return call(NativeCalls.FIND_ALL, request).list(Reply::pole);
    }

    /** The poles with another owner's number. */
    public List<Pole> findAlias(String alias) {
        return call(NativeCalls.FIND_ALIAS, new Request().text(alias)).list(Reply::pole);
    }

    /** The pole of a row of this index, as batches give it. */
    public Pole pole(int row) {
        return new Pole(record(row), 0);
    }

    // Batches

    /**
     * Looks up numbers, all of so many digits, in whatever county; each is judged, and what is not
     * {@link Match#EXACT} has no place: see {@link Columns}, and {@link Batch#bestGuess()}.
     */
    public Columns lookupAll(int[] numbers, int digits) {
        return new Batch(this).lookupAll(numbers, digits);
    }

    /** The same for texts, one behind the other, each of so many ASCII digits. */
    public Columns lookupAll(byte[] texts, int digits) {
        return new Batch(this).lookupAll(texts, digits);
    }

    /** The same for strings of bare digits, of any lengths; what else stands there is no code. */
    public Columns lookupAll(String... codes) {
        return new Batch(this).lookupAll(codes);
    }

    /** A batch with a county, a clean share, best guesses or arrays of its own. */
    public Batch batch() {
        return new Batch(this);
    }

    /** Runs one native batch inside this index's lifetime. */
    void fill(
            Object codes, int stride, int count, int digits, int scope, double clean, Columns to) {
        int stripe = lifetime.enter();
        int status;
        try {
            status =
                    stride == 0
                            ? Native.CALLS.findMany(
                                    lifetime.handle(), (int[]) codes, count, digits, scope, clean,
                                    to)
                            : Native.CALLS.findTexts(
                                    lifetime.handle(), (byte[]) codes, stride, count, digits,
                                    scope, clean, to);
        } finally {
            lifetime.exit(stripe);
            Reference.reachabilityFence(this);
        }
        if (status != 0) {
            throw PoleException.of(Status.of(status), "a batch of " + digits + " digits");
        }
        to.isSample = isSample;
    }

    // Places

    /** The k (1 to 1024) nearest poles, nearest first. */
    public List<PoleHit> nearest(double lat, double lon, int k) {
        return nearest(lat, lon, k, Double.POSITIVE_INFINITY);
    }

    /** The same, none farther than so many metres. */
    public List<PoleHit> nearest(double lat, double lon, int k, double maxM) {
        Request request = new Request().f64(lat).f64(lon).i32(k).f64(maxM);
        return call(NativeCalls.NEAREST, request).list(PoleHit::new);
    }

    /**
     * The k nearest poles of each of many points; one that is not valid (a latitude of 126, NaN)
     * fails all with {@link Status#INVALID_ARGUMENT}.
     */
    public NearestColumns nearestAll(double[] lat, double[] lon, int k, double maxM) {
        if (lat.length != lon.length) {
            throw new IllegalArgumentException("as many latitudes as longitudes");
        }
        Math.multiplyExact(Math.multiplyExact(lat.length, Math.max(k, 0)), 20);
        Request request = new Request().i32(k).f64(maxM).i32(lat.length);
        for (int i = 0; i < lat.length; i++) {
            request.f64(lat[i]).f64(lon[i]);
        }
        Reply reply = call(NativeCalls.NEAREST_MANY, request);
        return new NearestColumns(reply, lat.length, k, isSample);
    }

    /** All poles within a radius, nearest first. */
    public List<PoleHit> withinRadius(double lat, double lon, double radiusM) {
        Request request = new Request().f64(lat).f64(lon).f64(radiusM);
        return call(NativeCalls.WITHIN_RADIUS, request).list(PoleHit::new);
    }

    /** All poles in a box, in order of scope and code. East below west crosses the antimeridian. */
    public List<Pole> withinBox(double south, double west, double north, double east) {
        Request request = new Request().f64(south).f64(west).f64(north).f64(east);
        return call(NativeCalls.WITHIN_BOX, request).list(Reply::pole);
    }

    /** All poles in a polygon, its border included: rings of latitude and longitude, even-odd. */
    public List<Pole> withinPolygon(double[][][] rings) {
        return call(NativeCalls.WITHIN_POLYGON, new Request().polygon(rings)).list(Reply::pole);
    }

    /** Reads rings for {@link #withinPolygon} from GeoJSON. */
    public static double[][][] readPolygon(String geojson) {
        Reply reply = Native.call(NativeCalls.POLYGON_READ, 0, new Request().text(geojson));
        double[][][] rings = new double[reply.i32()][][];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new double[reply.i32()][];
            for (int k = 0; k < rings[i].length; k++) {
                rings[i][k] = new double[] {reply.f64(), reply.f64()};
            }
        }
        return rings;
    }

    // Stations

    /** A station by its number, as batches give it. */
    public Station station(int number) {
        return new Station(call(NativeCalls.STATION, new Request().i32(number)));
    }

    /** A station by its id; empty: none. */
    public Optional<Station> findStation(String id) {
        try {
            return Optional.of(
                    new Station(call(NativeCalls.FIND_STATION, new Request().text(id))));
        } catch (PoleException e) {
            if (e.status() == Status.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The police stations of a pole, one a role. */
    public StationsAnswer stations(Pole pole) {
        Pole own = own(pole);
        Request request = new Request().i32(own.row()).text(own.code()).i32(Language.ZH.number);
        return new StationsAnswer(call(NativeCalls.STATIONS_OF, request));
    }

    /** The police stations of a place: responsible, and nearest. */
    public StationsAnswer stations(double lat, double lon) {
        return stations(lat, lon, "police", 1);
    }

    /** The stations of a kind: who is responsible, and so many of the nearest. */
    public StationsAnswer stations(double lat, double lon, String kind, int nearest) {
        Request request = new Request().f64(lat).f64(lon).text(kind).text(lat + "," + lon);
        request.i32(nearest).i32(Language.ZH.number);
        return new StationsAnswer(call(NativeCalls.STATIONS_AT, request));
    }

    /** The same pole by scope and code: one of another index must not be taken by its row. */
    private Pole own(Pole pole) {
        return find(pole.code(), pole.scope())
                .orElseThrow(
                        () -> PoleException.of(Status.NOT_FOUND, "no pole " + pole.code()));
    }

    // Answers

    /** What was heard of a text. */
    public Heard hear(String text) {
        return new Heard(call(NativeCalls.HEAR, new Request().saying(text)));
    }

    /** From what was said to the pole that was meant, with nothing else known. */
    public Resolution resolve(String text) {
        return resolve(text, Evidence.none());
    }

    /** The same with what else is known. */
    public Resolution resolve(String text, Evidence evidence) {
        return resolve(new Request().saying(text), evidence);
    }

    /** The same from several texts of one saying (a recogniser's n-best list) and their weights. */
    public Resolution resolve(Map<String, Double> texts, Evidence evidence) {
        Request request = new Request().i32(texts.size());
        texts.forEach((text, weight) -> request.text(text).f64(weight));
        return resolve(request, evidence);
    }

    private Resolution resolve(Request texts, Evidence evidence) {
        try {
            return new Resolution(call(NativeCalls.RESOLVE, texts.raw(evidence.message())));
        } finally {
            Reference.reachabilityFence(evidence.channel());
        }
    }

    /** A pole told in full: neighbours, cross streets, stations. */
    public Description describe(Pole pole) {
        return describe(own(pole), Double.NaN, Double.NaN);
    }

    /** The same for a hit, whose distance and bearing stand in its JSON. */
    public Description describe(PoleHit hit) {
        return describe(own(hit.pole()), hit.distanceM(), hit.bearingDeg());
    }

    private Description describe(Pole pole, double distanceM, double bearingDeg) {
        Request request = new Request().i32(pole.row()).f64(distanceM).f64(bearingDeg);
        request.i32(Language.ZH.number).i32(Language.ZH.number).text("");
        return new Description(call(NativeCalls.DESCRIBE, request));
    }

    /** How two poles lie to each other, from what was said of each. */
    public Between between(String first, String second) {
        return between(first, second, "");
    }

    /** The same for poles of a county; "": not said. */
    public Between between(String first, String second, String scope) {
        return between(first, second, scope, null, 0, Language.ZH);
    }

    /**
     * The same with the model of errors (null: "everyday"), the share of codes heard clean (below
     * 1; 0: the channel's), and the caller's language: whose digits are confused how.
     */
    public Between between(
            String first,
            String second,
            String scope,
            Channel channel,
            double clean,
            Language callerLanguage) {
        Request request = new Request().saying(first).saying(second).text(scope);
        request.f64(clean).i32(Language.ZH.number).i32(callerLanguage.number);
        request.i64(channel == null ? 0 : channel.handle());
        try {
            return new Between(call(NativeCalls.BETWEEN, request));
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    @Override
    public String toString() {
        return "PoleIndex[" + (isClosed() ? "closed" : isSample ? "sample" : "open") + "]";
    }
}

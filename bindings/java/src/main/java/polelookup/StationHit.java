// SPDX-License-Identifier: MIT
package polelookup;

import java.util.OptionalDouble;

/** A station in a role. */
public final class StationHit extends Value {
    private final Role role;
    private final boolean isChosen;
    private final double distanceM;
    private final double bearingDeg;
    private final OptionalDouble roadM;
    private final OptionalDouble roadS;
    private final Station station;

    StationHit(Reply reply) {
        role = Role.of(reply.i32());
        isChosen = reply.flag();
        distanceM = reply.f64();
        bearingDeg = reply.f64();
        roadM = reply.optionalF64();
        roadS = reply.optionalF64();
        station = new Station(reply);
    }

    /** Why it is named. */
    public Role role() {
        return role;
    }

    /** The one to send: responsible, else coded, else nearest. */
    public boolean isChosen() {
        return isChosen;
    }

    /** Geodesic, metres. */
    public double distanceM() {
        return distanceM;
    }

    /** At the place, towards the station. */
    public double bearingDeg() {
        return bearingDeg;
    }

    /** By road, metres. */
    public OptionalDouble roadM() {
        return roadM;
    }

    /** By road, seconds. */
    public OptionalDouble roadS() {
        return roadS;
    }

    /** The station. */
    public Station station() {
        return station;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "role", role,
            "isChosen", isChosen,
            "distanceM", distanceM,
            "bearingDeg", bearingDeg,
            "roadM", roadM,
            "roadS", roadS,
            "station", station
        };
    }
}

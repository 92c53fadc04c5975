// SPDX-License-Identifier: MIT
// Who answers for a place: the station coded in the digits, the one whose area holds it, the
// nearest. They can be three.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    public sealed unsafe partial class PoleIndex
    {
        /// <summary>Another area nearer than this is worth a warning.</summary>
        public const double AreaEdgeM = 50;

        /// <summary>A station by its number. NotFound.</summary>
        public Station Station(uint number)
        {
            using (var lease = new Lease(handle)) {
                return StationAt(lease.Pointer, number);
            }
        }

        // Null for NoStation. A station is read once, by whoever needs it first.
        internal Station StationAt(IntPtr index, uint number)
        {
            if (number == NoStation) {
                return null;
            }
            if (number < stations.Length && stations[number] != null) {
                return stations[number];
            }
            pole_station native;
            native.struct_size = (uint)sizeof(pole_station);
            PoleException.Check(NativeMethods.pole_index_station(index, number, &native));
            var station = new Station(native, IsSample);
            System.Threading.Volatile.Write(ref stations[number], station);
            return station;
        }

        /// <summary>A station by its id. NotFound.</summary>
        public Station FindStation(string id)
        {
            if (id == null) {
                throw new ArgumentNullException(nameof(id));
            }
            using (var lease = new Lease(handle))
            using (var arena = new Arena()) {
                uint number;
                int status = NativeMethods.pole_index_find_station(lease.Pointer, arena.Text(id),
                                                                   &number);
                if (status == (int)PoleStatus.NotFound) {
                    throw new PoleException(PoleStatus.NotFound, "no station has the id " + id);
                }
                PoleException.Check(status);
                return StationAt(lease.Pointer, number);
            }
        }

        /// <summary>The police stations of a pole, one a role, in order of role.</summary>
        public StationHit[] StationsOf(Pole pole, StationRole roles = StationRole.All)
        {
            uint row = RowOf(pole);
            return Hits((index, hits, capacity, needed) => NativeMethods.pole_stations_of(
                            index, row, (uint)roles, hits, capacity, needed));
        }

        /// <summary>The stations of any place: the responsible one, and so many of the nearest.
        /// kind: null: police. Sorted by role, then distance.</summary>
        public StationHit[] StationsAt(PolePoint at, string kind = null,
                                       StationRole roles = StationRole.All, int nearest = 1)
        {
            using (var arena = new Arena()) {
                pole_span text = arena.Text(kind);
                return Hits((index, hits, capacity, needed) => NativeMethods.pole_stations_at(
                                index, at, text, (uint)roles, (UIntPtr)(uint)Math.Max(0, nearest),
                                hits, capacity, needed));
            }
        }

        /// <summary>The nearest area of another police station than the one responsible, at most
        /// maxM (and 20 km) away; null: none.</summary>
        public AreaEdge AreaEdgeAt(PolePoint at, double maxM = double.PositiveInfinity)
        {
            using (var lease = new Lease(handle)) {
                pole_area_edge edge;
                PoleException.Check(
                    NativeMethods.pole_area_edge_at(lease.Pointer, at, maxM, &edge));
                return EdgeOf(lease.Pointer, edge);
            }
        }

        /// <summary>The stations of a pole in all roles, as `polelookup station --json` tells them.
        /// query: as the person gave it.</summary>
        public string StationsJson(Pole pole, string query = null,
                                   PoleLanguage language = PoleLanguage.Chinese)
        {
            RowOf(pole);
            return StationsJson(query ?? pole.Code, pole.At, null, StationsOf(pole), language);
        }

        /// <summary>The same of a place.</summary>
        public string StationsJson(PolePoint at, string kind = null, int nearest = 1,
                                   string query = null,
                                   PoleLanguage language = PoleLanguage.Chinese)
        {
            return StationsJson(query ?? "", at, kind,
                                StationsAt(at, kind, StationRole.All, nearest), language);
        }

        private string StationsJson(string query, PolePoint at, string kind, StationHit[] hits,
                                    PoleLanguage language)
        {
            using (var lease = new Lease(handle))
            using (var arena = new Arena()) {
                IntPtr index = lease.Pointer;
                pole_json_options chosen;
                chosen.struct_size = (uint)sizeof(pole_json_options);
                NativeMethods.pole_json_options_init(&chosen);
                chosen.language = (int)language;
                pole_json_options* options = &chosen;
                var native =
                    (pole_station_hit*)arena.Bytes((hits.Length + 1) * sizeof(pole_station_hit));
                for (int i = 0; i < hits.Length; i++) {
                    native[i] = hits[i].Hit;
                }
                pole_span asked = arena.Text(query), of = arena.Text(kind);
                pole_area_edge edge;
                pole_area_edge* edgeAt = null; // areas are those of the police
                if (kind == null || kind == "police") {
                    PoleException.Check(
                        NativeMethods.pole_area_edge_at(index, at, AreaEdgeM, &edge));
                    edgeAt = &edge;
                }
                return Utf8.Written((text, capacity, needed) => NativeMethods.pole_stations_json(
                                        index, asked, at, of, native, (UIntPtr)(uint)hits.Length,
                                        edgeAt, options, text, capacity, needed));
            }
        }

        internal AreaEdge EdgeOf(IntPtr index, in pole_area_edge edge)
        {
            return edge.station == NoStation
                       ? null
                       : new AreaEdge(edge.distance_m, StationAt(index, edge.station));
        }

        internal StationHit[] HitsOf(IntPtr index, pole_station_hit* hits, UIntPtr count)
        {
            var stationHits = new StationHit[checked((int)(ulong)count)];
            for (int i = 0; i < stationHits.Length; i++) {
                stationHits[i] = new StationHit(StationAt(index, hits[i].number), hits[i]);
            }
            return stationHits;
        }

        private delegate int HitQuery(IntPtr index, pole_station_hit* hits, UIntPtr capacity,
                                      UIntPtr* needed);

        private StationHit[] Hits(HitQuery query)
        {
            using (var lease = new Lease(handle))
            using (var arena = new Arena()) {
                int capacity = 16;
                for (;;) {
                    var hits =
                        (pole_station_hit*)arena.Bytes(capacity * sizeof(pole_station_hit));
                    UIntPtr needed;
                    int status = query(lease.Pointer, hits, (UIntPtr)(uint)capacity, &needed);
                    if (status != (int)PoleStatus.Limit || (int)needed <= capacity) {
                        PoleException.Check(status);
                        return HitsOf(lease.Pointer, hits, needed);
                    }
                    capacity = (int)needed;
                }
            }
        }
    }
}

// SPDX-License-Identifier: MIT
// Poles and stations as the table has them: copies, which outlive their index.
using System;
using System.Collections.Generic;
using System.Globalization;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>A pole of the table. Texts that the table does not give are null.</summary>
    public sealed class Pole
    {
        internal readonly object Owner;

        /// <summary>Its place in the index it came from, and in no other.</summary>
        public uint Row { get; }
        public PoleCode Key { get; }
        /// <summary>The digits, with their leading zeros.</summary>
        public string Code { get; }
        /// <summary>The county; "" for the urban districts.</summary>
        public string Scope { get; }
        public PolePoint At { get; }
        public double LatDeg => At.LatDeg;
        public double LonDeg => At.LonDeg;
        public string Street { get; }
        public string District { get; }
        public string Note { get; }
        public PoleState State { get; }
        /// <summary>The code of the pole that replaced this one.</summary>
        public string Successor { get; }
        public string Alias { get; }
        public string AliasOwner { get; }
        public DateTime? Surveyed { get; }
        /// <summary>True: of an invented city; no real place.</summary>
        public bool IsSample { get; }

        internal Pole(in pole_record record, object owner, bool isSample)
        {
            Owner = owner;
            Row = record.row;
            Key = record.code;
            Code = record.code.ToString();
            Scope = Utf8.Read(record.scope);
            At = record.at;
            Street = Utf8.ReadOrNull(record.street);
            District = Utf8.ReadOrNull(record.district);
            Note = Utf8.ReadOrNull(record.note);
            State = (PoleState)record.state;
            Successor = Utf8.ReadOrNull(record.successor);
            Alias = Utf8.ReadOrNull(record.alias);
            AliasOwner = Utf8.ReadOrNull(record.alias_owner);
            if (record.surveyed_days != int.MinValue) {
                Surveyed = Time.FromDays(record.surveyed_days);
            }
            IsSample = isSample;
        }

        /// <summary>"SAMPLE 2334504 红旗街, 南岗区, 45.6762803, 126.6272838 (WGS 84)".</summary>
        public override string ToString() => (IsSample ? "SAMPLE " : "") + Told();

        // Within what says itself that it is a sample.
        internal string Told()
        {
            var parts = new List<string> { Code };
            if (Scope.Length > 0) {
                parts[0] += " (" + Scope + ")";
            }
            if (State != PoleState.Active) {
                parts[0] += " (" + State.Word() +
                            (Successor == null ? ")" : ", now " + Successor + ")");
            }
            if (Street != null) {
                parts[0] += " " + Street;
            }
            if (District != null) {
                parts.Add(District);
            }
            parts.Add(At.ToString());
            return string.Join(", ", parts);
        }
    }

    /// <summary>A pole near a place.</summary>
    public sealed class NearPole
    {
        public Pole Pole { get; }
        public double DistanceM { get; }
        /// <summary>At the point asked, towards the pole; clockwise from north.</summary>
        public double BearingDeg { get; }

        internal NearPole(Pole pole, in PoleHit hit)
        {
            Pole = pole;
            DistanceM = hit.DistanceM;
            BearingDeg = hit.BearingDeg;
        }

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0}; {1:F1} m, {2:F0} degrees",
                                 Pole, DistanceM, BearingDeg);
        }
    }

    /// <summary>A station. Texts that the table does not give are null.</summary>
    public sealed class Station
    {
        /// <summary>Its place in the index it came from, and in no other.</summary>
        public uint Number { get; }
        public PolePoint At { get; }
        public string Id { get; }
        public string Name { get; }
        /// <summary>"police" when the table does not say.</summary>
        public string Kind { get; }
        public string Phone { get; }
        public string Group { get; }
        public string District { get; }
        /// <summary>The digits that its poles' codes begin with, in <see cref="Scope"/>.</summary>
        public string Prefix { get; }
        public string Scope { get; }
        /// <summary>The id of the station that took over: this one is closed.</summary>
        public string Successor { get; }
        /// <summary>True: invented; its telephone rings nowhere.</summary>
        public bool IsSample { get; }

        internal Station(in pole_station station, bool isSample)
        {
            Number = station.number;
            At = station.at;
            Id = Utf8.Read(station.id);
            Name = Utf8.ReadOrNull(station.name);
            Kind = Utf8.ReadOrNull(station.kind);
            Phone = Utf8.ReadOrNull(station.phone);
            Group = Utf8.ReadOrNull(station.group);
            District = Utf8.ReadOrNull(station.district);
            Prefix = Utf8.ReadOrNull(station.prefix);
            Scope = Utf8.Read(station.scope);
            Successor = Utf8.ReadOrNull(station.successor);
            IsSample = isSample;
        }

        public override string ToString()
        {
            return (IsSample ? "SAMPLE " : "") + Told();
        }

        internal string Told()
        {
            return Id + " " + Name + (Phone == null ? "" : " " + Phone) +
                   (Successor == null ? "" : " (closed, now " + Successor + ")");
        }
    }

    /// <summary>A station in a role.</summary>
    public sealed class StationHit
    {
        public Station Station { get; }
        public StationRole Role { get; }
        /// <summary>The one to send: responsible, else coded, else nearest.</summary>
        public bool Chosen { get; }
        /// <summary>Geodesic, from the place.</summary>
        public double DistanceM { get; }
        public double BearingDeg { get; }
        /// <summary>By road; null: not known.</summary>
        public double? RoadM { get; }
        public double? RoadS { get; }
        internal readonly pole_station_hit Hit;

        internal StationHit(Station station, in pole_station_hit hit)
        {
            Station = station;
            Hit = hit;
            Role = (StationRole)hit.role;
            Chosen = hit.chosen != 0;
            DistanceM = hit.distance_m;
            BearingDeg = hit.bearing_deg;
            RoadM = Number.OrNull(hit.road_m);
            RoadS = Number.OrNull(hit.road_s);
        }

        /// <summary>"SAMPLE 233 昆明街派出所 0451-5518621 (responsible; 590 m, 185 degrees)".
        /// </summary>
        public override string ToString() => (Station.IsSample ? "SAMPLE " : "") + Told();

        internal string Told()
        {
            return string.Format(CultureInfo.InvariantCulture,
                                 "{0} ({1}; {2:F0} m, {3:F0} degrees)", Station.Told(), Role.Word(),
                                 DistanceM, BearingDeg);
        }
    }

    /// <summary>The nearest area of another station than the one responsible.</summary>
    public sealed class AreaEdge
    {
        public double DistanceM { get; }
        public Station Station { get; }

        internal AreaEdge(double distanceM, Station station)
        {
            DistanceM = distanceM;
            Station = station;
        }

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0:F0} m to the area of {1}",
                                 DistanceM, Station);
        }
    }

    internal static class Number
    {
        internal static double? OrNull(double value)
        {
            return double.IsNaN(value) ? (double?)null : value;
        }
    }

    internal static class Time
    {
        private static readonly DateTime Epoch =
            new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        // Null outside what a DateTime can hold.
        internal static DateTime? FromDays(int days)
        {
            return FromSeconds(86400L * days);
        }

        internal static DateTime? FromSeconds(long seconds)
        {
            long most = (long)(DateTime.MaxValue - Epoch).TotalSeconds;
            long least = (long)(DateTime.MinValue - Epoch).TotalSeconds;
            return seconds < least || seconds >= most ? (DateTime?)null : Epoch.AddSeconds(seconds);
        }
    }
}

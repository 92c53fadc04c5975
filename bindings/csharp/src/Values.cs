// SPDX-License-Identifier: MIT
// Small values that cross to the library as they are: their layout is the C structs'.
using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PoleLookup
{
    /// <summary>A position: WGS 84, degrees.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct PolePoint : IEquatable<PolePoint>
    {
        private readonly double lat_deg;
        private readonly double lon_deg;

        public PolePoint(double latDeg, double lonDeg)
        {
            lat_deg = latDeg;
            lon_deg = lonDeg;
        }

        public double LatDeg => lat_deg;
        public double LonDeg => lon_deg;

        public bool Equals(PolePoint other)
        {
            return lat_deg.Equals(other.lat_deg) && lon_deg.Equals(other.lon_deg);
        }

        public override bool Equals(object other) => other is PolePoint point && Equals(point);
        public override int GetHashCode() => lat_deg.GetHashCode() * 31 ^ lon_deg.GetHashCode();

        /// <summary>"45.6762803, 126.6272838 (WGS 84)".</summary>
        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0:F7}, {1:F7} (WGS 84)", lat_deg,
                                 lon_deg);
        }
    }

    /// <summary>A painted code: a number with its count of digits, so that "0012345" is not
    /// "12345", and the scope (county) that it is unique in.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct PoleCode : IEquatable<PoleCode>
    {
        /// <summary>The scope is not known.</summary>
        public const ushort AnyScope = 0xFFFF;
        public const int MaxDigits = 9;

        private readonly uint number;
        private readonly ushort scope;
        private readonly byte digits;
        private readonly byte reserved;

        /// <summary>scope: as <see cref="PoleIndex.ScopeNumber"/> gives it; 0 is always the empty
        /// scope (the urban districts).</summary>
        public PoleCode(uint number, int digits, ushort scope = AnyScope)
        {
            uint bound = 1;
            for (int i = 0; i < digits && i < MaxDigits; i++) {
                bound *= 10;
            }
            if (digits < 1 || digits > MaxDigits || number >= bound) {
                throw new ArgumentOutOfRangeException(
                    nameof(digits), "A code has 1 to 9 digits, its number no more.");
            }
            this.number = number;
            this.scope = scope;
            this.digits = (byte)digits;
            reserved = 0;
        }

        public long Number => number;
        public ushort Scope => scope;
        public int Digits => digits;

        public PoleCode InScope(ushort number) => new PoleCode(this.number, digits, number);

        public bool Equals(PoleCode other)
        {
            return number == other.number && scope == other.scope && digits == other.digits;
        }

        public override bool Equals(object other) => other is PoleCode code && Equals(code);
        public override int GetHashCode() => (int)number ^ scope << 12 ^ digits << 28;

        /// <summary>The digits, with their leading zeros.</summary>
        public override string ToString()
        {
            return digits == 0 ? "" : number.ToString("D" + digits, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A box in degrees, borders included. East below west: it crosses the
    /// antimeridian.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct PoleBox
    {
        private readonly double south_deg;
        private readonly double west_deg;
        private readonly double north_deg;
        private readonly double east_deg;

        public PoleBox(double southDeg, double westDeg, double northDeg, double eastDeg)
        {
            south_deg = southDeg;
            west_deg = westDeg;
            north_deg = northDeg;
            east_deg = eastDeg;
        }

        public double SouthDeg => south_deg;
        public double WestDeg => west_deg;
        public double NorthDeg => north_deg;
        public double EastDeg => east_deg;

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0:R},{1:R},{2:R},{3:R}", south_deg,
                                 west_deg, north_deg, east_deg);
        }
    }

    /// <summary>A row of the index, and how its pole lies from the point asked.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct PoleHit
    {
#pragma warning disable 169, 649 // fields that only the library writes
        private readonly uint row;
        private readonly uint reserved;
        private readonly double distance_m;
        private readonly double bearing_deg;
#pragma warning restore 169, 649

        public uint Row => row;
        public double DistanceM => distance_m;
        /// <summary>At the point asked, towards the pole; clockwise from north.</summary>
        public double BearingDeg => bearing_deg;

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "row {0}: {1:F1} m, {2:F0} degrees",
                                 row, distance_m, bearing_deg);
        }
    }
}

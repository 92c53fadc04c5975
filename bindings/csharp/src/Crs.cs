// SPDX-License-Identifier: MIT
// Coordinate reference systems by name, to and from WGS 84.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>"gcj02", "bd09", "EPSG:4326", "EPSG:4490". Other EPSG codes need PROJ, which this
    /// binding does not load: Unsupported. One thread uses it at a time, others wait.</summary>
    public sealed unsafe class Crs : IDisposable
    {
        internal readonly CrsHandle Handle;

        /// <summary>In its one form: "wgs84" gives "EPSG:4326".</summary>
        public string Name { get; }
        /// <summary>x and y are longitude and latitude in degrees.</summary>
        public bool IsGeographic { get; }
        public string Unit { get; }
        /// <summary>How well its datum is known against WGS 84; null: not stated.</summary>
        public double? AccuracyM { get; }

        public Crs(string name)
        {
            using (var arena = new Arena()) {
                IntPtr pointer;
                pole_error error;
                PoleException.Check(NativeMethods.pole_crs_new(arena.Text(name), IntPtr.Zero,
                                                               IntPtr.Zero, &pointer, &error),
                                    &error);
                Handle = new CrsHandle(pointer);
                Name = Utf8.ReadEnded(NativeMethods.pole_crs_name(pointer));
                IsGeographic = NativeMethods.pole_crs_is_geographic(pointer) != 0;
                Unit = Utf8.ReadEnded(NativeMethods.pole_crs_unit(pointer));
                AccuracyM = Number.OrNull(NativeMethods.pole_crs_accuracy_m(pointer));
            }
        }

        /// <summary>Converts in place. x: easting or longitude, y: northing or latitude, whatever
        /// axis order the EPSG code has. What cannot be converted becomes NaN, NaN. Returns how
        /// many these were.</summary>
        public int ToWgs84(Span<double> x, Span<double> y)
        {
            CheckPairs(x, y);
            lock (Handle)
            using (var lease = new Lease(Handle))
            fixed (double* easting = &Pin.Of(x), northing = &Pin.Of(y))
            {
                UIntPtr bad = UIntPtr.Zero;
                if (!x.IsEmpty) {
                    PoleException.Check(NativeMethods.pole_crs_to_wgs84(
                        lease.Pointer, (UIntPtr)(uint)x.Length, easting, northing, &bad));
                }
                return (int)bad;
            }
        }

        /// <summary>The other way.</summary>
        public int FromWgs84(Span<double> x, Span<double> y)
        {
            CheckPairs(x, y);
            lock (Handle)
            using (var lease = new Lease(Handle))
            fixed (double* easting = &Pin.Of(x), northing = &Pin.Of(y))
            {
                UIntPtr bad = UIntPtr.Zero;
                if (!x.IsEmpty) {
                    PoleException.Check(NativeMethods.pole_crs_from_wgs84(
                        lease.Pointer, (UIntPtr)(uint)x.Length, easting, northing, &bad));
                }
                return (int)bad;
            }
        }

        private static void CheckPairs(Span<double> x, Span<double> y)
        {
            if (x.Length != y.Length) {
                throw new ArgumentException("There are not as many y as x.", nameof(y));
            }
        }

        public void Dispose() => Handle.Dispose();

        public override string ToString() => Name;
    }
}

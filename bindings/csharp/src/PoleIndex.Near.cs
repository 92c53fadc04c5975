// SPDX-License-Identifier: MIT
// Poles around a place. Distances are geodesics on WGS 84.
using System;
using System.Collections.Generic;
using PoleLookup.Native;

namespace PoleLookup
{
    public sealed unsafe partial class PoleIndex
    {
        /// <summary>The largest k of <see cref="Nearest(PolePoint,int,double)"/>.</summary>
        public const int MaxNearest = 1024;

        /// <summary>The k nearest poles, nearest first, none farther than maxM. PoleException:
        /// InvalidArgument (a point out of range, k not 1 to 1024).</summary>
        public NearPole[] Nearest(PolePoint at, int k = 1, double maxM = double.PositiveInfinity)
        {
            using (var lease = new Lease(handle)) {
                var hits = new PoleHit[Math.Max(1, Math.Min(k, MaxNearest))];
                int count = Nearest(at, hits, k, maxM);
                return Near(lease.Pointer, new ReadOnlySpan<PoleHit>(hits, 0, count));
            }
        }

        /// <summary>As many as hits has room for. Returns how many were found.</summary>
        public int Nearest(PolePoint at, Span<PoleHit> hits, double maxM = double.PositiveInfinity)
        {
            return Nearest(at, hits, hits.Length, maxM);
        }

        private int Nearest(PolePoint at, Span<PoleHit> hits, int k, double maxM)
        {
            PoleHit nowhere;
            using (var lease = new Lease(handle))
            fixed (PoleHit* start = &Pin.Of(hits))
            {
                UIntPtr count;
                PoleException.Check(NativeMethods.pole_nearest(
                    lease.Pointer, at, (UIntPtr)(uint)Math.Max(0, k), maxM,
                    hits.IsEmpty ? &nowhere : start, &count));
                return (int)count;
            }
        }

        /// <summary>The k nearest of many points: those of point i begin at hits[i * k] and are
        /// counts[i]. A point that is not valid gets a count of 0, and makes the call throw
        /// InvalidArgument after all others were answered.</summary>
        public void NearestMany(ReadOnlySpan<PolePoint> points, int k, Span<PoleHit> hits,
                                Span<int> counts, double maxM = double.PositiveInfinity)
        {
            if (k < 1 || k > MaxNearest) {
                throw new PoleException(PoleStatus.InvalidArgument, "k is 1 to 1024");
            }
            if (hits.Length < (long)points.Length * k || counts.Length < points.Length) {
                throw new ArgumentException("A span has fewer elements than the batch.");
            }
            using (var lease = new Lease(handle))
            fixed (PolePoint* at = &Pin.Of(points))
            fixed (PoleHit* found = &Pin.Of(hits))
            {
                int status = (int)PoleStatus.Ok;
                UIntPtr* part = stackalloc UIntPtr[256];
                for (int start = 0; start < points.Length; start += 256) {
                    int count = Math.Min(256, points.Length - start);
                    int failed = NativeMethods.pole_nearest_many(
                        lease.Pointer, at + start, (UIntPtr)(uint)count, (UIntPtr)(uint)k, maxM,
                        found + (long)start * k, part);
                    status = failed == 0 ? status : failed;
                    for (int i = 0; i < count; i++) {
                        counts[start + i] = (int)part[i];
                    }
                }
                PoleException.Check(status);
            }
        }

        /// <summary>All poles within a radius, nearest first.</summary>
        public NearPole[] Within(PolePoint at, double radiusM)
        {
            using (var lease = new Lease(handle)) {
                var hits = new PoleHit[64];
                int count;
                while ((count = Within(at, radiusM, hits)) > hits.Length) {
                    hits = new PoleHit[count];
                }
                return Near(lease.Pointer, new ReadOnlySpan<PoleHit>(hits, 0, count));
            }
        }

        /// <summary>Returns how many there are; when that is more than hits has room for, it holds
        /// the nearest.</summary>
        public int Within(PolePoint at, double radiusM, Span<PoleHit> hits)
        {
            using (var lease = new Lease(handle))
            fixed (PoleHit* start = &Pin.Of(hits))
            {
                UIntPtr needed;
                int status = NativeMethods.pole_within_radius(lease.Pointer, at, radiusM,
                                                              hits.IsEmpty ? null : start,
                                                              (UIntPtr)(uint)hits.Length, &needed);
                if (status != (int)PoleStatus.Limit) {
                    PoleException.Check(status);
                }
                return checked((int)(ulong)needed);
            }
        }

        /// <summary>All poles in a box, its borders included, in order of row.</summary>
        public Pole[] Box(PoleBox box)
        {
            PoleBox asked = box;
            PoleBox* borders = &asked;
            return Rows((index, rows, capacity, needed) => NativeMethods.pole_within_box(
                            index, borders, rows, capacity, needed));
        }

        /// <summary>All poles in a polygon, its border included, in order of row. rings: 3 points
        /// or more each; even-odd, so that holes are rings like others.</summary>
        public Pole[] Polygon(IReadOnlyList<PolePoint[]> rings)
        {
            using (var arena = new Arena()) {
                UIntPtr* ringSizes;
                PolePoint* points = RingsIn(arena, rings, &ringSizes);
                UIntPtr* sizes = ringSizes;
                int count = rings.Count;
                return Rows((index, rows, capacity, needed) => NativeMethods.pole_within_polygon(
                                index, points, sizes, (UIntPtr)(uint)count, rows, capacity,
                                needed));
            }
        }

        /// <summary>Reads a polygon's rings from GeoJSON (RFC 7946): one Feature, or a collection
        /// of one. BadInput, Limit.</summary>
        public static PolePoint[][] ReadPolygon(string geojson)
        {
            if (geojson == null) {
                throw new ArgumentNullException(nameof(geojson));
            }
            using (var arena = new Arena()) {
                pole_span text = arena.Text(geojson);
                byte nothing;
                byte* bytes = text.data == null ? &nothing : text.data;
                UIntPtr pointCount, ringCount;
                pole_error error;
                int status = NativeMethods.pole_polygon_read(
                    bytes, text.size_bytes, IntPtr.Zero, null, UIntPtr.Zero, &pointCount, null,
                    UIntPtr.Zero, &ringCount, &error);
                if (status != (int)PoleStatus.Limit || pointCount == UIntPtr.Zero) {
                    PoleException.Check(status, &error);
                }
                var points = (PolePoint*)arena.Bytes(
                    checked((int)(ulong)pointCount * sizeof(PolePoint)));
                var sizes =
                    (UIntPtr*)arena.Bytes(checked((int)(ulong)ringCount * sizeof(UIntPtr)));
                PoleException.Check(NativeMethods.pole_polygon_read(
                                        bytes, text.size_bytes, IntPtr.Zero, points, pointCount,
                                        &pointCount, sizes, ringCount, &ringCount, &error),
                                    &error);
                var rings = new PolePoint[(int)ringCount][];
                for (int r = 0; r < rings.Length; r++) {
                    rings[r] = new PolePoint[(int)sizes[r]];
                    for (int i = 0; i < rings[r].Length; i++) {
                        rings[r][i] = *points++;
                    }
                }
                return rings;
            }
        }

        internal static PolePoint* RingsIn(Arena arena, IReadOnlyList<PolePoint[]> rings,
                                           UIntPtr** sizes)
        {
            if (rings == null) {
                throw new ArgumentNullException(nameof(rings));
            }
            long total = 0;
            foreach (PolePoint[] ring in rings) {
                total += ring.Length;
            }
            var points = (PolePoint*)arena.Bytes(checked((int)(total + 1) * sizeof(PolePoint)));
            *sizes = (UIntPtr*)arena.Bytes(checked((rings.Count + 1) * sizeof(UIntPtr)));
            PolePoint* next = points;
            for (int r = 0; r < rings.Count; r++) {
                (*sizes)[r] = (UIntPtr)(uint)rings[r].Length;
                foreach (PolePoint point in rings[r]) {
                    *next++ = point;
                }
            }
            return points;
        }

        private NearPole[] Near(IntPtr index, ReadOnlySpan<PoleHit> hits)
        {
            var poles = new NearPole[hits.Length];
            for (int i = 0; i < hits.Length; i++) {
                poles[i] = new NearPole(PoleAt(index, hits[i].Row), hits[i]);
            }
            return poles;
        }
    }
}

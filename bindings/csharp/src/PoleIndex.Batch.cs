// SPDX-License-Identifier: MIT
// Many codes at once, into the caller's columns.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>The columns that a batch fills: spans of at least as many elements as the batch, or
    /// empty where not wanted. What is not found, or in several scopes, gets
    /// <see cref="PoleIndex.NoRow"/>, NaN, <see cref="PoleIndex.NoStation"/>. A code of the table
    /// keeps its row, place and station however it is judged: where a confidence is asked for, ask
    /// for Match as well, send only where it is Exact, and resolve the others.</summary>
    public ref struct PoleColumns
    {
        public Span<uint> Rows;
        /// <summary>Exact: in the table (mishearing not assessed, unless a confidence is asked
        /// for); Ambiguous: in several scopes; Unknown; NoCode: no number of that length; None: not
        /// decided, resolve this one.</summary>
        public Span<PoleMatch> Match;
        public Span<double> LatDeg;
        public Span<double> LonDeg;
        /// <summary>The one to send, as <see cref="PoleIndex.Station"/> numbers them.</summary>
        public Span<uint> Stations;
        /// <summary>How sure each code is if a caller said just its digits. With one of the next
        /// three, Match is what Resolve answers; NaN: not decided here, resolve.</summary>
        public Span<double> Confidence;
        public Span<double> ConfidencePlace;
        public Span<double> FarShare;
        /// <summary>Share of codes heard clean, below 1; 0: the channel's own.</summary>
        public double Clean;

        internal void Check(int count)
        {
            Pin.Room(Rows, count, nameof(Rows));
            Pin.Room(Match, count, nameof(Match));
            Pin.Room(LatDeg, count, nameof(LatDeg));
            Pin.Room(LonDeg, count, nameof(LonDeg));
            Pin.Room(Stations, count, nameof(Stations));
            Pin.Room(Confidence, count, nameof(Confidence));
            Pin.Room(ConfidencePlace, count, nameof(ConfidencePlace));
            Pin.Room(FarShare, count, nameof(FarShare));
        }

        internal PoleColumns Slice(int start, int count)
        {
            return new PoleColumns {
                Rows = Rows.IsEmpty ? Rows : Rows.Slice(start, count),
                Match = Match.IsEmpty ? Match : Match.Slice(start, count),
                LatDeg = LatDeg.IsEmpty ? LatDeg : LatDeg.Slice(start, count),
                LonDeg = LonDeg.IsEmpty ? LonDeg : LonDeg.Slice(start, count),
                Stations = Stations.IsEmpty ? Stations : Stations.Slice(start, count),
                Confidence = Confidence.IsEmpty ? Confidence : Confidence.Slice(start, count),
                ConfidencePlace =
                    ConfidencePlace.IsEmpty ? ConfidencePlace : ConfidencePlace.Slice(start, count),
                FarShare = FarShare.IsEmpty ? FarShare : FarShare.Slice(start, count),
                Clean = Clean
            };
        }
    }

    public sealed unsafe partial class PoleIndex
    {
        public const uint NoRow = 0xFFFFFFFF;
        public const uint NoStation = 0xFFFFFFFF;
        private const int Chunk = 4096;

        /// <summary>Finds codes of one length, given as numbers. scope: as
        /// <see cref="ScopeNumber"/> gives it. No allocation. Says nothing of a sample: see
        /// <see cref="IsSample"/>.</summary>
        public void FindMany(ReadOnlySpan<uint> numbers, int digits, in PoleColumns columns,
                             ushort scope = PoleCode.AnyScope)
        {
            fixed (uint* codes = &Pin.Of(numbers))
            {
                FindMany(codes, null, 0, numbers.Length, digits, columns, scope);
            }
        }

        /// <summary>The same for ASCII texts of one width: text i is the digits at i *
        /// strideBytes.</summary>
        public void FindMany(ReadOnlySpan<byte> texts, int strideBytes, int count, int digits,
                             in PoleColumns columns, ushort scope = PoleCode.AnyScope)
        {
            if (count < 0 || strideBytes < digits ||
                count > 0 && (long)strideBytes * (count - 1) + digits > texts.Length) {
                throw new ArgumentException("The texts are shorter than the batch.", nameof(texts));
            }
            fixed (byte* start = &Pin.Of(texts))
            {
                FindMany(null, start, strideBytes, count, digits, columns, scope);
            }
        }

        /// <summary>The same for strings. What is not just so many ASCII digits is NoCode; such a
        /// text may be a code with spaces, or an alias: resolve it.</summary>
        public void FindMany(ReadOnlySpan<string> codes, int digits, in PoleColumns columns,
                             ushort scope = PoleCode.AnyScope)
        {
            if (digits < 1 || digits > PoleCode.MaxDigits) {
                throw new PoleException(PoleStatus.InvalidArgument, "a code has 1 to 9 digits");
            }
            columns.Check(codes.Length);
            int room = Math.Min(codes.Length, Chunk) * digits + 1;
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(room);
            try {
                for (int start = 0; start < codes.Length; start += Chunk) {
                    int count = Math.Min(Chunk, codes.Length - start);
                    fixed (byte* texts = buffer)
                    {
                        WriteTexts(codes.Slice(start, count), digits, texts);
                        FindMany(null, texts, digits, count, digits, columns.Slice(start, count),
                                 scope);
                    }
                }
            } finally {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        // A text of another width, and a character that is no ASCII, become a byte that is no
        // digit.
        private static void WriteTexts(ReadOnlySpan<string> codes, int digits, byte* texts)
        {
            for (int i = 0; i < codes.Length; i++, texts += digits) {
                string code = codes[i];
                if (code == null || code.Length != digits) {
                    texts[0] = (byte)'?';
                    continue;
                }
                for (int k = 0; k < digits; k++) {
                    char c = code[k];
                    texts[k] = c < 0x80 ? (byte)c : (byte)'?';
                }
            }
        }

        private void FindMany(uint* numbers, byte* texts, int stride, int count, int digits,
                              in PoleColumns columns, ushort scope)
        {
            columns.Check(count);
            if (digits < 0 || digits > 255) {
                throw new PoleException(PoleStatus.InvalidArgument, "a code has 1 to 9 digits");
            }
            if (count == 0) {
                return;
            }
            using (var lease = new Lease(handle))
            fixed (uint* rows = &Pin.Of(columns.Rows), stationNumbers = &Pin.Of(columns.Stations))
            fixed (PoleMatch* match = &Pin.Of(columns.Match))
            fixed (double* lat = &Pin.Of(columns.LatDeg), lon = &Pin.Of(columns.LonDeg))
            fixed (double* confidence = &Pin.Of(columns.Confidence),
                           place = &Pin.Of(columns.ConfidencePlace),
                           far = &Pin.Of(columns.FarShare))
            {
                pole_columns native = default(pole_columns);
                native.struct_size = (uint)sizeof(pole_columns);
                native.rows = columns.Rows.IsEmpty ? null : rows;
                native.match = columns.Match.IsEmpty ? null : (int*)match;
                native.lat_deg = columns.LatDeg.IsEmpty ? null : lat;
                native.lon_deg = columns.LonDeg.IsEmpty ? null : lon;
                native.stations = columns.Stations.IsEmpty ? null : stationNumbers;
                native.confidence = columns.Confidence.IsEmpty ? null : confidence;
                native.confidence_place = columns.ConfidencePlace.IsEmpty ? null : place;
                native.far_share = columns.FarShare.IsEmpty ? null : far;
                native.clean = columns.Clean;
                int status =
                    texts == null
                        ? NativeMethods.pole_index_find_many(lease.Pointer, numbers,
                                                             (UIntPtr)(uint)count, (byte)digits,
                                                             scope, &native)
                        : NativeMethods.pole_index_find_texts(
                              lease.Pointer, texts, (UIntPtr)(uint)stride, (UIntPtr)(uint)count,
                              (byte)digits, scope, &native);
                PoleException.Check(status);
            }
        }
    }
}

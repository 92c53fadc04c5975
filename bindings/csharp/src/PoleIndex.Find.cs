// SPDX-License-Identifier: MIT
// From a code to its pole: found, no more. Whether it is the code that the caller meant is the
// question of Resolve, which every answer to a person should come from.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    public sealed unsafe partial class PoleIndex
    {
        /// <summary>The pole of a code. scope: a county's name; null: any. PoleException: NotFound,
        /// Several (name the scope), MalformedCode.</summary>
        public Pole Find(string code, string scope = null)
        {
            using (var lease = new Lease(handle)) {
                PoleCode key = CodeIn(code, scope);
                uint row;
                int status = NativeMethods.pole_index_find(lease.Pointer, key, &row);
                CheckFound(status, key);
                return PoleAt(lease.Pointer, row);
            }
        }

        /// <summary>False when no pole has the code. A code of several scopes, and what is no code
        /// at all, are no such simple no: they throw as Find does.</summary>
        public bool TryFind(string code, out Pole pole, string scope = null)
        {
            pole = null;
            using (var lease = new Lease(handle)) {
                PoleCode key = CodeIn(code, scope);
                uint row;
                int status = NativeMethods.pole_index_find(lease.Pointer, key, &row);
                if (status == (int)PoleStatus.NotFound) {
                    return false;
                }
                CheckFound(status, key);
                pole = PoleAt(lease.Pointer, row);
                return true;
            }
        }

        /// <summary>The poles of a code in every scope, or in the one named; none: empty.</summary>
        public Pole[] FindAll(string code, string scope = null)
        {
            PoleCode key = CodeIn(code, scope);
            return Rows((index, rows, capacity, needed) => NativeMethods.pole_index_find_all(
                            index, key, rows, capacity, needed));
        }

        /// <summary>The poles that have another owner's number, compared byte for byte without the
        /// white space around it; none: empty.</summary>
        public Pole[] FindAlias(string alias)
        {
            if (alias == null) {
                throw new ArgumentNullException(nameof(alias));
            }
            using (var arena = new Arena()) {
                pole_span text = arena.Text(alias);
                return Rows((index, rows, capacity, needed) => NativeMethods.pole_index_find_alias(
                                index, text, rows, capacity, needed));
            }
        }

        /// <summary>The row of a code, without anything else: no allocation. NotFound,
        /// Several.</summary>
        public uint FindRow(PoleCode code)
        {
            using (var lease = new Lease(handle)) {
                uint row;
                CheckFound(NativeMethods.pole_index_find(lease.Pointer, code, &row), code);
                return row;
            }
        }

        /// <summary>Where a row's pole is: no allocation.</summary>
        public PolePoint PointOf(uint row)
        {
            using (var lease = new Lease(handle)) {
                PolePoint at;
                PoleException.Check(NativeMethods.pole_index_point(lease.Pointer, row, &at));
                return at;
            }
        }

        /// <summary>A row's pole. InvalidArgument when the row is not of this index.</summary>
        public Pole PoleOf(uint row)
        {
            using (var lease = new Lease(handle)) {
                return PoleAt(lease.Pointer, row);
            }
        }

        internal Pole PoleAt(IntPtr index, uint row)
        {
            pole_record record;
            record.struct_size = (uint)sizeof(pole_record);
            PoleException.Check(NativeMethods.pole_index_record(index, row, &record));
            return new Pole(record, identity, IsSample);
        }

        internal Pole PoleOf(in pole_record record) => new Pole(record, identity, IsSample);

        private PoleCode CodeIn(string code, string scope)
        {
            PoleCode key = Parse(code);
            return scope == null ? key : key.InScope(ScopeNumber(scope));
        }

        internal uint RowOf(Pole pole)
        {
            if (pole == null) {
                throw new ArgumentNullException(nameof(pole));
            }
            if (!ReferenceEquals(pole.Owner, identity)) {
                throw new ArgumentException("The pole is of another index.", nameof(pole));
            }
            return pole.Row;
        }

        private static void CheckFound(int status, PoleCode code)
        {
            if (status == (int)PoleStatus.NotFound) {
                throw new PoleException(PoleStatus.NotFound, "no pole has the code " + code);
            }
            if (status == (int)PoleStatus.Several) {
                throw new PoleException(PoleStatus.Several,
                                        "several scopes have the code " + code + ": name one");
            }
            PoleException.Check(status);
        }

        private delegate int RowQuery(IntPtr index, uint* rows, UIntPtr capacity, UIntPtr* needed);

        // Asks again with more room where there are more than a few. Not found is none.
        private uint[] RowNumbers(IntPtr index, RowQuery query)
        {
            uint[] rows = new uint[64];
            for (;;) {
                UIntPtr needed = UIntPtr.Zero;
                int status;
                fixed (uint* buffer = rows)
                {
                    status = query(index, buffer, (UIntPtr)(uint)rows.Length, &needed);
                }
                if (status == (int)PoleStatus.NotFound) {
                    return new uint[0];
                }
                int count = checked((int)(ulong)needed);
                if (count > rows.Length &&
                    (status == (int)PoleStatus.Limit || status == (int)PoleStatus.Ok)) {
                    rows = new uint[count];
                    continue;
                }
                PoleException.Check(status);
                Array.Resize(ref rows, count);
                return rows;
            }
        }

        private Pole[] Rows(RowQuery query)
        {
            using (var lease = new Lease(handle)) {
                uint[] rows = RowNumbers(lease.Pointer, query);
                var poles = new Pole[rows.Length];
                for (int i = 0; i < rows.Length; i++) {
                    poles[i] = PoleAt(lease.Pointer, rows[i]);
                }
                return poles;
            }
        }
    }
}

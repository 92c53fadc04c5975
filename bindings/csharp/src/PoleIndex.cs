// SPDX-License-Identifier: MIT
// One open index: what it is, and from a code to its pole. PoleIndex.*.cs hold the other questions.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>An open index file (.plx): immutable, checked when it was opened, and shared freely
    /// between threads. It may be disposed while other threads use it: a call under way finishes or
    /// throws ObjectDisposedException, as every later one does; none touches freed
    /// memory.</summary>
    public sealed unsafe partial class PoleIndex : IDisposable
    {
        private readonly IndexHandle handle;
        private readonly object identity; // the same for those that share one open index
        private readonly Station[] stations;

        public PoleInfo Info { get; }
        /// <summary>True: an invented city; no answer of it is a real place.</summary>
        public bool IsSample => Info.IsSample;

        private PoleIndex(IntPtr pointer)
        {
            handle = new IndexHandle(pointer);
            identity = new object();
            try {
                Info = ReadInfo(pointer);
                stations = new Station[Info.Stations];
            } catch {
                handle.Dispose();
                throw;
            }
        }

        private PoleIndex(PoleIndex shared, IntPtr pointer)
        {
            handle = new IndexHandle(pointer);
            identity = shared.identity;
            Info = shared.Info;
            stations = shared.stations;
        }

        /// <summary>Opens an index file. Reads and checks all of it: about a millisecond for a
        /// city. PoleException: Io, NotAnIndex, Damaged, NewerFormat, Limit, NoMemory.</summary>
        public static PoleIndex Open(string path, OpenFlags flags = OpenFlags.None)
        {
            pole_open_options options = OptionsOf(flags);
            pole_error error;
            IntPtr pointer;
            using (var arena = new Arena()) {
                PoleException.Check(NativeMethods.pole_index_open(arena.Path(path), &options,
                                                                  &pointer, &error), &error);
            }
            return new PoleIndex(pointer);
        }

        /// <summary>The same from memory, which is copied.</summary>
        public static PoleIndex Open(ReadOnlySpan<byte> bytes)
        {
            pole_open_options options = OptionsOf(OpenFlags.None);
            pole_error error;
            IntPtr pointer;
            byte nothing;
            fixed (byte* start = &Pin.Of(bytes))
            {
                PoleException.Check(
                    NativeMethods.pole_index_open_memory(bytes.IsEmpty ? &nothing : start,
                                                         (UIntPtr)(uint)bytes.Length, &options,
                                                         &pointer, &error), &error);
            }
            return new PoleIndex(pointer);
        }

        private static pole_open_options OptionsOf(OpenFlags flags)
        {
            pole_open_options options;
            options.struct_size = (uint)sizeof(pole_open_options);
            NativeMethods.pole_open_options_init(&options);
            options.flags = (uint)flags;
            return options;
        }

        /// <summary>One more owner of the same open index, disposed by itself. Who answers a call
        /// takes one, and another thread may put a newer index in its place meanwhile.</summary>
        public PoleIndex Share()
        {
            using (var lease = new Lease(handle)) {
                NativeMethods.pole_index_retain(lease.Pointer);
                return new PoleIndex(this, lease.Pointer);
            }
        }

        public void Dispose()
        {
            handle.Dispose();
            DropResolvers();
        }

        /// <summary>What opening does not ask: recomputes what the build derived, and compares.
        /// PoleException: Damaged.</summary>
        public void Verify()
        {
            pole_error error;
            using (var lease = new Lease(handle)) {
                PoleException.Check(NativeMethods.pole_index_verify(lease.Pointer, &error), &error);
            }
        }

        /// <summary>What the index holds, as `polelookup info --json` prints it.</summary>
        public string InfoJson()
        {
            using (var lease = new Lease(handle)) {
                IntPtr index = lease.Pointer;
                return Utf8.Written((text, capacity, needed) => NativeMethods.pole_info_json(
                                        index, text, capacity, needed));
            }
        }

        /// <summary>The lengths that codes of this index have: bit n for n digits.</summary>
        public int Lengths
        {
            get {
                using (var lease = new Lease(handle)) {
                    return (int)NativeMethods.pole_index_lengths(lease.Pointer);
                }
            }
        }

        /// <summary>The name of a scope; "" for 0, the urban districts. NotFound.</summary>
        public string ScopeName(int number)
        {
            if (number < 0 || number >= Info.Scopes.Count) {
                throw new PoleException(PoleStatus.NotFound, "no such scope");
            }
            return Info.Scopes[number];
        }

        /// <summary>The number of a scope by its name, or by that name without its ending where
        /// only one is called so. NotFound. Null is any scope.</summary>
        public ushort ScopeNumber(string name)
        {
            if (name == null) {
                return PoleCode.AnyScope;
            }
            ushort number;
            using (var lease = new Lease(handle))
            using (var arena = new Arena()) {
                int status = NativeMethods.pole_index_find_scope(lease.Pointer, arena.Text(name),
                                                                 &number);
                if (status == (int)PoleStatus.NotFound) {
                    throw new PoleException(PoleStatus.NotFound, "no such scope: " + name);
                }
                PoleException.Check(status);
            }
            return number;
        }

        /// <summary>Reads a code: digits, ASCII or full-width, with spaces, hyphens, dots around
        /// and between, of a length that some scope uses. MalformedCode.</summary>
        public PoleCode Parse(string text)
        {
            using (var lease = new Lease(handle)) {
                PoleCode code;
                int status = ParseIn(lease.Pointer, text, &code);
                if (status == (int)PoleStatus.MalformedCode) {
                    throw new PoleException(PoleStatus.MalformedCode,
                                            "no code of this index's lengths");
                }
                PoleException.Check(status);
                return code;
            }
        }

        public bool TryParse(string text, out PoleCode code)
        {
            using (var lease = new Lease(handle)) {
                PoleCode found;
                int status = ParseIn(lease.Pointer, text, &found);
                code = found;
                if (status == (int)PoleStatus.MalformedCode) {
                    return false;
                }
                PoleException.Check(status);
                return true;
            }
        }

        private static int ParseIn(IntPtr index, string text, PoleCode* code)
        {
            const int Short = 32;
            if (text == null) {
                throw new ArgumentNullException(nameof(text));
            }
            if (text.Length > Short) {
                using (var arena = new Arena()) {
                    return NativeMethods.pole_code_parse(index, arena.Text(text), code);
                }
            }
            byte* bytes = stackalloc byte[Short];
            for (int i = 0; i < text.Length; i++) {
                if (text[i] >= 0x80) {
                    using (var arena = new Arena()) {
                        return NativeMethods.pole_code_parse(index, arena.Text(text), code);
                    }
                }
                bytes[i] = (byte)text[i];
            }
            return NativeMethods.pole_code_parse(index, new pole_span(bytes, text.Length), code);
        }

        /// <summary>A code's digits; grouped: with spaces between its fields, "2 33 45
        /// 04".</summary>
        public string Format(PoleCode code, bool grouped = true)
        {
            using (var lease = new Lease(handle)) {
                IntPtr index = lease.Pointer;
                return Utf8.Written((text, capacity, needed) => NativeMethods.pole_code_format(
                                        index, code, grouped ? 1 : 0, text, capacity, needed));
            }
        }

        private static PoleInfo ReadInfo(IntPtr index)
        {
            pole_info info;
            info.struct_size = (uint)sizeof(pole_info);
            PoleException.Check(NativeMethods.pole_index_info(index, &info));
            var scopes = new string[info.scopes];
            for (int i = 0; i < scopes.Length; i++) {
                pole_span name;
                PoleException.Check(NativeMethods.pole_index_scope(index, (ushort)i, &name));
                scopes[i] = Utf8.Read(name);
            }
            var schemes = new CodeScheme[info.schemes];
            for (int i = 0; i < schemes.Length; i++) {
                pole_scheme_info scheme;
                scheme.struct_size = (uint)sizeof(pole_scheme_info);
                PoleException.Check(NativeMethods.pole_index_scheme(index, (uint)i, &scheme));
                schemes[i] = new CodeScheme(&scheme, scopes[scheme.scope]);
            }
            var sources = new TableSource[info.sources];
            for (int i = 0; i < sources.Length; i++) {
                pole_source_info source;
                source.struct_size = (uint)sizeof(pole_source_info);
                PoleException.Check(NativeMethods.pole_index_source(index, (uint)i, &source));
                sources[i] = new TableSource(source);
            }
            return new PoleInfo(&info, Array.AsReadOnly(scopes), Array.AsReadOnly(schemes),
                                Array.AsReadOnly(sources));
        }

        /// <summary>Several lines of what the index holds are in <see cref="Info"/>.</summary>
        public override string ToString() => Info.ToString();
    }
}

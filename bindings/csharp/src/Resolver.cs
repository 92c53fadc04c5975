// SPDX-License-Identifier: MIT
// The working memory of answers: the library's heard texts and resolution, used again and again.
using System;
using System.Collections.Generic;
using System.Threading;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>Answers questions one after another in memory of its own (some 5 MB), and gives the
    /// last answer as JSON. It belongs to one thread at a time, which is checked; the methods of
    /// <see cref="PoleIndex"/> take one from a few that the index keeps.</summary>
    public sealed unsafe class Resolver : IDisposable
    {
        private enum Last
        {
            Nothing,
            Resolved,
            Described,
            Between
        }

        private readonly PoleIndex index;
        private readonly IndexHandle indexHandle;
        private readonly ResolutionHandle resolution = ResolutionHandle.New();
        private readonly HeardHandle[] heard = new HeardHandle[3]; // the text; also; then
        private pole_between_answer between;
        private pole_json_options json;
        private Last last;
        private int busy;

        internal Resolver(PoleIndex index, IndexHandle indexHandle)
        {
            this.index = index;
            this.indexHandle = indexHandle;
        }

        /// <summary>What can have been meant by a text, how sure that is, and what to ask.
        /// PoleException: InvalidArgument (evidence that cannot be), NoMemory.</summary>
        public Answer Resolve(string text, Evidence evidence = null, ResolveOptions options = null)
        {
            return Resolve(new[] { new Saying(text) }, evidence, options);
        }

        /// <summary>The same of several texts of one saying.</summary>
        public Answer Resolve(IReadOnlyList<Saying> texts, Evidence evidence = null,
                              ResolveOptions options = null)
        {
            return Resolve(texts, evidence, options, true);
        }

        // read: copy the answer; without it null is returned, for who wants JSON alone.
        internal Answer Resolve(IReadOnlyList<Saying> texts, Evidence evidence,
                                ResolveOptions options, bool read)
        {
            if (texts == null) {
                throw new ArgumentNullException(nameof(texts));
            }
            options = options ?? new ResolveOptions();
            Enter();
            try {
                last = Last.Nothing;
                using (var lease = new Lease(indexHandle))
                using (var arena = new Arena())
                using (var channel = new Lease(options.Channel?.Handle))
                using (var crs = new Lease(options.Crs?.Handle)) {
                    pole_resolve_options native;
                    native.struct_size = (uint)sizeof(pole_resolve_options);
                    NativeMethods.pole_resolve_options_init(&native);
                    Fill(ref native, options, channel.Pointer, crs.Pointer);
                    Hear(lease.Pointer, arena, 0, texts);
                    if (evidence != null) {
                        native.scope = arena.Text(evidence.Scope);
                        native.evidence = EvidenceIn(lease.Pointer, arena, evidence);
                    }
                    lock (options.Crs?.Handle ?? (object)this) {
                        Run(options, Last.Resolved, NativeMethods.pole_resolve(
                                         lease.Pointer, Pointer(0), &native, Resolution));
                    }
                    return read ? AnswerReader.Read(index, lease.Pointer, Resolution, Pointer(0))
                                : null;
                }
            } finally {
                Exit();
            }
        }

        /// <summary>A known pole told in full, as an answer with one candidate.</summary>
        public Answer Describe(Pole pole, Crs crs = null)
        {
            uint row = index.RowOf(pole);
            Enter();
            try {
                last = Last.Nothing;
                using (var lease = new Lease(indexHandle))
                using (var crsLease = new Lease(crs?.Handle)) {
                    pole_describe_options native;
                    native.struct_size = (uint)sizeof(pole_describe_options);
                    NativeMethods.pole_describe_options_init(&native);
                    native.crs = crsLease.Pointer;
                    lock (crs?.Handle ?? (object)this) {
                        Run(new ResolveOptions(), Last.Described,
                            NativeMethods.pole_describe(lease.Pointer, row, &native, Resolution));
                    }
                    return AnswerReader.Read(index, lease.Pointer, Resolution, IntPtr.Zero);
                }
            } finally {
                Exit();
            }
        }

        /// <summary>How two poles that a caller names lie to each other: a stretch of street, or a
        /// contradiction. scope: the county of both. Of options, those of a text's confidence are
        /// used: Channel, Clean, CallerLanguage, Crs, Language.</summary>
        public BetweenAnswer Between(string first, string second, string scope = null,
                                     ResolveOptions options = null)
        {
            options = options ?? new ResolveOptions();
            Enter();
            try {
                last = Last.Nothing;
                using (var lease = new Lease(indexHandle))
                using (var arena = new Arena())
                using (var channel = new Lease(options.Channel?.Handle))
                using (var crs = new Lease(options.Crs?.Handle)) {
                    pole_between_options native;
                    native.struct_size = (uint)sizeof(pole_between_options);
                    NativeMethods.pole_between_options_init(&native);
                    native.caller_language = (int)options.CallerLanguage;
                    native.scope = arena.Text(scope);
                    native.crs = crs.Pointer;
                    native.channel = channel.Pointer;
                    native.clean = options.Clean;
                    Hear(lease.Pointer, arena, 0, new[] { new Saying(first) });
                    Hear(lease.Pointer, arena, 1, new[] { new Saying(second) });
                    lock (options.Crs?.Handle ?? (object)this)
                    fixed (pole_between_answer* answer = &between)
                    {
                        answer->struct_size = (uint)sizeof(pole_between_answer);
                        Run(options, Last.Between,
                            NativeMethods.pole_between(lease.Pointer, Pointer(0), Pointer(1),
                                                       &native, Resolution, answer));
                        Answer answers = AnswerReader.Read(index, lease.Pointer, Resolution,
                                                           IntPtr.Zero);
                        return new BetweenAnswer(answer, answers);
                    }
                }
            } finally {
                Exit();
            }
        }

        /// <summary>The last answer as one line of JSON (docs/json.md), in the languages that it
        /// was asked with.</summary>
        public string ToJson()
        {
            Enter();
            try {
                pole_json_options native = json;
                pole_json_options* options = &native;
                return Utf8.Written(
                    (text, capacity, needed) => Json(options, text, capacity, needed));
            } finally {
                Exit();
            }
        }

        private int Json(pole_json_options* options, byte* text, UIntPtr capacity, UIntPtr* needed)
        {
            switch (last) {
            case Last.Resolved:
            case Last.Described:
                return NativeMethods.pole_resolution_json(Resolution, options, text, capacity,
                                                          needed);
            case Last.Between:
                fixed (pole_between_answer* answer = &between)
                {
                    return NativeMethods.pole_between_json(Resolution, Pointer(0), Pointer(1),
                                                           answer, options, text, capacity,
                                                           needed);
                }
            default:
                throw new InvalidOperationException("There is no answer yet.");
            }
        }

        // The pole that was described, as a hit of a place.
        internal string HitJson(double distanceM, double bearingDeg, PoleLanguage language)
        {
            Enter();
            try {
                pole_json_options native = json;
                native.language = (int)language;
                pole_json_options* options = &native;
                return Utf8.Written((text, capacity, needed) => NativeMethods.pole_hit_json(
                                        Resolution, distanceM, bearingDeg, options, text,
                                        capacity, needed));
            } finally {
                Exit();
            }
        }

        internal HeardText HearOnly(IReadOnlyList<Saying> texts)
        {
            Enter();
            try {
                using (var lease = new Lease(indexHandle))
                using (var arena = new Arena()) {
                    Hear(lease.Pointer, arena, 0, texts);
                    return new HeardText(Pointer(0));
                }
            } finally {
                Exit();
            }
        }

        // These cannot be disposed from Enter() to Exit().
        private IntPtr Resolution => resolution.DangerousGetHandle();
        private IntPtr Pointer(int i) => heard[i].DangerousGetHandle();

        private void Run(ResolveOptions options, Last kind, int status)
        {
            PoleException.Check(status);
            pole_json_options native;
            native.struct_size = (uint)sizeof(pole_json_options);
            NativeMethods.pole_json_options_init(&native);
            native.language = (int)options.Language;
            native.caller_language = (int)options.CallerLanguage;
            json = native;
            last = kind;
        }

        private void Hear(IntPtr native, Arena arena, int i, IReadOnlyList<Saying> texts)
        {
            pole_hear_options options;
            options.struct_size = (uint)sizeof(pole_hear_options);
            NativeMethods.pole_hear_options_init(&options);
            options.lengths = NativeMethods.pole_index_lengths(native);
            var said = (pole_text*)arena.Bytes((texts.Count + 1) * sizeof(pole_text));
            for (int k = 0; k < texts.Count; k++) {
                said[k].text = arena.Text(texts[k].Text);
                said[k].weight = texts[k].Weight;
            }
            heard[i] = heard[i] ?? HeardHandle.New();
            PoleException.Check(NativeMethods.pole_hear(said, (UIntPtr)(uint)texts.Count, &options,
                                                        Pointer(i)));
        }

        private static void Fill(ref pole_resolve_options native, ResolveOptions options,
                                 IntPtr channel, IntPtr crs)
        {
            if (options.Limit < 0) {
                throw new PoleException(PoleStatus.InvalidArgument, "a limit is not below 0");
            }
            native.limit = (uint)options.Limit;
            native.crs = crs;
            native.channel = channel;
            native.clean = options.Clean;
            native.near_m = options.NearM;
            native.exact_confidence = options.ExactConfidence;
            native.exact_place = options.ExactPlace;
            native.corrected_confidence = options.CorrectedConfidence;
            native.corrected_place = options.CorrectedPlace;
            native.caller_language = (int)options.CallerLanguage;
            native.brief = options.Brief ? 1u : 0u;
        }

        private pole_evidence* EvidenceIn(IntPtr native, Arena arena, Evidence evidence)
        {
            var known = (pole_evidence*)arena.Bytes(sizeof(pole_evidence));
            known->struct_size = (uint)sizeof(pole_evidence);
            NativeMethods.pole_evidence_init(known);
            if (evidence.Hint != null) {
                known->hint = evidence.Hint.At;
                known->hint_radius_m = evidence.Hint.RadiusM;
                known->hint_level = evidence.Hint.Level ?? 0;
                known->hint_given = arena.Text(evidence.Hint.Given);
                known->hint_crs = arena.Text(evidence.Hint.Crs);
            }
            known->street = arena.Text(evidence.Street);
            known->district = arena.Text(evidence.District);
            if (evidence.Also != null) {
                Hear(native, arena, 1, new[] { new Saying(evidence.Also) });
                known->also = Pointer(1);
            }
            if (evidence.Then != null) {
                Hear(native, arena, 2, new[] { new Saying(evidence.Then) });
                known->then = Pointer(2);
            }
            if (evidence.Digits != null) {
                DigitsIn(arena, known, evidence.Digits);
            }
            if (evidence.Box.HasValue) {
                known->box = (PoleBox*)arena.Bytes(sizeof(PoleBox));
                *known->box = evidence.Box.Value;
            }
            if (evidence.Polygon != null) {
                if (evidence.Polygon.Count == 0) { // which C reads as none
                    throw new PoleException(PoleStatus.InvalidArgument,
                                            "a polygon that is evidence has a ring");
                }
                known->polygon =
                    PoleIndex.RingsIn(arena, evidence.Polygon, &known->polygon_rings);
                known->polygon_ring_count = (UIntPtr)(uint)evidence.Polygon.Count;
            }
            return known;
        }

        private static void DigitsIn(Arena arena, pole_evidence* known,
                                     IReadOnlyDictionary<int, int> digits)
        {
            known->digits =
                (pole_known_digit*)arena.Bytes((digits.Count + 1) * sizeof(pole_known_digit));
            foreach (KeyValuePair<int, int> digit in digits) {
                if (digit.Key < 1 || digit.Key > 255 || digit.Value < 0 || digit.Value > 9) {
                    throw new PoleException(PoleStatus.InvalidArgument,
                                            "a known digit is 0 to 9, its position from 1");
                }
                pole_known_digit* next = &known->digits[known->digit_count++];
                next->position = (byte)digit.Key;
                next->digit = (byte)digit.Value;
            }
        }

        // Two threads in one resolver would mix two calls: better none than a mixed answer.
        private void Enter()
        {
            if (Interlocked.Exchange(ref busy, 1) != 0) {
                throw new InvalidOperationException(
                    "A resolver belongs to one thread at a time, and another is in it.");
            }
            if (resolution.IsClosed) {
                Exit();
                throw new ObjectDisposedException(nameof(Resolver));
            }
        }

        private void Exit() => Volatile.Write(ref busy, 0);

        /// <summary>InvalidOperationException while a thread is in it.</summary>
        public void Dispose()
        {
            if (resolution.IsClosed) {
                return;
            }
            Enter();
            resolution.Dispose();
            foreach (HeardHandle handle in heard) {
                handle?.Dispose();
            }
            Exit();
        }
    }
}

// SPDX-License-Identifier: MIT
// From what was heard to the pole that was meant. Each call takes a resolver that the index keeps,
// so that any thread may ask.
using System;
using System.Collections.Generic;
using PoleLookup.Native;

namespace PoleLookup
{
    public sealed unsafe partial class PoleIndex
    {
        // One a thread at work, at most one a processor is kept.
        private readonly Stack<Resolver> idle = new Stack<Resolver>();
        private bool dropped;

        /// <summary>A resolver of one's own, for who asks much from one thread.</summary>
        public Resolver NewResolver()
        {
            using (new Lease(handle)) {
                return new Resolver(this, handle);
            }
        }

        /// <summary>What can have been meant by a text, how sure that is, and what to ask.
        /// PoleException: InvalidArgument (evidence that cannot be), NoMemory.</summary>
        public Answer Resolve(string text, Evidence evidence = null, ResolveOptions options = null)
        {
            return With(resolver => resolver.Resolve(text, evidence, options));
        }

        /// <summary>The same of several texts of one saying (a recogniser's n-best list).</summary>
        public Answer Resolve(IReadOnlyList<Saying> texts, Evidence evidence = null,
                              ResolveOptions options = null)
        {
            return With(resolver => resolver.Resolve(texts, evidence, options));
        }

        /// <summary>The answer as one line of JSON (docs/json.md).</summary>
        public string ResolveToJson(string text, Evidence evidence = null,
                                    ResolveOptions options = null)
        {
            return With(resolver => {
                resolver.Resolve(new[] { new Saying(text) }, evidence, options, false);
                return resolver.ToJson();
            });
        }

        /// <summary>The digits heard in a text, without looking for poles.</summary>
        public HeardText Hear(string text)
        {
            return With(resolver => resolver.HearOnly(new[] { new Saying(text) }));
        }

        /// <summary>A known pole told in full, as an answer with one candidate. Nothing was heard
        /// that could be doubted.</summary>
        public Answer Describe(Pole pole, Crs crs = null)
        {
            return With(resolver => resolver.Describe(pole, crs));
        }

        /// <summary>A pole found by its place, as `polelookup near --json` tells it. distanceM,
        /// bearingDeg: null where it is only within.</summary>
        public string HitJson(Pole pole, double? distanceM = null, double? bearingDeg = null,
                              PoleLanguage language = PoleLanguage.Chinese)
        {
            return With(resolver => {
                resolver.Describe(pole);
                return resolver.HitJson(distanceM ?? double.NaN, bearingDeg ?? double.NaN,
                                        language);
            });
        }

        /// <summary>How two poles that a caller names lie to each other.</summary>
        public BetweenAnswer Between(string first, string second, string scope = null,
                                     ResolveOptions options = null)
        {
            return With(resolver => resolver.Between(first, second, scope, options));
        }

        /// <summary>The same as one line of JSON.</summary>
        public string BetweenToJson(string first, string second, string scope = null,
                                    ResolveOptions options = null)
        {
            return With(resolver => {
                resolver.Between(first, second, scope, options);
                return resolver.ToJson();
            });
        }

        private T With<T>(Func<Resolver, T> ask)
        {
            Resolver resolver = null;
            lock (idle) {
                if (idle.Count > 0) {
                    resolver = idle.Pop();
                }
            }
            resolver = resolver ?? NewResolver();
            try {
                return ask(resolver);
            } finally {
                bool kept = false;
                lock (idle) {
                    if (!dropped && idle.Count < Environment.ProcessorCount) {
                        idle.Push(resolver);
                        kept = true;
                    }
                }
                if (!kept) {
                    resolver.Dispose();
                }
            }
        }

        private void DropResolvers()
        {
            lock (idle) {
                dropped = true;
                while (idle.Count > 0) {
                    idle.Pop().Dispose();
                }
            }
        }
    }
}

// SPDX-License-Identifier: MIT
// The stable words of statuses, matches, warnings, ... as they stand in JSON, and their sentences.
using System.Collections.Generic;
using PoleLookup.Native;

namespace PoleLookup
{
    public static unsafe class Words
    {
        /// <summary>"not_found", "damaged", ...</summary>
        public static string Word(this PoleStatus status)
        {
            return Utf8.ReadEnded(NativeMethods.pole_status_name((int)status));
        }

        /// <summary>A short English sentence.</summary>
        public static string Sentence(this PoleStatus status)
        {
            return Utf8.ReadEnded(NativeMethods.pole_status_text((int)status));
        }

        /// <summary>"exact", "corrected", ...</summary>
        public static string Word(this PoleMatch match)
        {
            return Utf8.ReadEnded(NativeMethods.pole_match_name((int)match));
        }

        /// <summary>"no_digits", ...; null for none.</summary>
        public static string Word(this PoleReason reason)
        {
            return Utf8.ReadEnded(NativeMethods.pole_reason_name((int)reason));
        }

        /// <summary>"coded", "responsible", ...</summary>
        public static string Word(this StationRole role)
        {
            return Utf8.ReadEnded(NativeMethods.pole_role_name((int)role));
        }

        /// <summary>"substitution", ...</summary>
        public static string Word(this EditKind kind)
        {
            return Utf8.ReadEnded(NativeMethods.pole_edit_name((int)kind));
        }

        /// <summary>"read_back", ...; "nothing" for what is no question.</summary>
        public static string Word(this QuestionKind kind)
        {
            return Utf8.ReadEnded(NativeMethods.pole_question_name((int)kind));
        }

        /// <summary>"same", "stretch", ...</summary>
        public static string Word(this PoleRelation relation)
        {
            return Utf8.ReadEnded(NativeMethods.pole_relation_name((int)relation));
        }

        /// <summary>A word for each warning, in order of their bits.</summary>
        public static IReadOnlyList<string> Word(this PoleWarnings warnings)
        {
            var words = new List<string>();
            foreach (uint bit in Bits((uint)warnings)) {
                words.Add(Utf8.ReadEnded(NativeMethods.pole_warning_name(bit)) ?? "warning_" + bit);
            }
            return words;
        }

        /// <summary>A sentence for each warning. Chinese, else English.</summary>
        public static IReadOnlyList<string> Sentences(this PoleWarnings warnings,
                                                      PoleLanguage language)
        {
            var sentences = new List<string>();
            foreach (uint bit in Bits((uint)warnings)) {
                sentences.Add(
                    Utf8.ReadEnded(NativeMethods.pole_warning_text(bit, (int)language)));
            }
            return sentences;
        }

        /// <summary>A word for each kind, in order of their bits.</summary>
        public static IReadOnlyList<string> Word(this EvidenceKinds kinds)
        {
            var words = new List<string>();
            foreach (uint bit in Bits((uint)kinds)) {
                words.Add(Utf8.ReadEnded(NativeMethods.pole_evidence_name(bit)) ?? "kind_" + bit);
            }
            return words;
        }

        /// <summary>"active", "moved", "removed".</summary>
        public static string Word(this PoleState state)
        {
            return state.ToString().ToLowerInvariant();
        }

        /// <summary>The version of the library that was loaded.</summary>
        public static string LibraryVersion => Utf8.ReadEnded(NativeMethods.pole_version());

        private static IEnumerable<uint> Bits(uint bits)
        {
            for (uint bit = 1; bit != 0 && bit <= bits; bit <<= 1) {
                if ((bits & bit) != 0) {
                    yield return bit;
                }
            }
        }
    }
}

// SPDX-License-Identifier: MIT
// Two poles seen, and a text as it was heard.
using System;
using System.Collections.Generic;
using System.Globalization;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>How two poles lie to each other. Null where not known.</summary>
    public sealed class BetweenAnswer
    {
        public PoleRelation Relation { get; }
        /// <summary>The two, told in full; null: that code names no pole, or several.</summary>
        public Candidate First { get; }
        public Candidate Second { get; }
        public bool? SameStreet { get; }
        /// <summary>Of one street, by odd and even numbers.</summary>
        public bool? SameSide { get; }
        public int? PolesBetween { get; }
        public double? DistanceM { get; }
        /// <summary>At the first, towards the second: the course of a caller who moved.</summary>
        public double? BearingDeg { get; }
        /// <summary>The side of the street that both are on, as a bearing across it.</summary>
        public double? SideDeg { get; }
        public PolePoint? Middle { get; }
        /// <summary>About the middle.</summary>
        public double? RadiusM { get; }
        /// <summary>What one of the two may have meant instead, the likeliest first.</summary>
        public IReadOnlyList<BetweenCorrection> Corrections { get; }
        public PoleWarnings Warnings { get; }
        public bool IsSample { get; }

        internal unsafe BetweenAnswer(pole_between_answer* answer, Answer told)
        {
            Relation = (PoleRelation)answer->relation;
            First = CandidateAt(told, answer->pole[0]);
            Second = CandidateAt(told, answer->pole[1]);
            SameStreet = Flag(answer->same_street);
            SameSide = Flag(answer->same_side);
            PolesBetween = answer->poles_between < 0 ? (int?)null : answer->poles_between;
            DistanceM = Number.OrNull(answer->distance_m);
            BearingDeg = Number.OrNull(answer->bearing_deg);
            SideDeg = Number.OrNull(answer->side_deg);
            Middle = double.IsNaN(answer->middle.LatDeg) ? (PolePoint?)null : answer->middle;
            RadiusM = Number.OrNull(answer->radius_m);
            var corrections = new BetweenCorrection[answer->correction_count];
            pole_between_correction* correction = &answer->corrections_0;
            for (int i = 0; i < corrections.Length; i++, correction++) {
                corrections[i] = new BetweenCorrection(correction->query,
                                                       CandidateAt(told, correction->candidate),
                                                       Number.OrNull(correction->distance_m));
            }
            Corrections = Array.AsReadOnly(corrections);
            Warnings = (PoleWarnings)answer->warnings;
            IsSample = told.IsSample;
        }

        private static Candidate CandidateAt(Answer told, int i)
        {
            return i < 0 ? null : told.Candidates[i];
        }

        private static bool? Flag(int value) => value < 0 ? (bool?)null : value != 0;

        public override string ToString()
        {
            string text = (IsSample ? "SAMPLE " : "") + Relation.Word() + ": " +
                          (First?.Pole.Code ?? "no one pole") + ", " +
                          (Second?.Pole.Code ?? "no one pole");
            if (DistanceM.HasValue) {
                text += string.Format(CultureInfo.InvariantCulture, ", {0:F0} m apart", DistanceM);
            }
            if (Middle.HasValue) {
                text += ", about " + Middle;
            }
            foreach (BetweenCorrection correction in Corrections) {
                text += "; " + correction.Told();
            }
            PoleWarnings told = Warnings & ~PoleWarnings.SampleData;
            return told == PoleWarnings.None ? text : text + "; " + string.Join(", ", told.Word());
        }
    }

    /// <summary>A pole that one of the two codes may have meant instead.</summary>
    public sealed class BetweenCorrection
    {
        /// <summary>Which of the two: 1 or 2.</summary>
        public int Of { get; }
        public Candidate Candidate { get; }
        /// <summary>To the pole that the other code names; null: it names none.</summary>
        public double? DistanceM { get; }

        internal BetweenCorrection(int query, Candidate candidate, double? distanceM)
        {
            Of = query + 1;
            Candidate = candidate;
            DistanceM = distanceM;
        }

        public override string ToString() => (Candidate.Pole.IsSample ? "SAMPLE " : "") + Told();

        internal string Told()
        {
            return string.Format(CultureInfo.InvariantCulture, "code {0} perhaps {1}", Of,
                                 Candidate.Told());
        }
    }

    /// <summary>The digits heard in a text.</summary>
    public sealed class HeardText
    {
        /// <summary>The likeliest text, long runs of digits masked.</summary>
        public string Query { get; }
        /// <summary>'?' for an unknown one; null: it holds no code.</summary>
        public string Digits { get; }
        public IReadOnlyList<HeardCode> Readings { get; }
        /// <summary>It holds several codes, and nothing says which is meant.</summary>
        public bool Several { get; }
        public PoleReason Reason { get; }

        internal HeardText(IntPtr heard)
        {
            Query = Utf8.Read(NativeMethods.pole_heard_query(heard));
            Digits = Utf8.ReadOrNull(NativeMethods.pole_heard_digits(heard));
            Readings = AnswerReader.Readings(heard);
            Several = NativeMethods.pole_heard_several(heard) != 0;
            Reason = (PoleReason)NativeMethods.pole_heard_reason(heard);
        }

        public override string ToString()
        {
            return Digits == null ? "no code (" + Reason.Word() + ")"
                                  : string.Join(" | ", Readings) + (Several ? " (several)" : "");
        }
    }
}

// SPDX-License-Identifier: MIT
// An answer to a call: copied, immutable, so that it outlives what made it.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace PoleLookup
{
    /// <summary>What was heard, which poles it can mean, who should go, how sure that is, and how
    /// to check it. Confidences are null where they were not assessed.</summary>
    public sealed class Answer
    {
        public PoleMatch Match { get; internal set; }
        /// <summary>Why there is no code.</summary>
        public PoleReason Reason { get; internal set; }
        /// <summary>Posterior of the first candidate's code, under the channel named.</summary>
        public double? Confidence { get; internal set; }
        /// <summary>Posterior that the caller's pole is near the first candidate: what matters for
        /// sending a car.</summary>
        public double? ConfidencePlace { get; internal set; }
        /// <summary>Posterior that no pole was meant.</summary>
        public double? NoPole { get; internal set; }
        /// <summary>Posterior of all that is not near the first candidate.</summary>
        public double? FarShare { get; internal set; }
        /// <summary>As given, runs of eight or more digits masked.</summary>
        public string Query { get; internal set; }
        /// <summary>The digits heard, '?' for an unknown one; null: none.</summary>
        public string Heard { get; internal set; }
        /// <summary>The codes that may have been said, the likeliest first.</summary>
        public IReadOnlyList<HeardCode> Readings { get; internal set; }
        public PoleWarnings Warnings { get; internal set; }
        /// <summary>The evidence that agrees with the first candidate.</summary>
        public EvidenceKinds CorroboratedBy { get; internal set; }
        /// <summary>The likeliest first. They are candidates, not places to send to: see
        /// <see cref="Settled"/>.</summary>
        public IReadOnlyList<Candidate> Candidates { get; internal set; }
        /// <summary>Listed or not.</summary>
        public int CandidatesFound { get; internal set; }
        /// <summary>The likeliest pole that is not near the first candidate; null: none.</summary>
        public FarRival FarRival { get; internal set; }
        /// <summary>A place between two poles for a code that the table lacks; null:
        /// none.</summary>
        public Estimate Estimate { get; internal set; }
        /// <summary>What to ask next; null: nothing.</summary>
        public Question Question { get; internal set; }
        /// <summary>Each piece as it was used.</summary>
        public IReadOnlyList<EvidenceUsed> Evidence { get; internal set; }
        public string Channel { get; internal set; }
        public string ChannelId { get; internal set; }
        /// <summary>The share of codes heard clean that was assumed.</summary>
        public double? Clean { get; internal set; }
        public string IndexId { get; internal set; }
        /// <summary>True: of an invented city; no real place.</summary>
        public bool IsSample { get; internal set; }

        internal Answer() {}

        /// <summary>The pole, where the answer is Exact or Corrected; else null: an ambiguous
        /// answer has candidates, and no place.</summary>
        public Candidate Settled =>
            (Match == PoleMatch.Exact || Match == PoleMatch.Corrected) && Candidates.Count > 0
                ? Candidates[0]
                : null;

        /// <summary>The place: of the settled pole, or the estimate of an Interpolated answer; else
        /// null.</summary>
        public PolePoint? Place =>
            Settled != null                    ? Settled.Pole.At
            : Match == PoleMatch.Interpolated ? Estimate?.At
                                              : (PolePoint?)null;

        /// <summary>The station to send to that place; null where there is none.</summary>
        public StationHit Send =>
            Settled != null                    ? Settled.Chosen
            : Match == PoleMatch.Interpolated ? Estimate?.Chosen
                                              : null;

        /// <summary>One line: what it is, where, whom to send, how sure, what to ask.</summary>
        public override string ToString()
        {
            var text = new System.Text.StringBuilder(IsSample ? "SAMPLE " : "");
            text.Append(Match.Word());
            if (Match == PoleMatch.NoCode) {
                text.Append(" (").Append(Reason.Word()).Append(')');
            } else if (Heard != null) {
                text.Append(" heard ").Append(Heard);
            }
            if (Settled != null) {
                text.Append(": ").Append(Settled.Told());
            } else if (Match == PoleMatch.Interpolated && Estimate != null) {
                text.Append(": ").Append(Estimate.Told());
            } else {
                foreach (Candidate candidate in Candidates) {
                    text.Append(" | perhaps ").Append(candidate.Told());
                }
            }
            if (ConfidencePlace.HasValue) {
                text.Append("; ").Append(Sure(ConfidencePlace.Value)).Append(string.Format(
                    CultureInfo.InvariantCulture, " {0:F2} (near there {1:F2})", Confidence,
                    ConfidencePlace));
            }
            if (FarRival != null) {
                text.Append("; ").Append(FarRival.Told());
            }
            PoleWarnings told = Warnings & ~PoleWarnings.SampleData;
            if (told != PoleWarnings.None) {
                text.Append("; ").Append(string.Join(", ", told.Word()));
            }
            if (Question != null) {
                text.Append("; ask: ").Append(Question.Say(PoleLanguage.English));
            }
            return text.ToString();
        }

        // Never "certain".
        private static string Sure(double confidence)
        {
            return confidence >= 0.95   ? "very likely"
                   : confidence >= 0.80 ? "likely"
                   : confidence >= 0.50 ? "perhaps"
                                        : "unsure";
        }
    }

    /// <summary>A code that may have been said.</summary>
    public sealed class HeardCode
    {
        /// <summary>'?' for an unknown digit.</summary>
        public string Code { get; }
        public double Weight { get; }

        internal HeardCode(string code, double weight)
        {
            Code = code;
            Weight = weight;
        }

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} {1:F2}", Code, Weight);
        }
    }

    /// <summary>The likeliest pole far from the first candidate.</summary>
    public sealed class FarRival
    {
        public Pole Pole { get; internal set; }
        public double Confidence { get; internal set; }
        /// <summary>From the first candidate.</summary>
        public double DistanceM { get; internal set; }
        /// <summary>The one to send there; null: none.</summary>
        public Station Station { get; internal set; }
        /// <summary>The positions, from 1, of the digits that tell the two codes apart.</summary>
        public IReadOnlyList<int> Digits { get; internal set; }

        internal FarRival() {}

        public override string ToString() => (Pole.IsSample ? "SAMPLE " : "") + Told();

        internal string Told()
        {
            return string.Format(CultureInfo.InvariantCulture,
                                 "far rival {0}{1} {2:F3}, {3:F0} m away", Pole.Code,
                                 Pole.Scope.Length > 0 ? " (" + Pole.Scope + ")" : "",
                                 Confidence, DistanceM);
        }
    }

    /// <summary>A place between two poles of a street and side.</summary>
    public sealed class Estimate
    {
        public PoleCode Key { get; internal set; }
        public PolePoint At { get; internal set; }
        public double RadiusM { get; internal set; }
        public double? Confidence { get; internal set; }
        /// <summary>The lower code, then the higher.</summary>
        public IReadOnlyList<Pole> Between { get; internal set; }
        public IReadOnlyList<StationHit> Stations { get; internal set; }
        public AreaEdge AreaEdge { get; internal set; }
        public StationHit Chosen => Candidate.ChosenOf(Stations);

        internal Estimate() {}

        public override string ToString() => (Between[0].IsSample ? "SAMPLE " : "") + Told();

        internal string Told()
        {
            return string.Format(CultureInfo.InvariantCulture,
                                 "{0} is not in the table: about {1}, within {2:F0} m, " +
                                     "between {3} and {4}",
                                 Key, At, RadiusM, Between[0].Code, Between[1].Code) +
                   (Chosen == null ? "" : "; station " + Chosen.Told());
        }
    }

    /// <summary>A piece of evidence as it was used.</summary>
    public sealed class EvidenceUsed
    {
        public EvidenceKinds Kind { get; internal set; }
        /// <summary>Of a hint.</summary>
        public PolePoint? At { get; internal set; }
        /// <summary>Of a hint, on each axis.</summary>
        public double? SigmaM { get; internal set; }
        public string Given { get; internal set; }
        public string Crs { get; internal set; }
        /// <summary>With the first candidate: 1 it speaks for it, 0 neither, -1 against.</summary>
        public int Agrees { get; internal set; }
        /// <summary>Of box and polygon: the likeliest pole that they forbid; null: none.</summary>
        public Pole Outside { get; internal set; }
        /// <summary>What would be believed of it if they did not.</summary>
        public double? OutsideShare { get; internal set; }

        internal EvidenceUsed() {}

        public override string ToString()
        {
            return string.Join(",", Kind.Word()) + (Given == null ? "" : " " + Given) +
                   (Agrees > 0 ? " agrees" : Agrees < 0 ? " contradicts" : " says nothing") +
                   (Outside == null ? "" : string.Format(CultureInfo.InvariantCulture,
                                                         "; forbids {0} ({1:F2})", Outside.Code,
                                                         OutsideShare));
        }
    }
}

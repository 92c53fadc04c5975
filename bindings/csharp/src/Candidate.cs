// SPDX-License-Identifier: MIT
// A pole that an answer can mean, and the question that decides between them.
using System;
using System.Collections.Generic;
using System.Globalization;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>A pole that the answer can mean, told in full.</summary>
    public sealed class Candidate
    {
        public Pole Pole { get; internal set; }
        public PoleMatchedBy Matched { get; internal set; }
        /// <summary>Posterior; null: not assessed.</summary>
        public double? Confidence { get; internal set; }
        public double DistanceToFirstM { get; internal set; }
        public double? DistanceToHintM { get; internal set; }
        /// <summary>Easting or longitude in the CRS asked for; null: none was, or it cannot express
        /// the place.</summary>
        public double? X { get; internal set; }
        /// <summary>Northing or latitude.</summary>
        public double? Y { get; internal set; }
        public string Crs { get; internal set; }
        /// <summary>The nearest other streets, nearest first.</summary>
        public IReadOnlyList<CrossStreet> CrossStreets { get; internal set; }
        /// <summary>The next poles on its side of the street, the lower code first.</summary>
        public IReadOnlyList<Neighbour> Neighbours { get; internal set; }
        /// <summary>In order of role; exactly one chosen if there is any.</summary>
        public IReadOnlyList<StationHit> Stations { get; internal set; }
        /// <summary>Of another station, within 50 m; null: none.</summary>
        public AreaEdge AreaEdge { get; internal set; }
        /// <summary>None when the code was heard as it is.</summary>
        public IReadOnlyList<Edit> Edits { get; internal set; }
        public StationHit Chosen => ChosenOf(Stations);

        internal Candidate() {}

        internal static StationHit ChosenOf(IReadOnlyList<StationHit> stations)
        {
            foreach (StationHit hit in stations) {
                if (hit.Chosen) {
                    return hit;
                }
            }
            return null;
        }

        public override string ToString() => (Pole.IsSample ? "SAMPLE " : "") + Told();

        internal string Told()
        {
            var text = new System.Text.StringBuilder(Pole.Told());
            if (Confidence.HasValue) {
                text.AppendFormat(CultureInfo.InvariantCulture, " {0:F2}", Confidence);
            }
            if (Edits.Count > 0) {
                text.Append(" (").Append(string.Join("; ", Edits)).Append(')');
            }
            return text.Append(Chosen == null ? "" : "; station " + Chosen.Told()).ToString();
        }
    }

    public sealed class CrossStreet
    {
        public string Name { get; internal set; }
        /// <summary>To its nearest pole.</summary>
        public double DistanceM { get; internal set; }

        internal CrossStreet() {}

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} ({1:F0} m)", Name, DistanceM);
        }
    }

    /// <summary>A pole beside another on its own side of the street.</summary>
    public sealed class Neighbour
    {
        public Pole Pole { get; internal set; }
        public double DistanceM { get; internal set; }
        /// <summary>From the pole to its neighbour.</summary>
        public double BearingDeg { get; internal set; }

        internal Neighbour() {}

        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} ({1:F0} m, {2:F0} degrees)",
                                 Pole.Code, DistanceM, BearingDeg);
        }
    }

    /// <summary>How the heard code differs from the one meant.</summary>
    public sealed class Edit
    {
        public EditKind Kind { get; }
        /// <summary>From 1 in the code meant; null: it has none there.</summary>
        public int? Position { get; }
        /// <summary>From 1 in what was heard.</summary>
        public int? HeardPosition { get; }
        /// <summary>The digits; null: none.</summary>
        public string Heard { get; }
        public string Meant { get; }

        internal unsafe Edit(pole_edit* edit)
        {
            Kind = (EditKind)edit->kind;
            Position = edit->position == 0 ? (int?)null : edit->position;
            HeardPosition = edit->heard_position == 0 ? (int?)null : edit->heard_position;
            Heard = edit->heard[0] == 0 ? null : Utf8.ReadEnded(edit->heard);
            Meant = edit->meant[0] == 0 ? null : Utf8.ReadEnded(edit->meant);
        }

        /// <summary>"digit 6: 6 heard, 0 meant".</summary>
        public override string ToString()
        {
            return "digit " + (Position ?? HeardPosition) + ": " + (Heard ?? "nothing") +
                   " heard, " + (Meant ?? "nothing") + " meant";
        }
    }

    /// <summary>What to ask next.</summary>
    public sealed unsafe class Question
    {
        public QuestionKind Kind { get; }
        /// <summary>From 1: the digit asked for, or the first of several; 0: none is.</summary>
        public int Digit { get; }
        /// <summary>How many digits are asked for, from Digit on.</summary>
        public int DigitCount { get; }
        /// <summary>How many digits a code has here; 0: not said.</summary>
        public int Digits { get; }
        /// <summary>The likeliest answer first.</summary>
        public IReadOnlyList<QuestionOption> Options { get; }
        private readonly byte first;
        private readonly byte second;

        internal Question(pole_question* question, IReadOnlyList<QuestionOption> options)
        {
            Kind = (QuestionKind)question->kind;
            Digit = (int)question->digit;
            DigitCount = (int)question->digit_count;
            Digits = (int)question->digits;
            Options = options;
            first = question->choice[0];
            second = question->choice[1];
        }

        /// <summary>The words to say, in a language.</summary>
        public string Say(PoleLanguage language)
        {
            pole_question question = default(pole_question);
            question.struct_size = (uint)sizeof(pole_question);
            question.kind = (int)Kind;
            question.digit = (uint)Digit;
            question.digits = (uint)Digits;
            question.digit_count = (uint)DigitCount;
            question.choice[0] = first;
            question.choice[1] = second;
            pole_question* asked = &question;
            return Utf8.Written((text, capacity, needed) => NativeMethods.pole_question_text(
                                    asked, (int)language, text, capacity, needed));
        }

        public override string ToString() => Kind.Word() + ": " + Say(PoleLanguage.English);
    }

    /// <summary>One answer to the question, and what it would leave.</summary>
    public sealed class QuestionOption
    {
        /// <summary>"0", a street's name, ...</summary>
        public string Answer { get; internal set; }
        /// <summary>The likeliest first.</summary>
        public IReadOnlyList<Pole> Poles { get; internal set; }

        internal QuestionOption() {}

        public override string ToString()
        {
            var codes = new List<string>();
            foreach (Pole pole in Poles) {
                codes.Add(pole.Code);
            }
            return Answer + ": " + string.Join(" ", codes);
        }
    }
}

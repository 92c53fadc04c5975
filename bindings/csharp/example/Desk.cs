// SPDX-License-Identifier: MIT
// A dispatcher's desk on a console: a line of what the caller said in, the lines to act on out.
//     mono Desk.exe INDEX.plx
//     2334504                          what was heard
//     2334504 @45.6765,126.6275,300    and where the phone says it is
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using PoleLookup;

internal static class Desk
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1) {
            Console.Error.WriteLine("usage: Desk INDEX.plx");
            return 2;
        }
        var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        try {
            using (PoleIndex index = PoleIndex.Open(arguments[0]))
            using (Resolver resolver = index.NewResolver()) {
                string line;
                while ((line = input.ReadLine()) != null) {
                    foreach (string told in AnswerTo(index, resolver, line)) {
                        output.WriteLine(told);
                    }
                    output.WriteLine();
                    output.Flush();
                }
            }
            return 0;
        } catch (PoleException e) {
            Console.Error.WriteLine(e.StatusName + ": " + e.Message);
            return 4;
        }
    }

    private static IEnumerable<string> AnswerTo(PoleIndex index, Resolver resolver, string line)
    {
        Answer answer;
        try {
            int at = line.LastIndexOf('@');
            var evidence = new Evidence { Hint = at < 0 ? null : ReadHint(line.Substring(at + 1)) };
            answer = resolver.Resolve(at < 0 ? line : line.Substring(0, at), evidence);
        } catch (Exception e) when (e is PoleException || e is FormatException) {
            return new[] { "NOT ASKED  " + e.Message };
        }
        return Lines(index, answer);
    }

    private static Hint ReadHint(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length != 3) {
            throw new FormatException("a hint is @LAT,LON,RADIUS_M");
        }
        return new Hint(ReadNumber(parts[0]), ReadNumber(parts[1]), ReadNumber(parts[2]));
    }

    private static double ReadNumber(string text)
    {
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Lines(PoleIndex index, Answer answer)
    {
        if (answer.IsSample) {
            yield return "SAMPLE     invented city: do not act on it";
        }
        yield return answer.Match.Word().ToUpperInvariant().PadRight(11) +
            (answer.Heard == null ? "no code: " + answer.Reason.Word() : "heard " + answer.Heard);
        if (answer.Settled != null) {
            foreach (string line in PlaceLines(index, answer.Settled)) {
                yield return line;
            }
        } else if (answer.Place.HasValue) {
            yield return "About      " + answer.Estimate;
        } else if (answer.Match == PoleMatch.Ambiguous) {
            // Never the first alone: which of them it is, is what is not known.
            foreach (Candidate candidate in answer.Candidates) {
                yield return "Perhaps    " + candidate;
            }
        } else {
            yield return "No place   do not send to one";
        }
        if (answer.ConfidencePlace.HasValue) {
            yield return string.Format(CultureInfo.InvariantCulture,
                                       "Sure       {0:F2} (within 200 m {1:F2}); {2}",
                                       answer.Confidence, answer.ConfidencePlace,
                                       string.Join(", ", answer.Warnings.Word()));
        }
        if (answer.FarRival != null && answer.FarRival.Confidence >= 0.01) {
            yield return "Far        " + answer.FarRival;
        }
        if (answer.Question != null) {
            yield return "Ask        " + answer.Question.Say(PoleLanguage.Chinese);
        }
    }

    private static IEnumerable<string> PlaceLines(PoleIndex index, Candidate candidate)
    {
        Pole pole = candidate.Pole;
        yield return "Pole       " + index.Format(pole.Key) +
            (pole.State == PoleState.Active ? "" : " (" + pole.State.Word() + ")");
        yield return "Place      " + pole.Street + ", " + pole.District + ", beside " +
            string.Join(", ", candidate.Neighbours);
        yield return "Coord      " + pole.At;
        yield return "Send       " + ((object)candidate.Chosen ?? "no station");
    }
}

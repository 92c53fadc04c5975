// SPDX-License-Identifier: MIT
// What is known beside the heard code, and how to resolve.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace PoleLookup
{
    /// <summary>Where the phone says it is. Immutable.</summary>
    public sealed class Hint
    {
        /// <summary>WGS 84.</summary>
        public PolePoint At { get; }
        public double RadiusM { get; }
        /// <summary>Share of cases inside the radius, as phones give it (0.68 usual, 0.95 in some
        /// records); null: 0.39, one sigma on each axis, the cautious reading.</summary>
        public double? Level { get; }
        /// <summary>As given, to echo.</summary>
        public string Given { get; }
        /// <summary>The CRS that it was given in; null: not said.</summary>
        public string Crs { get; }

        /// <summary>crs: "gcj02" or "bd09" for positions of Chinese map apps, which lie some 660 m
        /// off when taken for WGS 84; "EPSG:4326" where it is known to be WGS 84; null: not known,
        /// taken for WGS 84, and a fit by the shift of GCJ-02 is warned of. PoleException:
        /// InvalidArgument for a radius that is not above 0, since that would be no hint, and for a
        /// point that the CRS cannot convert.</summary>
        public Hint(double latDeg, double lonDeg, double radiusM, double? level = null,
                    string crs = null, string given = null)
        {
            if (!(radiusM > 0)) {
                throw new PoleException(PoleStatus.InvalidArgument,
                                        "the radius of a hint is above 0");
            }
            if (level.HasValue && !(level.Value > 0 && level.Value < 1)) {
                throw new PoleException(PoleStatus.InvalidArgument,
                                        "the level of a hint is above 0 and below 1");
            }
            Given = given ?? string.Format(CultureInfo.InvariantCulture,
                                           level.HasValue ? "{0:R},{1:R},{2:R},{3:R}"
                                                          : "{0:R},{1:R},{2:R}",
                                           latDeg, lonDeg, radiusM, level);
            At = new PolePoint(latDeg, lonDeg);
            RadiusM = radiusM;
            Level = level;
            if (crs != null) {
                using (var system = new Crs(crs)) {
                    Crs = system.Name;
                    At = Crs == "EPSG:4326" ? At : Converted(system, latDeg, lonDeg);
                }
            }
        }

        private static PolePoint Converted(Crs system, double latDeg, double lonDeg)
        {
            var x = new[] { lonDeg };
            var y = new[] { latDeg };
            if (system.ToWgs84(x, y) != 0) {
                throw new PoleException(PoleStatus.InvalidArgument,
                                        "the hint cannot be converted from " + system.Name);
            }
            return new PolePoint(y[0], x[0]);
        }

        public override string ToString() => Given + " (" + (Crs ?? "datum not said") + ")";
    }

    /// <summary>A text of one saying, and its share of belief among several (a recogniser's n-best
    /// list).</summary>
    public readonly struct Saying
    {
        public string Text { get; }
        /// <summary>Above 0; only the ratio to the others counts.</summary>
        public double Weight { get; }

        public Saying(string text, double weight = 1)
        {
            Text = text ?? throw new ArgumentNullException(nameof(text));
            Weight = weight;
        }

        public override string ToString()
        {
            return Weight.ToString("R", CultureInfo.InvariantCulture) + " " + Text;
        }
    }

    /// <summary>What else is known. All soft (each has its share of plainly wrong ones), but box
    /// and polygon, which are hard. It is read during the call alone.</summary>
    public sealed class Evidence
    {
        public Hint Hint { get; set; }
        public string Street { get; set; }
        public string District { get; set; }
        /// <summary>The county. One that the index does not have is InvalidArgument. Null or "":
        /// not known, so all counties, and not the county without a name.</summary>
        public string Scope { get; set; }
        /// <summary>A second pole in sight now, as heard.</summary>
        public string Also { get; set; }
        /// <summary>A later pole, as heard: the caller has moved.</summary>
        public string Then { get; set; }
        /// <summary>Answered questions: digit by its position from 1.</summary>
        public IReadOnlyDictionary<int, int> Digits { get; set; }
        public PoleBox? Box { get; set; }
        /// <summary>Rings, as for <see cref="PoleIndex.Polygon"/>; without a ring it is
        /// InvalidArgument.</summary>
        public IReadOnlyList<PolePoint[]> Polygon { get; set; }
    }

    /// <summary>How to resolve. Null and 0 are the library's defaults, which the answer names.
    /// </summary>
    public sealed class ResolveOptions
    {
        /// <summary>Candidates told in full; 0: 3; at most 100.</summary>
        public int Limit { get; set; }
        /// <summary>Null: "everyday".</summary>
        public Channel Channel { get; set; }
        /// <summary>Share of codes heard clean, below 1; 0: the channel's.</summary>
        public double Clean { get; set; }
        /// <summary>What counts as near; 0: 200.</summary>
        public double NearM { get; set; }
        /// <summary>The thresholds of Exact; 0: 0.90 and 0.95.</summary>
        public double ExactConfidence { get; set; }
        public double ExactPlace { get; set; }
        /// <summary>The thresholds of Corrected; 0: 0.70 and 0.90.</summary>
        public double CorrectedConfidence { get; set; }
        public double CorrectedPlace { get; set; }
        /// <summary>Whose digits are confused how, and who is asked.</summary>
        public PoleLanguage CallerLanguage { get; set; }
        /// <summary>The language of the dispatcher's words in JSON.</summary>
        public PoleLanguage Language { get; set; }
        /// <summary>Also give x and y in this CRS; null: not.</summary>
        public Crs Crs { get; set; }
        /// <summary>Without question, neighbours and cross streets, which cost a third of the time:
        /// for who asks for many, and puts none of them to a caller.</summary>
        public bool Brief { get; set; }
    }
}

// SPDX-License-Identifier: MIT
// One case of the vectors: its arguments to the library's, its answers to JSON, the comparison.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PoleLookup;

internal static class VectorCase
{
    internal static JObject Parse(string line)
    {
        using (var reader = new JsonTextReader(new StringReader(line))) {
            reader.DateParseHandling = DateParseHandling.None;
            return JObject.Load(reader);
        }
    }

    private static double Tolerance(string key)
    {
        switch (key) {
        case "lat":
        case "lon":
        case "middle":
        case "bounds":
        case "confidence":
        case "confidence_place":
        case "no_pole":
            return 1e-9;
        case "distance_m":
            return 1e-6;
        case "bearing_deg":
            return 1e-4; // the library reckons them in single precision
        default:
            return 0;
        }
    }

    /// Only keys that are wanted are looked at; an error that is not wanted is a difference.
    internal static void Compare(JToken want, JToken got, string at, string key,
                                 List<string> differences)
    {
        var wanted = want as JObject;
        var list = want as JArray;
        if (wanted != null) {
            var answer = got as JObject;
            if (answer == null || answer["error"] != null && wanted["error"] == null) {
                differences.Add(at + ": " + got);
                return;
            }
            foreach (JProperty property in wanted.Properties()) {
                Compare(property.Value, answer[property.Name], at + "." + property.Name,
                        property.Name, differences);
            }
        } else if (list != null) {
            var answer = got as JArray;
            if (answer == null || answer.Count != list.Count) {
                differences.Add(at + ": " + Told(got) + ", not " + Told(want));
                return;
            }
            for (int i = 0; i < list.Count; i++) {
                Compare(list[i], answer[i], at + "[" + i + "]", key, differences);
            }
        } else if (got == null || !Same((JValue)want, got as JValue, key)) {
            differences.Add(at + ": " + Told(got) + ", not " + Told(want));
        }
    }

    private static string Told(JToken token)
    {
        return token == null ? "absent" : token.ToString(Formatting.None);
    }

    private static bool Same(JValue want, JValue got, string key)
    {
        if (got == null) {
            return false;
        }
        if (want.Value == null || got.Value == null) { // a null text is a value of its own type
            return want.Value == got.Value;
        }
        if (IsNumber(want) && IsNumber(got)) {
            double difference = Math.Abs((double)want - (double)got);
            if (key == "bearing_deg") {
                difference = Math.Min(difference, Math.Abs(360 - difference));
            }
            return difference <= Tolerance(key);
        }
        return want.Type == got.Type && Equals(want.Value, got.Value);
    }

    private static bool IsNumber(JValue value)
    {
        return value.Type == JTokenType.Integer || value.Type == JTokenType.Float;
    }

    // Newtonsoft's null, also for numbers that are none.
    private static JValue Value(object value)
    {
        return value == null || value is double number && double.IsNaN(number)
                   ? new JValue((object)null)
                   : new JValue(value);
    }

    internal static byte[] Bytes(JObject given, string golden)
    {
        byte[] bytes = File.ReadAllBytes(golden);
        foreach (JToken set in given["set"] ?? new JArray()) {
            bytes[(int)set[0]] = (byte)set[1];
        }
        int kept = (int?)given["cut"] ?? bytes.Length;
        Array.Resize(ref bytes, kept);
        Array.Resize(ref bytes, kept + ((int?)given["append"] ?? 0)); // zero bytes
        return bytes;
    }

    internal static PolePoint Point(JToken given)
    {
        return new PolePoint((double)given["lat"], (double)given["lon"]);
    }

    internal static PolePoint[][] Rings(JToken rings)
    {
        return rings.Select(ring => ring.Select(p => new PolePoint((double)p[0], (double)p[1]))
                                        .ToArray()).ToArray();
    }

    internal static JObject Info(PoleIndex index)
    {
        PoleInfo info = index.Info;
        return new JObject {
            { "id", info.Id }, { "name", info.Name }, { "poles", info.Poles },
            { "stations", info.Stations }, { "areas", info.Areas },
            { "scopes", new JArray(info.Scopes.ToArray()) }, { "sample", info.IsSample },
            { "bounds", new JArray(info.Southwest.LatDeg, info.Southwest.LonDeg,
                                   info.Northeast.LatDeg, info.Northeast.LonDeg) },
            { "format_major", info.FormatMajor }, { "format_minor", info.FormatMinor },
            { "file_bytes", info.FileBytes }
        };
    }

    internal static JObject Found(PoleIndex index, string code, string scope)
    {
        Pole pole = index.Find(code, scope);
        StationHit chosen = index.StationsOf(pole).FirstOrDefault(hit => hit.Chosen);
        return new JObject {
            { "code", pole.Code }, { "scope", pole.Scope }, { "lat", pole.LatDeg },
            { "lon", pole.LonDeg }, { "street", pole.Street }, { "district", pole.District },
            { "note", pole.Note }, { "state", pole.State.Word() }, { "successor", pole.Successor },
            { "surveyed", pole.Surveyed?.ToString("yyyy-MM-dd") }, { "alias", pole.Alias },
            { "alias_owner", pole.AliasOwner }, { "station", chosen?.Station.Id }
        };
    }

    internal static JObject FoundMany(PoleIndex index, JObject given)
    {
        string[] codes = given["codes"].Select(code => (string)code).ToArray();
        int digits = codes.Length == 0 ? 7 : codes[0].Length;
        ushort scope = index.ScopeNumber((string)given["scope"]);
        var match = new PoleMatch[codes.Length];
        var lat = new double[codes.Length];
        var lon = new double[codes.Length];
        var stations = new uint[codes.Length];
        var confidence = new double[codes.Length];
        var columns = new PoleColumns { Match = match, LatDeg = lat, LonDeg = lon,
                                        Stations = stations };
        if ((bool?)given["judged"] ?? false) {
            columns.Confidence = confidence;
        }
        index.FindMany(codes, digits, columns, scope);
        return new JObject {
            { "match", new JArray(match.Select(m => m.Word()).ToArray()) },
            { "lat", new JArray(lat.Select(v => Value(v)).ToArray()) },
            { "lon", new JArray(lon.Select(v => Value(v)).ToArray()) },
            { "station", new JArray(stations.Select(number => Value(
                             number == PoleIndex.NoStation ? null : index.Station(number).Id))
                                                                             .ToArray()) },
            { "confidence", new JArray(confidence.Select(v => Value(v)).ToArray()) }
        };
    }

    internal static JObject Codes(Pole[] poles)
    {
        return new JObject { { "codes", new JArray(poles.Select(pole => pole.Code).ToArray()) } };
    }

    internal static JObject Hits(NearPole[] hits)
    {
        return new JObject { { "hits", new JArray(hits.Select(hit => new JObject {
            { "code", hit.Pole.Code }, { "scope", hit.Pole.Scope },
            { "distance_m", hit.DistanceM }, { "bearing_deg", hit.BearingDeg }
        }).ToArray()) } };
    }

    internal static JObject Stations(PoleIndex index, JObject given)
    {
        StationHit[] hits =
            given["code"] != null
                ? index.StationsOf(index.Find((string)given["code"], (string)given["scope"]))
                : index.StationsAt(Point(given), (string)given["kind"], StationRole.All,
                                   (int?)given["nearest"] ?? 1);
        return new JObject { { "stations", new JArray(hits.Select(hit => new JObject {
            { "id", hit.Station.Id }, { "role", hit.Role.Word() }, { "chosen", hit.Chosen },
            { "distance_m", hit.DistanceM }
        }).ToArray()) } };
    }

    private static Evidence EvidenceOf(JObject given)
    {
        var evidence = new Evidence {
            Street = (string)given["street"], District = (string)given["district"],
            Scope = (string)given["scope"], Also = (string)given["also"],
            Then = (string)given["then"]
        };
        if (given["hint"] is JObject hint) {
            evidence.Hint = new Hint((double)hint["lat"], (double)hint["lon"],
                                     (double)hint["radius_m"], (double?)hint["level"],
                                     (string)hint["crs"]);
        }
        if (given["digits"] is JObject digits) {
            evidence.Digits =
                digits.Properties().ToDictionary(p => int.Parse(p.Name), p => (int)p.Value);
        }
        if (given["box"] is JArray box) {
            evidence.Box = new PoleBox((double)box[0], (double)box[1], (double)box[2],
                                       (double)box[3]);
        }
        if (given["polygon"] is JArray polygon) {
            evidence.Polygon = Rings(polygon);
        }
        return evidence;
    }

    private static PoleLanguage Language(string word)
    {
        return word == "en"   ? PoleLanguage.English
               : word == "ru" ? PoleLanguage.Russian
                              : PoleLanguage.Chinese;
    }

    internal static JObject Resolved(PoleIndex index, JObject given)
    {
        Saying[] texts =
            given["texts"] is JArray list
                ? list.Select(t => new Saying((string)t["text"], (double)t["weight"])).ToArray()
                : new[] { new Saying((string)given["text"]) };
        var channelName = (string)given["channel"];
        using (Channel channel = channelName == null ? null : Channel.Named(channelName)) {
            Answer answer = index.Resolve(texts, EvidenceOf(given), new ResolveOptions {
                Limit = (int?)given["limit"] ?? 0, Clean = (double?)given["clean"] ?? 0,
                NearM = (double?)given["near_m"] ?? 0, Channel = channel,
                CallerLanguage = Language((string)given["language"])
            });
            return Told(answer);
        }
    }

    private static JArray Sorted(IEnumerable<string> words)
    {
        return new JArray(words.OrderBy(word => word, StringComparer.Ordinal).ToArray());
    }

    internal static JObject Told(Answer answer)
    {
        return new JObject {
            { "status", answer.Match.Word() }, { "heard", answer.Heard },
            { "reason", answer.Reason.Word() }, { "confidence", Value(answer.Confidence) },
            { "confidence_place", Value(answer.ConfidencePlace) },
            { "no_pole", Value(answer.NoPole) }, { "warnings", Sorted(answer.Warnings.Word()) },
            { "corroborated_by", Sorted(answer.CorroboratedBy.Word()) },
            { "candidates", new JArray(answer.Candidates.Select(CandidateTold).ToArray()) },
            { "far_rival", answer.FarRival == null ? (JToken)Value(null) : new JObject {
                { "code", answer.FarRival.Pole.Code }, { "scope", answer.FarRival.Pole.Scope },
                { "distance_m", answer.FarRival.DistanceM },
                { "confidence", answer.FarRival.Confidence } } },
            { "estimate", answer.Estimate == null ? (JToken)Value(null) : new JObject {
                { "code", answer.Estimate.Key.ToString() }, { "lat", answer.Estimate.At.LatDeg },
                { "lon", answer.Estimate.At.LonDeg },
                { "confidence", Value(answer.Estimate.Confidence) } } },
            { "question", answer.Question == null ? (JToken)Value(null) : new JObject {
                { "kind", answer.Question.Kind.Word() },
                { "digit", answer.Question.Digit == 0 ? Value(null)
                                                      : Value(answer.Question.Digit) } } }
        };
    }

    private static JObject CandidateTold(Candidate candidate)
    {
        return new JObject {
            { "code", candidate.Pole.Code }, { "scope", candidate.Pole.Scope },
            { "matched", candidate.Matched == PoleMatchedBy.Alias ? "alias" : "code" },
            { "confidence", Value(candidate.Confidence) }, { "lat", candidate.Pole.LatDeg },
            { "lon", candidate.Pole.LonDeg }, { "station", candidate.Chosen?.Station.Id },
            { "edits", new JArray(candidate.Edits.Select(edit => new JObject {
                { "kind", edit.Kind.Word() }, { "position", Value(edit.Position) },
                { "heard", edit.Heard }, { "meant", edit.Meant } }).ToArray()) }
        };
    }

    internal static JObject Between(PoleIndex index, JObject given)
    {
        BetweenAnswer answer = index.Between((string)given["first"], (string)given["second"],
                                             (string)given["scope"]);
        return new JObject {
            { "relation", answer.Relation.Word() }, { "distance_m", Value(answer.DistanceM) },
            { "bearing_deg", Value(answer.BearingDeg) },
            { "same_street", Value(answer.SameStreet) }, { "same_side", Value(answer.SameSide) },
            { "poles_between", Value(answer.PolesBetween) },
            { "middle", answer.Middle == null
                            ? (JToken)Value(null)
                            : new JArray(answer.Middle.Value.LatDeg, answer.Middle.Value.LonDeg) }
        };
    }
}

// SPDX-License-Identifier: MIT
// The answers that every language must give: tests/vectors/README.md tells the form. All calls are
// made here; a call that is not known fails.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class VectorTests
{
    private static string Vectors => Environment.GetEnvironmentVariable("POLE_VECTORS") ??
                                     Path.Combine(Sample.Root, "tests", "vectors");

    private static readonly string[] Calls = { "alias", "between", "box", "find", "find_many",
                                               "info", "nearest", "open", "parse", "polygon",
                                               "resolve", "stations", "within" };

    private readonly Dictionary<string, PoleIndex> indexes = new Dictionary<string, PoleIndex>();

    [TestFixtureTearDown]
    public void CloseAll()
    {
        foreach (PoleIndex index in indexes.Values) {
            index.Dispose();
        }
    }

    [Test]
    public void every_file_of_cases_is_run()
    {
        var files = Directory.GetFiles(Vectors, "*.jsonl").Select(Path.GetFileNameWithoutExtension);
        CollectionAssert.IsNotEmpty(files);
        foreach (string file in files) {
            CollectionAssert.Contains(Calls, file.Split('-')[0].Split('.')[0]);
        }
    }

    [Test]
    [TestCaseSource("Calls")]
    public void gives_the_answer_of_every_case_of(string call)
    {
        int count = 0;
        var failed = new List<string>();
        foreach (string file in Directory.GetFiles(Vectors, call + "*.jsonl")) {
            if (file.EndsWith("find_many.jsonl") != (call == "find_many")) {
                continue; // "find*" is both
            }
            foreach (string line in File.ReadLines(file)) {
                JObject test = VectorCase.Parse(line);
                var differences = new List<string>();
                VectorCase.Compare(test["out"], Answer(test), "out", "", differences);
                if (differences.Count > 0) {
                    failed.Add((string)test["id"] + ": " + string.Join("; ", differences));
                }
                count++;
            }
        }
        Console.WriteLine("{0}: {1} cases", call, count);
        if (failed.Count > 0) {
            Assert.Fail(failed.Count + " of " + count + "\n" + string.Join("\n", failed.Take(20)));
        }
        Assert.Greater(count, 0, "no case of " + call);
    }

    private JToken Answer(JObject test)
    {
        var call = (string)test["call"];
        var given = (JObject)test["in"];
        try {
            if (call == "open") {
                using (PoleIndex.Open(VectorCase.Bytes(given, Sample.Golden))) {
                    return new JObject();
                }
            }
            PoleIndex index = IndexOf((string)test["index"]);
            switch (call) {
            case "info":
                return VectorCase.Info(index);
            case "parse":
                PoleCode code = index.Parse((string)given["text"]);
                return new JObject { { "code", code.ToString() }, { "digits", code.Digits } };
            case "find":
                return VectorCase.Found(index, (string)given["code"], (string)given["scope"]);
            case "find_many":
                return VectorCase.FoundMany(index, given);
            case "alias":
                Pole[] poles = index.FindAlias((string)given["alias"]);
                return poles.Length == 0 ? new JObject { { "error", "not_found" } }
                                         : VectorCase.Codes(poles);
            case "nearest":
                return VectorCase.Hits(index.Nearest(VectorCase.Point(given), (int)given["k"],
                                                     (double?)given["max_m"] ??
                                                         double.PositiveInfinity));
            case "within":
                return VectorCase.Hits(
                    index.Within(VectorCase.Point(given), (double)given["radius_m"]));
            case "box":
                return VectorCase.Codes(index.Box(
                    new PoleBox((double)given["south"], (double)given["west"],
                                (double)given["north"], (double)given["east"])));
            case "polygon":
                return VectorCase.Codes(index.Polygon(VectorCase.Rings(given["rings"])));
            case "stations":
                return VectorCase.Stations(index, given);
            case "resolve":
                return VectorCase.Resolved(index, given);
            case "between":
                return VectorCase.Between(index, given);
            default:
                throw new NotSupportedException("no such call: " + call);
            }
        } catch (PoleException e) {
            return new JObject { { "error", e.StatusName } };
        }
    }

    private PoleIndex IndexOf(string name)
    {
        PoleIndex index;
        if (!indexes.TryGetValue(name, out index)) {
            string path = name == "sample"   ? Sample.IndexPath
                          : name == "golden" ? Sample.Golden
                                             : Path.Combine(Vectors, name + ".plx");
            index = indexes[name] = PoleIndex.Open(path);
        }
        return index;
    }

    [Test]
    public void the_comparison_sees_what_differs()
    {
        const string Hit =
            "{\"lat\": %, \"hits\": [{\"code\": \"1\", \"bearing_deg\": @}], \"x\": null}";
        Func<string, string, string> hit = (lat, bearing) =>
            Hit.Replace("%", lat).Replace("@", bearing);
        JToken want = VectorCase.Parse(hit("45.0", "0.0"));
        string[] wrong = {
            hit("45.00000001", "0.0"), hit("45.0", "0.1"), hit("null", "0.0"), hit("45.0", "null"),
            hit("45.0", "0.0").Replace("\"1\"", "\"01\""),
            hit("45.0", "0.0").Replace("null", "0"), "{\"lat\": 45.0, \"hits\": [], \"x\": null}",
            "{\"lat\": 45.0}", "{\"error\": \"io\"}"
        };
        foreach (string text in wrong) {
            var differences = new List<string>();
            VectorCase.Compare(want, VectorCase.Parse(text), "out", "", differences);
            Assert.IsNotEmpty(differences, text);
        }
        var none = new List<string>();
        VectorCase.Compare(want, VectorCase.Parse(hit("45.0000000001", "359.99999, \"more\": 1")),
                           "out", "", none);
        Assert.IsEmpty(none);
        var error = new List<string>();
        VectorCase.Compare(VectorCase.Parse("{}"), VectorCase.Parse("{\"error\": \"io\"}"), "out",
                           "", error);
        Assert.IsNotEmpty(error);
    }
}

// SPDX-License-Identifier: MIT
// Answers: the JSON is byte for byte the command's, and the typed answer says what the JSON says.
using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class ResolveTests
{
    private PoleIndex index;

    [TestFixtureSetUp]
    public void Open() => index = Sample.Open();

    [TestFixtureTearDown]
    public void Close() => index.Dispose();

    private static string Asked(params string[] arguments)
    {
        return Sample.Command(new[] { "--json", "--lang", "zh", "-i", Sample.IndexPath }
                                  .Concat(arguments).ToArray());
    }

    [Test]
    public void every_piece_of_evidence_says_what_the_command_says()
    {
        string code = Sample.Code;
        var ring = new[] { new PolePoint(45.67, 126.62), new PolePoint(45.69, 126.62),
                           new PolePoint(45.69, 126.64), new PolePoint(45.67, 126.64) };
        Same(new Evidence(), code);
        Same(new Evidence { Hint = new Hint(45.6765, 126.6275, 300) }, code, "--hint",
             "45.6765,126.6275,300");
        Same(new Evidence { Hint = new Hint(45.6765, 126.6275, 300, 0.68) }, code, "--hint",
             "45.6765,126.6275,300,0.68");
        Same(new Evidence { Hint = new Hint(45.6765, 126.6275, 300, null, "GCJ02") }, code,
             "--hint", "45.6765,126.6275,300", "--hint-crs", "gcj02");
        Same(new Evidence { Street = "红旗街" }, code, "--street", "红旗街");
        Same(new Evidence { Street = "通江街" }, code, "--street", "通江街");
        Same(new Evidence { District = "南岗区" }, code, "--district", "南岗区");
        Same(new Evidence { Also = "2334506" }, code, "--also", "2334506");
        Same(new Evidence { Then = "2334512" }, code, "--then", "2334512");
        Same(new Evidence { Digits = new Dictionary<int, int> { { 6, 0 } } }, "23345?4", "--digit",
             "6=0");
        Assert.AreEqual(PoleMatch.Exact,
                        index.Resolve(code, new Evidence { Polygon = new[] { ring },
                            Box = new PoleBox(45.67, 126.62, 45.69, 126.64) }).Match);
    }

    private void Same(Evidence evidence, string text, params string[] options)
    {
        Assert.AreEqual(Asked(options.Concat(new[] { text }).ToArray()),
                        index.ResolveToJson(text, evidence), string.Join(" ", options));
    }

    [Test]
    public void options_say_what_the_command_says()
    {
        using (Channel heavy = Channel.Named("heavy"))
        using (var gcj = new Crs("gcj02")) {
            Assert.AreEqual(
                Asked("--channel", "heavy", "--clean", "0.5", "-n", "7", "--near-m", "90",
                      "--caller-lang", "ru", "--crs", "gcj02", "2334564"),
                index.ResolveToJson("2334564", null, new ResolveOptions {
                    Channel = heavy, Clean = 0.5, Limit = 7, NearM = 90,
                    CallerLanguage = PoleLanguage.Russian, Crs = gcj }));
            Candidate first = index.Resolve("2334564", null, new ResolveOptions { Crs = gcj })
                                  .Candidates[0];
            Assert.AreEqual("gcj02", first.Crs);
            Assert.AreEqual(first.Pole.LonDeg + 0.006, first.X.Value, 0.003);
        }
    }

    [Test]
    public void the_typed_answer_says_what_the_json_says()
    {
        Random random = Sample.Random();
        var seen = new HashSet<PoleMatch>();
        for (int i = 0; i < 120; i++) {
            string text = Sample.AnyPole(index, random).Code;
            char[] digits = text.ToCharArray();
            for (int k = i % 4; k > 0; k--) {
                digits[random.Next(7)] = "0123456789?"[random.Next(11)];
            }
            text = i % 15 == 0 ? "没有号码" : new string(digits);
            var evidence = new Evidence();
            if (i % 2 == 0) {
                PolePoint at = Sample.AnyPole(index, random).At;
                evidence.Hint = new Hint(at.LatDeg, at.LonDeg, 400);
            }
            using (Resolver resolver = index.NewResolver()) {
                Answer answer = resolver.Resolve(text, evidence);
                seen.Add(answer.Match);
                Compare(VectorCase.Parse(resolver.ToJson()), answer);
            }
        }
        Assert.GreaterOrEqual(seen.Count, 4, string.Join(",", seen));
    }

    private static void Compare(JObject json, Answer answer)
    {
        Assert.AreEqual((string)json["status"], answer.Match.Word());
        Assert.AreEqual((string)json["query"], answer.Query);
        Assert.AreEqual((string)json["heard"], answer.Heard);
        Assert.AreEqual((string)json["reason"], answer.Reason.Word());
        Near(json["confidence"], answer.Confidence, 1.01e-4);
        Near(json["confidence_place"], answer.ConfidencePlace, 1.01e-4);
        Near(json["no_pole"], answer.NoPole, 1.01e-4);
        CollectionAssert.AreEqual(json["readings"].Select(r => (string)r["code"]).ToArray(),
                                  answer.Readings.Select(r => r.Code).ToArray());
        CollectionAssert.AreEquivalent(json["warnings"].Select(w => (string)w["code"]).ToArray(),
                                       answer.Warnings.Word());
        CollectionAssert.AreEqual(
            json["warnings"].Select(w => (string)w["text"]).OrderBy(t => t).ToArray(),
            answer.Warnings.Sentences(PoleLanguage.Chinese).OrderBy(t => t).ToArray());
        Assert.AreEqual(json["candidates"].Count(), answer.Candidates.Count);
        for (int i = 0; i < answer.Candidates.Count; i++) {
            Compare(json["candidates"][i], answer.Candidates[i]);
        }
        Assert.AreEqual(json["far_rival"].Type == JTokenType.Null, answer.FarRival == null);
        if (answer.FarRival != null) {
            Assert.AreEqual((string)json["far_rival"]["code"], answer.FarRival.Pole.Code);
            Near(json["far_rival"]["distance_m"], answer.FarRival.DistanceM, 0.051);
            CollectionAssert.AreEqual(json["far_rival"]["digits"].Select(d => (int)d).ToArray(),
                                      answer.FarRival.Digits);
        }
        Assert.AreEqual(json["question"].Type == JTokenType.Null, answer.Question == null);
        if (answer.Question != null) {
            Assert.AreEqual((string)json["question"]["kind"], answer.Question.Kind.Word());
            Assert.AreEqual((string)json["question"]["say"],
                            answer.Question.Say(PoleLanguage.Chinese));
            CollectionAssert.AreEqual(
                json["question"]["options"].Select(o => (string)o["answer"]).ToArray(),
                answer.Question.Options.Select(o => o.Answer).ToArray());
        }
        Assert.AreEqual(json["estimate"].Type == JTokenType.Null, answer.Estimate == null);
        CollectionAssert.AreEqual(json["evidence"].Select(e => (string)e["kind"]).ToArray(),
                                  answer.Evidence.Select(e => e.Kind.Word()[0]).ToArray());
        Assert.AreEqual((string)json["index"]["id"], answer.IndexId);
        Assert.IsTrue(answer.IsSample);
        StringAssert.StartsWith("SAMPLE " + answer.Match.Word(), answer.ToString());
        if (answer.FarRival != null) {
            StringAssert.StartsWith("SAMPLE far rival ", answer.FarRival.ToString());
        }
        if (answer.Estimate != null) {
            StringAssert.StartsWith("SAMPLE " + answer.Estimate.Key, answer.Estimate.ToString());
        }
        Assert.AreEqual(0, answer.ToString().LastIndexOf("SAMPLE", StringComparison.Ordinal));
        // The law: what is not settled has no place.
        bool settled = answer.Match == PoleMatch.Exact || answer.Match == PoleMatch.Corrected;
        Assert.AreEqual(settled, answer.Settled != null);
        Assert.AreEqual(settled || answer.Match == PoleMatch.Interpolated, answer.Place.HasValue);
        Assert.AreEqual(answer.Place.HasValue, answer.Send != null);
    }

    private static void Compare(JToken json, Candidate candidate)
    {
        Assert.AreEqual((string)json["code"], candidate.Pole.Code);
        Near(json["confidence"], candidate.Confidence, 1.01e-4);
        Near(json["distance_to_first_m"], candidate.DistanceToFirstM, 0.051);
        Near(json["distance_to_hint_m"], candidate.DistanceToHintM, 0.051);
        CollectionAssert.AreEqual(
            json["between_streets"].Where(s => (string)s != null).Select(s => (string)s).ToArray(),
            candidate.CrossStreets.Select(s => s.Name).ToArray());
        CollectionAssert.AreEqual(json["neighbours"].Select(n => (string)n["code"]).ToArray(),
                                  candidate.Neighbours.Select(n => n.Pole.Code).ToArray());
        CollectionAssert.AreEqual(
            json["stations"].Select(s => s["role"] + " " + s["id"] + " " + s["chosen"]).ToArray(),
            candidate.Stations.Select(s => s.Role.Word() + " " + s.Station.Id + " " + s.Chosen)
                .ToArray());
        CollectionAssert.AreEqual(
            json["edits"].Select(e => e["kind"] + " " + e["position"] + " " + e["heard_position"] +
                                      " " + e["heard"] + " " + e["meant"]).ToArray(),
            candidate.Edits.Select(e => e.Kind.Word() + " " + e.Position + " " + e.HeardPosition +
                                        " " + e.Heard + " " + e.Meant).ToArray());
        Assert.AreEqual(json["area_edge"].Type == JTokenType.Null, candidate.AreaEdge == null);
    }

    // Probabilities have four places in JSON, and are never rounded to 1.
    private static void Near(JToken json, double? value, double tolerance)
    {
        Assert.AreEqual(json.Type == JTokenType.Null, value == null);
        if (value != null) {
            Assert.AreEqual((double)json, value.Value, tolerance);
        }
    }

    [Test]
    public void several_texts_are_mixed_by_their_weights()
    {
        Answer answer = index.Resolve(new[] { new Saying("2334504", 3), new Saying("2334514", 1) });
        Assert.AreEqual(2, answer.Readings.Count);
        Assert.AreEqual(0.75, answer.Readings[0].Weight, 1e-9);
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.Resolve(new[] { new Saying("2334504", 0) })));
        Assert.Throws<ArgumentNullException>(() => new Saying(null));
        HeardText heard = index.Hear("二三三四五零四");
        Assert.AreEqual("2334504", heard.Digits);
        Assert.IsFalse(heard.Several);
        Assert.AreEqual("no code (no_digits)", index.Hear("喂").ToString());
        Assert.AreEqual(PoleReason.PhoneNumber, index.Hear("13812345678").Reason);
        StringAssert.DoesNotContain("13812345678", index.Hear("13812345678").Query);
    }

    [Test]
    public void evidence_that_cannot_be_is_refused_and_never_dropped()
    {
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(() => new Hint(45, 126, 0)));
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => new Hint(45, 126, double.NaN)));
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => new Hint(45, 126, 100, 0)));
        Refused(new Evidence { Hint = new Hint(126, 45, 100) });
        Refused(new Evidence { Scope = "no such county" });
        Refused(new Evidence { Digits = new Dictionary<int, int> { { 0, 1 } } });
        Refused(new Evidence { Digits = new Dictionary<int, int> { { 1, 10 } } });
        Refused(new Evidence { Polygon = new[] { new PolePoint[2] } });
        Refused(new Evidence { Polygon = new PolePoint[0][] });
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.Resolve(Sample.Code, null, new ResolveOptions { Limit = -1 })));
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.Resolve(Sample.Code, null, new ResolveOptions { Clean = 2 })));
    }

    private void Refused(Evidence evidence)
    {
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => index.Resolve(Sample.Code, evidence)));
    }

    [Test]
    public void a_call_that_fails_leaves_no_old_answer()
    {
        using (Resolver resolver = index.NewResolver()) {
            Assert.Throws<InvalidOperationException>(() => resolver.ToJson());
            resolver.Resolve(Sample.Code);
            Sample.StatusOf(() => resolver.Resolve(Sample.Code, new Evidence { Scope = "x" }));
            Assert.Throws<InvalidOperationException>(() => resolver.ToJson());
        }
    }

    [Test]
    public void two_poles_are_judged_as_the_command_judges_them()
    {
        foreach (string second in new[] { "2334508", "2334504", "9071503", "2394564", "1", "喂" }) {
            Assert.AreEqual(Sample.Command("between", "--json", "--lang", "zh", "-i",
                                           Sample.IndexPath, Sample.Code, second),
                            index.BetweenToJson(Sample.Code, second));
        }
        BetweenAnswer stretch = index.Between(Sample.Code, "2334508");
        Assert.AreEqual(PoleRelation.Stretch, stretch.Relation);
        Assert.AreEqual("2334508", stretch.Second.Pole.Code);
        Assert.IsTrue(stretch.SameSide.Value);
        Assert.AreEqual(1, stretch.PolesBetween);
        StringAssert.StartsWith("SAMPLE stretch: 2334504, 2334508, 5", stretch.ToString());
        BetweenAnswer corrected = index.Between(Sample.Code, "2394564");
        Assert.AreEqual(0, corrected.ToString().LastIndexOf("SAMPLE", StringComparison.Ordinal));
        StringAssert.StartsWith("SAMPLE code 2 perhaps 2334514",
                                corrected.Corrections[0].ToString());
        BetweenAnswer apart = index.Between(Sample.Code, "9071503");
        Assert.AreEqual(PoleRelation.Apart, apart.Relation);
        Assert.IsNull(apart.Middle);
        Assert.AreEqual(PoleRelation.Unknown, index.Between(Sample.Code, "喂").Relation);
        Assert.IsNull(index.Between(Sample.Code, "喂").Second);
    }

    [Test]
    public void a_described_pole_was_found_by_no_text()
    {
        Answer answer = index.Describe(index.Find(Sample.Code));
        Assert.AreEqual(PoleMatch.Exact, answer.Match);
        Assert.IsNull(answer.Confidence);
        Assert.AreEqual(Sample.Code, answer.Settled.Pole.Code);
        Assert.AreEqual(2, answer.Settled.Neighbours.Count);
    }
}

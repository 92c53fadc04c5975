// SPDX-License-Identifier: MIT
// Codes to poles, one by one and in batches. The batch is checked against the single call, the
// single call against the vectors.
using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class FindTests
{
    private PoleIndex index;

    [TestFixtureSetUp]
    public void Open() => index = Sample.Open();

    [TestFixtureTearDown]
    public void Close() => index.Dispose();

    [Test]
    public void finds_a_pole_and_tells_that_it_is_a_sample()
    {
        Pole pole = index.Find(" 2 33-45 04 ");
        Assert.AreEqual("2334504", pole.Code);
        Assert.AreEqual("红旗街", pole.Street);
        Assert.AreEqual(new DateTime(2008, 7, 23), pole.Surveyed);
        Assert.AreEqual("SAMPLE 2334504 红旗街, 南岗区, 45.6762803, 126.6272838 (WGS 84)",
                        pole.ToString());
        Assert.AreEqual("2 33 45 04", index.Format(pole.Key));
        Assert.AreEqual("2334504", index.Format(pole.Key, false));
        Assert.AreEqual(pole.Row, index.FindRow(pole.Key));
        Assert.AreEqual(pole.At, index.PointOf(pole.Row));
        Assert.AreEqual(pole.ToString(), index.FindAll("２３３４５０４").Single().ToString());
    }

    [Test]
    public void no_pole_is_told_apart_from_no_code_and_from_several()
    {
        Pole pole;
        Assert.IsFalse(index.TryFind("9999999", out pole));
        Assert.IsNull(pole);
        Assert.IsTrue(index.TryFind(Sample.Code, out pole));
        Assert.AreEqual(Sample.Code, pole.Code);
        Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => index.Find("9999999")));
        Assert.AreEqual(PoleStatus.MalformedCode, Sample.StatusOf(() => index.Find("13812345678")));
        Assert.AreEqual(PoleStatus.MalformedCode,
                        Sample.StatusOf(() => index.TryFind("233450", out pole)));
        Assert.AreEqual(PoleStatus.MalformedCode,
                        Sample.StatusOf(() => index.Find(new string('1', 5000))));
        Assert.IsEmpty(index.FindAll("9999999"));
        Assert.IsEmpty(index.FindAlias("no such number"));
        Assert.Throws<ArgumentNullException>(() => index.Find(null));
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => index.PoleOf((uint)index.Info.Poles)));
        PoleCode code;
        Assert.IsFalse(index.TryParse("abc", out code));
        Assert.AreEqual(0, code.Digits);
    }

    [Test]
    public void a_refusal_does_not_repeat_what_may_be_a_telephone_number()
    {
        PoleException e = Assert.Throws<PoleException>(() => index.Find("13812345678"));
        StringAssert.DoesNotContain("138", e.Message);
    }

    [Test]
    public void a_code_of_two_counties_needs_its_scope()
    {
        using (PoleIndex golden = PoleIndex.Open(Sample.Golden)) {
            Pole[] several = Enumerable.Range(0, (int)golden.Info.Poles)
                                 .Select(row => golden.PoleOf((uint)row))
                                 .GroupBy(pole => pole.Code)
                                 .First(group => group.Count() > 1).ToArray();
            string code = several[0].Code;
            Assert.AreEqual(PoleStatus.Several, Sample.StatusOf(() => golden.Find(code)));
            Pole none;
            Assert.AreEqual(PoleStatus.Several,
                            Sample.StatusOf(() => golden.TryFind(code, out none)));
            Assert.AreEqual(several.Length, golden.FindAll(code).Length);
            foreach (Pole pole in several) {
                Assert.AreEqual(pole.Row, golden.Find(code, pole.Scope).Row);
            }
            var match = new PoleMatch[1];
            golden.FindMany(new[] { code }, code.Length, new PoleColumns { Match = match });
            Assert.AreEqual(PoleMatch.Ambiguous, match[0]);
        }
    }

    [Test]
    public void leading_zeros_are_part_of_a_code()
    {
        Assert.AreEqual("0012345", new PoleCode(12345, 7).ToString());
        Assert.AreNotEqual(new PoleCode(12345, 7), new PoleCode(12345, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoleCode(12345, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoleCode(1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoleCode(1, 0));
    }

    [Test]
    public void a_batch_of_numbers_texts_and_strings_is_what_single_calls_say()
    {
        Random random = Sample.Random();
        const int Count = 10000; // more than two chunks of strings
        var numbers = new uint[Count];
        for (int i = 0; i < Count; i++) {
            numbers[i] = i % 3 == 0 ? (uint)random.Next(10000000)
                                    : (uint)Sample.AnyPole(index, random).Key.Number;
        }
        string[] codes = numbers.Select(number => number.ToString("D7")).ToArray();
        byte[] texts = Encoding.ASCII.GetBytes(string.Concat(codes.Select(code => code + "\n")));
        Table[] tables = { new Table(Count), new Table(Count), new Table(Count) };
        index.FindMany(numbers, 7, tables[0].Columns());
        index.FindMany(texts, 8, Count, 7, tables[1].Columns());
        index.FindMany(codes, 7, tables[2].Columns());
        int found = 0;
        for (int i = 0; i < Count; i++) {
            Pole pole;
            bool there = index.TryFind(codes[i], out pole);
            found += there ? 1 : 0;
            foreach (Table table in tables) {
                Assert.AreEqual(there ? pole.Row : PoleIndex.NoRow, table.Rows[i]);
                Assert.AreEqual(there ? pole.LatDeg : double.NaN, table.Lat[i]);
                Assert.AreEqual(there ? pole.LonDeg : double.NaN, table.Lon[i]);
            }
            if (there && i % 50 == 0) {
                StationHit chosen = index.StationsOf(pole).Single(hit => hit.Chosen);
                Assert.AreEqual(chosen.Station.Number, tables[2].Stations[i]);
            }
        }
        Assert.Greater(found, Count / 2);
        foreach (Table table in tables.Skip(1)) {
            CollectionAssert.AreEqual(tables[0].Match, table.Match);
            CollectionAssert.AreEqual(tables[0].Stations, table.Stations);
            CollectionAssert.AreEqual(tables[0].Confidence, table.Confidence);
        }
    }

    private sealed class Table
    {
        internal readonly uint[] Rows, Stations;
        internal readonly PoleMatch[] Match;
        internal readonly double[] Lat, Lon, Confidence;

        internal Table(int count)
        {
            Rows = new uint[count];
            Stations = new uint[count];
            Match = new PoleMatch[count];
            Lat = new double[count];
            Lon = new double[count];
            Confidence = new double[count];
        }

        internal PoleColumns Columns()
        {
            return new PoleColumns { Rows = Rows, Match = Match, LatDeg = Lat, LonDeg = Lon,
                                     Stations = Stations, Confidence = Confidence };
        }
    }

    [Test]
    public void a_judged_batch_agrees_with_the_resolution()
    {
        Random random = Sample.Random();
        string[] codes = Enumerable.Range(0, 40)
                             .Select(i => Sample.AnyPole(index, random).Code).ToArray();
        var match = new PoleMatch[codes.Length];
        var confidence = new double[codes.Length];
        var place = new double[codes.Length];
        index.FindMany(codes, 7, new PoleColumns { Match = match, Confidence = confidence,
                                                   ConfidencePlace = place });
        int decided = 0;
        for (int i = 0; i < codes.Length; i++) {
            if (match[i] == PoleMatch.None) {
                Assert.IsNaN(confidence[i]);
                continue;
            }
            Answer answer = index.Resolve(codes[i]);
            Assert.AreEqual(answer.Match, match[i], codes[i]);
            Assert.AreEqual(answer.Confidence.Value, confidence[i], 1e-4, codes[i]);
            Assert.AreEqual(answer.ConfidencePlace.Value, place[i], 1e-4, codes[i]);
            decided++;
        }
        Assert.Greater(decided, 20);
    }

    [Test]
    public void what_is_no_code_in_a_batch_has_no_place()
    {
        string[] codes = { "233450", null, "", "２３３４５０４", "233 504", Sample.Code, "2334504 " };
        var match = new PoleMatch[codes.Length];
        var lat = new double[codes.Length];
        index.FindMany(codes, 7, new PoleColumns { Match = match, LatDeg = lat });
        for (int i = 0; i < codes.Length; i++) {
            Assert.AreEqual(i == 5 ? PoleMatch.Exact : PoleMatch.NoCode, match[i], "" + i);
            Assert.AreEqual(i != 5, double.IsNaN(lat[i]));
        }
    }

    [Test]
    public void a_column_that_is_too_short_is_refused_before_anything_is_written()
    {
        var numbers = new uint[10];
        var rows = new uint[10];
        Assert.Throws<ArgumentException>(
            () => index.FindMany(numbers, 7,
                                 new PoleColumns { Rows = rows, LatDeg = new double[9] }));
        Assert.Throws<ArgumentException>(
            () => index.FindMany(new string[10], 7, new PoleColumns { FarShare = new double[9] }));
        Assert.Throws<ArgumentException>(
            () => index.FindMany(new byte[69], 7, 10, 7, new PoleColumns { Rows = rows }));
        Assert.Throws<ArgumentException>(
            () => index.FindMany(new byte[70], 6, 10, 7, new PoleColumns { Rows = rows }));
        CollectionAssert.AreEqual(new uint[10], rows);
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.FindMany(numbers, 10, new PoleColumns { Rows = rows })));
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.FindMany(new[] { "1" }, 0, new PoleColumns { Rows = rows })));
        index.FindMany(new uint[0], 7, new PoleColumns());
        index.FindMany(new string[0], 7, new PoleColumns());
    }
}

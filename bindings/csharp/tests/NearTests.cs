// SPDX-License-Identifier: MIT
// Poles and stations around a place. What is within is checked against a look at every pole; the
// figures against the vectors.
using System;
using System.Linq;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class NearTests
{
    private PoleIndex index;
    private PolePoint[] all;

    [TestFixtureSetUp]
    public void Open()
    {
        index = Sample.Open();
        all = Enumerable.Range(0, (int)index.Info.Poles)
                  .Select(row => index.PointOf((uint)row)).ToArray();
    }

    [TestFixtureTearDown]
    public void Close() => index.Dispose();

    [Test]
    public void the_nearest_come_in_order_and_say_where_they_lie()
    {
        var at = new PolePoint(45.6765, 126.6275);
        NearPole[] near = index.Nearest(at, 5);
        Assert.AreEqual(5, near.Length);
        CollectionAssert.IsOrdered(near.Select(hit => hit.DistanceM).ToArray());
        StringAssert.StartsWith("SAMPLE ", near[0].ToString());
        StringAssert.EndsWith(" m, " + near[0].BearingDeg.ToString("F0") + " degrees",
                              near[0].ToString());
        Assert.AreEqual(near.Count(hit => hit.DistanceM <= 25), index.Nearest(at, 5, 25).Length);
        var hits = new PoleHit[3];
        Assert.AreEqual(3, index.Nearest(at, hits));
        Assert.AreEqual(near[2].Pole.Row, hits[2].Row);
        Assert.AreEqual(near[2].DistanceM, hits[2].DistanceM);
        Assert.AreEqual(0, index.Nearest(new PolePoint(0, 0), 1, 1000).Length);
    }

    [Test]
    public void many_points_are_what_each_is_alone_and_a_bad_one_is_told()
    {
        Random random = Sample.Random();
        PolePoint[] points = Enumerable.Range(0, 600)
            .Select(i => new PolePoint(45.4 + random.NextDouble() * 0.5,
                                       126.4 + random.NextDouble() * 0.5)).ToArray();
        var hits = new PoleHit[points.Length * 4];
        var counts = new int[points.Length];
        index.NearestMany(points, 4, hits, counts, 2000);
        for (int i = 0; i < points.Length; i += 7) {
            NearPole[] alone = index.Nearest(points[i], 4, 2000);
            Assert.AreEqual(alone.Length, counts[i]);
            for (int k = 0; k < alone.Length; k++) {
                Assert.AreEqual(alone[k].Pole.Row, hits[4 * i + k].Row);
            }
        }
        points[300] = new PolePoint(95, 126);
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(
            () => index.NearestMany(points, 4, hits, counts, 2000)));
        Assert.AreEqual(0, counts[300]);
        Assert.Throws<ArgumentException>(
            () => index.NearestMany(points, 4, new PoleHit[2399], counts));
    }

    [Test]
    public void a_radius_holds_every_pole_that_is_nearer_and_no_other()
    {
        PolePoint at = index.Find(Sample.Code).At;
        NearPole[] within = index.Within(at, 700);
        Assert.Greater(within.Length, 64); // asked twice, for the room
        CollectionAssert.IsOrdered(within.Select(hit => hit.DistanceM).ToArray());
        // A plane is good for this to a few millimetres, and no pole lies so close to the circle.
        double perLat = 111149.0, perLon = 111149.0 * Math.Cos(at.LatDeg * Math.PI / 180);
        int close = all.Count(p => Math.Sqrt(Math.Pow((p.LatDeg - at.LatDeg) * perLat, 2) +
                                             Math.Pow((p.LonDeg - at.LonDeg) * perLon, 2)) < 695);
        int closeWithin = within.Count(hit => hit.DistanceM < 700);
        Assert.GreaterOrEqual(closeWithin, close);
        var few = new PoleHit[2];
        Assert.AreEqual(within.Length, index.Within(at, 700, few));
        Assert.AreEqual(within[1].Pole.Row, few[1].Row);
        Assert.AreEqual(within.Length, index.Within(at, 700, new PoleHit[0]));
    }

    [Test]
    public void a_box_and_a_polygon_hold_what_a_look_at_every_pole_finds()
    {
        var box = new PoleBox(45.67, 126.62, 45.69, 126.64);
        uint[] rows = index.Box(box).Select(pole => pole.Row).ToArray();
        uint[] expected = Enumerable.Range(0, all.Length)
            .Where(row => all[row].LatDeg >= 45.67 && all[row].LatDeg <= 45.69 &&
                          all[row].LonDeg >= 126.62 && all[row].LonDeg <= 126.64)
            .Select(row => (uint)row).ToArray();
        Assert.Greater(expected.Length, 64);
        CollectionAssert.AreEqual(expected, rows);
        var ring = new[] { new PolePoint(45.67, 126.62), new PolePoint(45.69, 126.62),
                           new PolePoint(45.69, 126.64), new PolePoint(45.67, 126.64) };
        CollectionAssert.AreEqual(expected,
                                  index.Polygon(new[] { ring }).Select(pole => pole.Row).ToArray());
        var hole = new[] { new PolePoint(45.675, 126.625), new PolePoint(45.685, 126.625),
                           new PolePoint(45.685, 126.635), new PolePoint(45.675, 126.635) };
        Pole[] around = index.Polygon(new[] { ring, hole });
        Assert.Less(around.Length, expected.Length);
        Assert.IsFalse(around.Any(pole => pole.LatDeg > 45.6751 && pole.LatDeg < 45.6849 &&
                                          pole.LonDeg > 126.6251 && pole.LonDeg < 126.6349));
    }

    [Test]
    public void reads_a_polygon_from_geojson()
    {
        PolePoint[][] rings = PoleIndex.ReadPolygon(
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\"," +
            "\"coordinates\":[[[126.62,45.67],[126.64,45.67],[126.64,45.69],[126.62,45.67]]]}}");
        Assert.AreEqual(1, rings.Length);
        Assert.AreEqual(new PolePoint(45.67, 126.64), rings[0][1]);
        Assert.Greater(index.Polygon(rings).Length, 0);
        Assert.AreEqual(PoleStatus.BadInput,
                        Sample.StatusOf(() => PoleIndex.ReadPolygon("{\"type\":\"Point\"}")));
        Assert.AreEqual(PoleStatus.BadInput, Sample.StatusOf(() => PoleIndex.ReadPolygon("")));
    }

    [Test]
    public void what_cannot_be_asked_is_refused()
    {
        var at = new PolePoint(45.7, 126.6);
        foreach (int k in new[] { 0, -1, 1025, int.MinValue }) {
            Assert.AreEqual(PoleStatus.InvalidArgument,
                            Sample.StatusOf(() => index.Nearest(at, k)));
        }
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => index.Nearest(new PolePoint(double.NaN, 0))));
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(() => index.Within(at, -1)));
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => index.Nearest(at, new PoleHit[0])));
        Assert.AreEqual(PoleStatus.InvalidArgument,
                        Sample.StatusOf(() => index.Polygon(new[] { new PolePoint[2] })));
    }

    [Test]
    public void stations_of_a_pole_and_of_a_place()
    {
        Pole pole = index.Find(Sample.Code);
        StationHit[] hits = index.StationsOf(pole);
        CollectionAssert.AreEqual(
            new[] { StationRole.Coded, StationRole.Responsible, StationRole.Nearest },
            hits.Select(hit => hit.Role).ToArray());
        Assert.AreEqual(1, hits.Count(hit => hit.Chosen));
        Assert.AreEqual("SAMPLE 233 昆明街派出所 0451-5518621 (responsible; 590 m, 185 degrees)",
                        hits[1].ToString());
        Assert.IsNull(hits[1].RoadM);
        Assert.AreEqual(hits[1].Station.Number, index.FindStation("233").Number);
        Assert.AreEqual("police", index.Station(hits[1].Station.Number).Kind);
        Assert.AreEqual(20, index.StationsAt(pole.At, null, StationRole.Nearest, 20).Length);
        Assert.AreEqual(0, index.StationsAt(pole.At, "lighthouse").Length);
        Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => index.FindStation("x")));
        Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => index.Station(9999)));
        AreaEdge edge = index.AreaEdgeAt(pole.At);
        Assert.AreEqual("206", edge.Station.Id);
        Assert.IsNull(index.AreaEdgeAt(pole.At, 1));
    }

    [Test]
    public void stations_and_hits_in_json_are_those_of_the_command()
    {
        Pole pole = index.Find(Sample.Code);
        Assert.AreEqual(
            Sample.Command("station", "--json", "--lang", "en", "-k", "1", "-i", Sample.IndexPath,
                           Sample.Code),
            index.StationsJson(pole, null, PoleLanguage.English));
        NearPole[] near = index.Nearest(new PolePoint(45.6765, 126.6275), 3);
        string[] lines = Sample.Command("near", "--json", "-k", "3", "-i", Sample.IndexPath,
                                        "--lang", "zh", "45.6765,126.6275").Split('\n');
        for (int i = 0; i < 3; i++) {
            Assert.AreEqual(lines[i], index.HitJson(near[i].Pole, near[i].DistanceM,
                                                    near[i].BearingDeg));
        }
    }
}

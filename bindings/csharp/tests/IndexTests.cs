// SPDX-License-Identifier: MIT
// Opening, sharing and closing; what an index says of itself; how failures are told.
using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class IndexTests
{
    [Test]
    public void opens_a_file_and_tells_what_it_holds()
    {
        using (PoleIndex index = Sample.Open()) {
            Assert.AreEqual(115900, index.Info.Poles);
            Assert.AreEqual(153, index.Info.Stations);
            Assert.AreEqual(131, index.Info.Areas);
            Assert.IsTrue(index.IsSample);
            CollectionAssert.AreEqual(new[] { "" }, index.Info.Scopes);
            Assert.AreEqual(32, index.Info.Id.Length);
            Assert.AreEqual(new DateTime(2008, 6, 30), index.Info.DataDate);
            Assert.AreEqual(3, index.Info.Sources.Count);
            Assert.AreEqual(SourceKind.Stations, index.Info.Sources[0].Kind);
            Assert.AreEqual("urban 7 digits, district:1,station:2,street:2,pole:2, 115900 poles",
                            index.Info.Schemes[0].ToString());
            Assert.AreEqual(1 << 7, index.Lengths);
            StringAssert.StartsWith("SAMPLE ", index.ToString());
            index.Verify();
        }
    }

    [Test]
    public void says_of_itself_in_json_what_the_command_says()
    {
        using (PoleIndex index = Sample.Open()) {
            Assert.AreEqual(Sample.Command("info", "--json", Sample.IndexPath), index.InfoJson());
        }
    }

    [Test]
    public void opens_bytes_and_a_mapped_file()
    {
        byte[] bytes = File.ReadAllBytes(Sample.IndexPath);
        PoleIndex index = PoleIndex.Open(bytes);
        Array.Clear(bytes, 0, bytes.Length); // it was copied
        using (index)
        using (PoleIndex mapped = PoleIndex.Open(Sample.IndexPath, OpenFlags.Mapped)) {
            index.Verify();
            Assert.AreEqual(mapped.Info.Id, index.Info.Id);
            Assert.AreEqual(mapped.Find(Sample.Code).At, index.Find(Sample.Code).At);
        }
    }

    [Test]
    public void opens_a_path_that_is_not_ascii()
    {
        string path = Path.Combine(Sample.Folder, "哈尔滨 灯杆.plx");
        File.Copy(Sample.IndexPath, path, true);
        using (PoleIndex index = PoleIndex.Open(path)) {
            Assert.AreEqual(115900, index.Info.Poles);
        }
        File.Delete(path);
    }

    [Test]
    public void refuses_what_is_no_index_with_its_status()
    {
        Assert.AreEqual(PoleStatus.Io, Sample.StatusOf(() => PoleIndex.Open("/no/such.plx")));
        byte[] text = Encoding.ASCII.GetBytes(new string('x', 5000));
        Assert.AreEqual(PoleStatus.NotAnIndex, Sample.StatusOf(() => PoleIndex.Open(text)));
        Assert.AreEqual(PoleStatus.NotAnIndex, Sample.StatusOf(() => PoleIndex.Open(new byte[0])));
        byte[] damaged = File.ReadAllBytes(Sample.IndexPath);
        damaged[damaged.Length / 2] ^= 1;
        PoleException e = Assert.Throws<PoleException>(() => PoleIndex.Open(damaged));
        Assert.AreEqual(PoleStatus.Damaged, e.Status);
        Assert.AreEqual("damaged", e.StatusName);
        StringAssert.StartsWith("{\"error\":{\"code\":\"damaged\",\"message\":", e.ToJson());
        Assert.Throws<ArgumentNullException>(() => PoleIndex.Open((string)null));
        Assert.Throws<ArgumentException>(() => PoleIndex.Open(Sample.IndexPath + "\0.txt"));
        // An unpaired surrogate is no name of a file: it is not changed into another.
        Assert.Throws<EncoderFallbackException>(() => PoleIndex.Open("\ud800.plx"));
    }

    [Test]
    public void an_error_of_the_binding_has_json_too()
    {
        using (PoleIndex index = Sample.Open()) {
            PoleException e = Assert.Throws<PoleException>(() => index.Find("9999999"));
            Assert.AreEqual(PoleStatus.NotFound, e.Status);
            StringAssert.StartsWith(
                "{\"error\":{\"code\":\"not_found\",\"message\":\"no pole has the code 9999999\"",
                e.ToJson());
        }
    }

    [Test]
    public void a_disposed_index_refuses_every_question()
    {
        PoleIndex index = Sample.Open();
        Pole pole = index.Find(Sample.Code);
        Resolver resolver = index.NewResolver();
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Find(Sample.Code));
        Assert.Throws<ObjectDisposedException>(() => index.Nearest(pole.At));
        Assert.Throws<ObjectDisposedException>(() => index.Resolve(Sample.Code));
        Assert.Throws<ObjectDisposedException>(() => index.StationsOf(pole));
        Assert.Throws<ObjectDisposedException>(() => index.Share());
        Assert.Throws<ObjectDisposedException>(() => index.NewResolver());
        Assert.Throws<ObjectDisposedException>(() => resolver.Resolve(Sample.Code));
        Assert.Throws<ObjectDisposedException>(
            () => index.FindMany(new uint[1], 7, new PoleColumns { Rows = new uint[1] }));
        Assert.AreEqual("红旗街", pole.Street); // what was given stays
        resolver.Dispose();
    }

    [Test]
    public void a_share_outlives_the_index_it_came_from()
    {
        PoleIndex index = Sample.Open();
        Pole pole = index.Find(Sample.Code);
        using (PoleIndex share = index.Share()) {
            index.Dispose();
            Assert.AreEqual(pole.At, share.Find(Sample.Code).At);
            Assert.AreEqual("233", share.StationsOf(pole)[0].Station.Id);
        }
    }

    [Test]
    public void a_pole_of_another_index_is_refused()
    {
        using (PoleIndex one = Sample.Open())
        using (PoleIndex other = PoleIndex.Open(Sample.Golden)) {
            Pole pole = one.Find(Sample.Code);
            Assert.Throws<ArgumentException>(() => other.StationsOf(pole));
            Assert.Throws<ArgumentException>(() => other.Describe(pole));
        }
    }

    [Test]
    public void scopes_have_names_and_numbers()
    {
        using (PoleIndex index = PoleIndex.Open(Sample.Golden)) {
            Assert.Greater(index.Info.Scopes.Count, 1);
            for (int i = 0; i < index.Info.Scopes.Count; i++) {
                Assert.AreEqual(i, index.ScopeNumber(index.ScopeName(i)));
            }
            Assert.AreEqual(PoleCode.AnyScope, index.ScopeNumber(null));
            Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => index.ScopeNumber("x")));
            Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => index.ScopeName(99)));
        }
    }

    [Test]
    public void words_and_sentences_of_numbers()
    {
        Assert.AreEqual("not_found", PoleStatus.NotFound.Word());
        Assert.AreEqual("corrected", PoleMatch.Corrected.Word());
        Assert.AreEqual("responsible", StationRole.Responsible.Word());
        Assert.AreEqual("too_few", PoleReason.TooFew.Word());
        Assert.AreEqual("twin", EditKind.Twin.Word());
        Assert.AreEqual("read_back", QuestionKind.ReadBack.Word());
        Assert.AreEqual("stretch", PoleRelation.Stretch.Word());
        CollectionAssert.AreEqual(new[] { "hint", "also" },
                                  (EvidenceKinds.Also | EvidenceKinds.Hint).Word());
        PoleWarnings warnings = PoleWarnings.SampleData | PoleWarnings.AreaEdge;
        CollectionAssert.AreEqual(new[] { "sample_data", "area_edge" }, warnings.Word());
        Assert.AreEqual("close to the border of another station's area",
                        warnings.Sentences(PoleLanguage.English)[1]);
        Assert.IsNotEmpty(PoleStatus.Damaged.Sentence());
    }

    [Test]
    public void channels_and_reference_systems()
    {
        using (Channel heavy = Channel.Named("heavy")) {
            Assert.AreEqual(0.28, heavy.Clean, 1e-9);
            Assert.AreEqual("heavy", heavy.Name);
            Assert.AreEqual(32, heavy.Id.Length);
        }
        Assert.AreEqual(PoleStatus.NotFound, Sample.StatusOf(() => Channel.Named("light")));
        PoleException e = Assert.Throws<PoleException>(() => Channel.Read("no table\n", "mine"));
        Assert.AreEqual(PoleStatus.BadInput, e.Status);
        Assert.AreEqual(1, e.Line);
        using (var gcj = new Crs("GCJ02")) {
            Assert.AreEqual("gcj02", gcj.Name);
            Assert.IsTrue(gcj.IsGeographic);
            var x = new[] { 126.63, double.NaN };
            var y = new[] { 45.77, 45.0 };
            Assert.AreEqual(1, gcj.ToWgs84(x, y));
            Assert.Less(x[0], 126.63);
            Assert.IsNaN(x[1]);
            Assert.AreEqual(1, gcj.FromWgs84(x, y));
            Assert.AreEqual(126.63, x[0], 1e-7);
            Assert.AreEqual(45.77, y[0], 1e-7);
        }
        Assert.AreEqual(PoleStatus.Unsupported, Sample.StatusOf(() => new Crs("EPSG:4530")));
        Assert.AreEqual(PoleStatus.InvalidArgument, Sample.StatusOf(() => new Crs("mars")));
    }
}

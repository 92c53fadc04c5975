// SPDX-License-Identifier: MIT
// What the README and the example show is what they do.
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class ReadmeTests
{
    private static string Readme => File.ReadAllText(Path.Combine(Sample.Binding, "README.md"));

    [Test]
    public void the_example_of_the_readme_prints_what_stands_there()
    {
        Match match = Regex.Match(Readme, "```csharp\n(.*?)```\n.*?```\n(.*?)```",
                                  RegexOptions.Singleline);
        Assert.IsTrue(match.Success);
        string folder = Path.Combine(Sample.Folder, "readme");
        Directory.CreateDirectory(folder);
        string source = Path.Combine(folder, "Example.cs");
        string program = Path.Combine(folder, "Example.exe");
        File.WriteAllText(source, match.Groups[1].Value);
        File.Copy(Sample.IndexPath, Path.Combine(folder, "sample.plx"), true);
        foreach (string name in new[] { "PoleLookup.dll", "PoleLookup.dll.config" }) {
            File.Copy(Path.Combine(Sample.Folder, name), Path.Combine(folder, name), true);
        }
        File.Delete(program);
        Console.WriteLine(Sample.Run("mcs", "", "-langversion:7.2", "-out:" + program,
                                     "-r:" + Path.Combine(folder, "PoleLookup.dll"), source));
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try {
            Assert.AreEqual(match.Groups[2].Value, Sample.Run("mono", "", program));
        } finally {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Test]
    public void the_desk_answers_line_by_line_and_never_with_a_place_that_is_not_settled()
    {
        string output = Sample.Run("mono", "2334504 @45.6765,126.6275,300\n23345\n喂\n" +
                                               "2334504 @126,45,9\n2334504 @1,2\n",
                                   Path.Combine(Sample.Folder, "Desk.exe"), Sample.IndexPath);
        string[] answers = output.Split(new[] { "\n\n" }, StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual(5, answers.Length, output);
        string[] settled = answers[0].Split('\n');
        Assert.LessOrEqual(settled.Length, 9);
        StringAssert.StartsWith("SAMPLE ", settled[0]);
        Assert.AreEqual("EXACT      heard 2334504", settled[1]);
        Assert.AreEqual("Pole       2 33 45 04", settled[2]);
        Assert.AreEqual("Coord      45.6762803, 126.6272838 (WGS 84)", settled[4]);
        StringAssert.StartsWith("Send       SAMPLE 233 昆明街派出所 0451-5518621", settled[5]);
        Assert.AreEqual(3, answers[1].Split('\n').Count(line => line.StartsWith("Perhaps ")));
        StringAssert.DoesNotContain("Send ", answers[1]);
        StringAssert.Contains("Ask        一共几个数字？", answers[1]);
        StringAssert.Contains("NO_CODE    no code: no_digits\nNo place ", answers[2]);
        StringAssert.StartsWith("NOT ASKED", answers[3]);
        StringAssert.StartsWith("NOT ASKED", answers[4]);
    }

    [Test]
    public void every_name_in_the_readme_is_one_of_the_library()
    {
        string names = string.Join(" ", typeof(PoleIndex).Assembly.GetExportedTypes().SelectMany(
            type => type.GetMembers().Select(member => member.Name).Concat(new[] { type.Name })));
        foreach (Match match in Regex.Matches(Readme, @"`([A-Z][a-z]+[A-Za-z0-9]*)(\(.*?\))?`")) {
            StringAssert.Contains(match.Groups[1].Value, names);
        }
    }
}

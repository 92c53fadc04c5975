// SPDX-License-Identifier: MIT
// Where the tests find things, and what they share.
using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using NUnit.Framework;
using PoleLookup;

internal static class Sample
{
    /// A pole of the sample city, and its facts as the command prints them.
    internal const string Code = "2334504";

    internal static string Folder => Needed("POLE_FOLDER");
    internal static string Prefix => Needed("POLE_PREFIX");
    internal static string Binding => Needed("POLE_BINDING");
    internal static string Root => Path.GetFullPath(Path.Combine(Binding, "..", ".."));
    internal static string IndexPath =>
        Path.Combine(Prefix, "share", "polelookup", "sample.plx");
    internal static string Golden =>
        Path.Combine(Root, "tests", "golden", "format-1.0.plx");

    internal static PoleIndex Open() => PoleIndex.Open(IndexPath);

    private static string Needed(string name)
    {
        return Environment.GetEnvironmentVariable(name) ??
               throw new InvalidOperationException("start the tests by tests/run.sh: no " + name);
    }

    /// The seed is printed, and taken from POLE_TEST_SEED.
    internal static Random Random()
    {
        string given = Environment.GetEnvironmentVariable("POLE_TEST_SEED");
        int seed = given == null ? 20080630 : int.Parse(given);
        Console.WriteLine("seed " + seed);
        return new Random(seed);
    }

    /// Runs a program to its end. Returns what it printed.
    internal static string Run(string program, string input, params string[] arguments)
    {
        var quoted = new StringBuilder();
        foreach (string argument in arguments) {
            quoted.Append('"').Append(argument).Append("\" ");
        }
        var start = new ProcessStartInfo(program, quoted.ToString()) {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8
        };
        using (Process process = Process.Start(start)) {
            byte[] bytes = new UTF8Encoding(false).GetBytes(input);
            process.StandardInput.BaseStream.Write(bytes, 0, bytes.Length);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
    }

    internal static string Command(params string[] arguments)
    {
        return Run(Path.Combine(Prefix, "bin", "polelookup"), "", arguments).TrimEnd('\n');
    }

    internal static PoleStatus StatusOf(TestDelegate call)
    {
        return Assert.Throws<PoleException>(call).Status;
    }

    /// A code of the table: the rows of the sample are its codes in order.
    internal static Pole AnyPole(PoleIndex index, Random random)
    {
        return index.PoleOf((uint)random.Next((int)index.Info.Poles));
    }
}

// SPDX-License-Identifier: MIT
// What a call and a row of a batch cost: the best of some rounds, beside bench.c.
using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using PoleLookup;

internal static class Bench
{
    private const int Rows = 1000000, Rounds = 7;

    private static void Tell(string what, double count, Action work)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Rounds; i++) {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.ElapsedTicks * 1e9 / Stopwatch.Frequency);
        }
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "  {0,-28} {1,10:F1} ns",
                                        what, best / count));
    }

    private static void Main(string[] arguments)
    {
        using (PoleIndex index = PoleIndex.Open(arguments[0])) {
            var numbers = new uint[Rows];
            var codes = new string[Rows];
            uint seed = 1;
            for (int i = 0; i < Rows; i++) {
                seed = unchecked(seed * 1664525u + 1013904223u);
                Pole pole = index.PoleOf(seed % (uint)index.Info.Poles);
                numbers[i] = (uint)pole.Key.Number;
                codes[i] = pole.Code;
            }
            byte[] texts = Encoding.ASCII.GetBytes(string.Concat(codes));
            var rows = new uint[Rows];
            var lat = new double[Rows];
            var lon = new double[Rows];
            Tell("parse, find, point", Rows, () => {
                for (int i = 0; i < Rows; i++) {
                    rows[i] = index.FindRow(index.Parse(codes[i]));
                    lat[i] = index.PointOf(rows[i]).LatDeg;
                }
            });
            Tell("find, point (code at hand)", Rows, () => {
                for (int i = 0; i < Rows; i++) {
                    rows[i] = index.FindRow(new PoleCode(numbers[i], 7));
                    lat[i] = index.PointOf(rows[i]).LatDeg;
                }
            });
            Tell("Find: the pole in full", 100000, () => {
                for (int i = 0; i < 100000; i++) {
                    index.Find(codes[i]);
                }
            });
            Tell("batch of numbers, a row", Rows, () => index.FindMany(
                numbers, 7, new PoleColumns { Rows = rows, LatDeg = lat, LonDeg = lon }));
            Tell("batch of texts, a row", Rows, () => index.FindMany(
                texts, 7, Rows, 7, new PoleColumns { Rows = rows, LatDeg = lat, LonDeg = lon }));
            Tell("batch of strings, a row", Rows, () => index.FindMany(
                codes, 7, new PoleColumns { Rows = rows, LatDeg = lat, LonDeg = lon }));
            var hit = new PoleHit[1];
            Tell("nearest", 100000, () => {
                for (int i = 0; i < 100000; i++) {
                    index.Nearest(new PolePoint(lat[i] + 0.0001, lon[i]), hit);
                }
            });
            Tell("resolve, the answer in full", 2000, () => {
                for (int i = 0; i < 2000; i++) {
                    index.Resolve(codes[i]);
                }
            });
        }
    }
}

// SPDX-License-Identifier: MIT
// One index in many threads: the same answers, and closing it under their feet harms nobody.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class ThreadTests
{
    private const int Threads = 6;

    private static void InThreads(Action<int> work)
    {
        var failures = new ConcurrentQueue<Exception>();
        Thread[] threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => {
            try {
                work(i);
            } catch (Exception e) {
                failures.Enqueue(e);
            }
        })).ToArray();
        foreach (Thread thread in threads) {
            thread.Start();
        }
        foreach (Thread thread in threads) {
            thread.Join();
        }
        if (!failures.IsEmpty) {
            Assert.Fail(failures.Count + " threads: " + failures.First());
        }
    }

    [Test]
    public void threads_get_the_answers_that_one_thread_gets()
    {
        Random random = Sample.Random();
        using (PoleIndex index = Sample.Open()) {
            string[] codes = Enumerable.Range(0, 60)
                                 .Select(i => Sample.AnyPole(index, random).Code).ToArray();
            string[] json = codes.Select(code => index.ResolveToJson(code)).ToArray();
            Func<string, string> second =
                code => index.Nearest(index.Find(code).At, 2)[1].ToString();
            string[] near = codes.Select(second).ToArray();
            InThreads(thread => {
                for (int i = 0; i < codes.Length; i++) {
                    int k = (i + 10 * thread) % codes.Length;
                    Assert.AreEqual(json[k], index.ResolveToJson(codes[k]));
                    Assert.AreEqual(near[k], second(codes[k]));
                }
            });
        }
    }

    [Test]
    public void disposing_while_threads_ask_ends_them_with_an_exception_and_no_crash()
    {
        for (int round = 0; round < 8; round++) {
            PoleIndex index = Sample.Open();
            int asked = 0, ended = 0;
            var far = new CountdownEvent(Threads);
            InThreads(thread => {
                var rows = new uint[5000];
                var numbers = new uint[5000];
                int turns = 0;
                try {
                    for (;;) {
                        Assert.AreEqual("红旗街", index.Find(Sample.Code).Street);
                        index.FindMany(numbers, 7, new PoleColumns { Rows = rows });
                        Assert.AreEqual(PoleMatch.Exact, index.Resolve(Sample.Code).Match);
                        Interlocked.Increment(ref asked);
                        if (++turns == 2) {
                            far.Signal();
                        }
                        if (thread == 0 && turns == 3) {
                            Assert.IsTrue(far.Wait(60000)); // all are at work
                            index.Dispose();
                        }
                    }
                } catch (ObjectDisposedException) {
                    Interlocked.Increment(ref ended);
                }
            });
            Assert.AreEqual(Threads, ended);
            Assert.GreaterOrEqual(asked, 2 * Threads);
        }
    }

    [Test]
    public void a_newer_index_takes_the_place_of_one_in_use()
    {
        PoleIndex current = Sample.Open();
        object gate = new object();
        bool stop = false;
        int reloads = 0;
        InThreads(thread => {
            if (thread == 0) {
                for (; reloads < 10; reloads++) {
                    PoleIndex next = Sample.Open(), old;
                    lock (gate) {
                        old = current;
                        current = next;
                    }
                    old.Dispose();
                }
                Volatile.Write(ref stop, true);
                return;
            }
            while (!Volatile.Read(ref stop)) {
                PoleIndex mine;
                lock (gate) {
                    mine = current.Share();
                }
                using (mine) { // a whole call with one generation
                    Pole pole = mine.Find(Sample.Code);
                    Assert.AreEqual("233", mine.StationsOf(pole)[0].Station.Id);
                    Assert.AreEqual(PoleMatch.Exact, mine.Resolve(Sample.Code).Match);
                }
            }
        });
        Assert.AreEqual(10, reloads);
        current.Dispose();
    }

    [Test]
    public void a_resolver_refuses_a_second_thread()
    {
        using (PoleIndex index = Sample.Open())
        using (Resolver resolver = index.NewResolver()) {
            int answered = 0, refused = 0;
            InThreads(thread => {
                for (int i = 0; i < 300; i++) {
                    try {
                        string code = thread % 2 == 0 ? "2334504" : "9071503";
                        Assert.AreEqual(code, resolver.Resolve(code).Settled.Pole.Code);
                        Interlocked.Increment(ref answered);
                    } catch (InvalidOperationException) {
                        Interlocked.Increment(ref refused);
                    }
                }
            });
            Assert.AreEqual(300 * Threads, answered + refused);
            Assert.Greater(answered, 0);
            Assert.AreEqual("2334504", resolver.Resolve("2334504").Settled.Pole.Code);
        }
    }

    [Test]
    public void what_nobody_disposes_is_given_back_by_the_collector()
    {
        // Each holds some 7 MB of the library's memory. Mono scans stacks conservatively, so a few
        // may stay; not most of them.
        const int Forgotten = 150;
        Forget(5);
        long before = ResidentMegabytes();
        for (int i = 0; i < Forgotten; i += 5) {
            Forget(5);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Less(ResidentMegabytes() - before, Forgotten * 7 / 2);
    }

    private static void Forget(int count)
    {
        for (int i = 0; i < count; i++) {
            Assert.AreEqual(PoleMatch.Exact, Sample.Open().Resolve(Sample.Code).Match);
        }
    }

    private static long ResidentMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:"));
        return long.Parse(new string(line.Where(char.IsDigit).ToArray())) / 1024;
    }
}

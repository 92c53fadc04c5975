// SPDX-License-Identifier: MIT
// NUnit 2's report as JUnit's: JUnit.exe FROM.xml TO.xml. No test at all is a failure.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

internal static class JUnit
{
    private static int Main(string[] arguments)
    {
        XElement[] cases = XDocument.Load(arguments[0]).Descendants("test-case").ToArray();
        var counts = new Dictionary<string, int> { { "failures", 0 }, { "errors", 0 },
                                                   { "skipped", 0 } };
        var suite = new XElement("testsuite", new XAttribute("name", "csharp"),
                                 new XAttribute("tests", cases.Length));
        foreach (XElement test in cases) {
            string name = (string)test.Attribute("name");
            var told = new XElement("testcase", new XAttribute("name", name),
                                    new XAttribute("time", (string)test.Attribute("time") ?? "0"));
            string result = (string)test.Attribute("result");
            if (result != "Success") {
                string kind = result == "Failure" ? "failure"
                              : result == "Ignored" || result == "Skipped" ? "skipped"
                                                                           : "error";
                counts[kind == "skipped" ? kind : kind + "s"]++;
                string message = string.Concat(test.Descendants("message").Select(m => m.Value));
                told.Add(new XElement(kind, new XAttribute("message", message),
                                      string.Concat(test.Descendants("stack-trace")
                                                        .Select(t => t.Value))));
                Console.Error.WriteLine(kind.ToUpperInvariant() + ": " + name + ": " + message);
            }
            suite.Add(told);
        }
        foreach (KeyValuePair<string, int> count in counts) {
            suite.SetAttributeValue(count.Key, count.Value);
        }
        new XDocument(suite).Save(arguments[1]);
        Console.WriteLine("{0} tests: {1} failures, {2} errors, {3} skipped", cases.Length,
                          counts["failures"], counts["errors"], counts["skipped"]);
        return cases.Length > 0 && counts["failures"] == 0 && counts["errors"] == 0 ? 0 : 1;
    }
}

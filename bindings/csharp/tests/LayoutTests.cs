// SPDX-License-Identifier: MIT
// The mirrored structs against the C compiler, the functions against the library: what is wrong
// here would be wrong in silence elsewhere.
using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PoleLookup;

[TestFixture]
public class LayoutTests
{
    private static readonly string[] Lines =
        File.ReadAllLines(Path.Combine(Sample.Folder, "layout.txt"));

    [Test]
    public void sizes_and_offsets_are_those_of_the_headers()
    {
        var structs = new HashSet<Type>();
        int fields = 0;
        foreach (string line in Lines) {
            string[] parts = line.Split(' ');
            Type type = typeof(PoleIndex).Assembly.GetType(parts[0], true);
            int expected = int.Parse(parts[2]);
            if (type.GetField(parts[1], All) == null) {
                Assert.AreEqual(expected, Marshal.SizeOf(type), "sizeof " + parts[1]);
                structs.Add(type);
            } else {
                Assert.AreEqual(expected, (int)Marshal.OffsetOf(type, parts[1]), line);
                fields++;
            }
        }
        Assert.GreaterOrEqual(structs.Count, 36);
        Assert.GreaterOrEqual(fields, 250);
    }

    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Test]
    public void every_struct_of_the_calls_is_among_them_and_blittable()
    {
        var listed = new HashSet<string>();
        foreach (string line in Lines) {
            listed.Add(line.Split(' ')[0]);
        }
        int seen = 0;
        foreach (MethodInfo method in Functions()) {
            foreach (ParameterInfo parameter in method.GetParameters()) {
                Type type = parameter.ParameterType;
                while (type.IsPointer) {
                    type = type.GetElementType();
                }
                Assert.IsTrue(type.IsValueType || type == typeof(void), method + ": " + type);
                if (type.IsPrimitive || type == typeof(void) || type == typeof(IntPtr) ||
                    type == typeof(UIntPtr)) {
                    continue;
                }
                Assert.IsTrue(listed.Contains(type.FullName), type.FullName);
                // Only what is blittable can be pinned.
                GCHandle.Alloc(Activator.CreateInstance(type), GCHandleType.Pinned).Free();
                seen++;
            }
        }
        Assert.GreaterOrEqual(seen, 60);
    }

    [Test]
    public void every_function_is_in_the_library()
    {
        int count = 0;
        foreach (MethodInfo method in Functions()) {
            Marshal.Prelink(method); // throws EntryPointNotFoundException
            count++;
        }
        Assert.GreaterOrEqual(count, 85);
    }

    private static IEnumerable<MethodInfo> Functions()
    {
        Type methods =
            typeof(PoleIndex).Assembly.GetType("PoleLookup.Native.NativeMethods", true);
        foreach (MethodInfo method in methods.GetMethods(All)) {
            if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0) {
                yield return method;
            }
        }
    }

    [Test]
    public void every_public_function_has_a_counterpart_or_a_reason()
    {
        var listed = new Dictionary<string, string[]>();
        foreach (string line in File.ReadAllLines(Path.Combine(Sample.Binding, "functions.tsv"))) {
            string[] parts = line.Split('\t');
            Assert.IsTrue(parts.Length == 2 || parts.Length == 3 && parts[1] == "-", line);
            listed.Add(parts[0], parts);
        }
        string sources = "";
        foreach (string file in Directory.GetFiles(Path.Combine(Sample.Binding, "src"), "*.cs",
                                                   SearchOption.AllDirectories)) {
            sources += File.ReadAllText(file);
        }
        foreach (string name in PublicFunctions()) {
            Assert.IsTrue(listed.ContainsKey(name), name + " is not in functions.tsv");
            bool called = sources.Contains(" " + name + "(");
            Assert.AreEqual(listed[name][1] != "-", called, name);
            listed.Remove(name);
        }
        CollectionAssert.IsEmpty(listed.Keys, "in no header");
    }

    private static IEnumerable<string> PublicFunctions()
    {
        var names = new SortedSet<string>();
        string folder = Path.Combine(Sample.Prefix, "include", "polelookup");
        foreach (string file in Directory.GetFiles(folder, "*.h")) {
            foreach (string part in File.ReadAllText(file).Split(new[] { "POLE_API " },
                                                                 StringSplitOptions.None)) {
                var match = System.Text.RegularExpressions.Regex.Match(
                    part, @"\A[\w \*]*?\b(pole_\w+)\(");
                if (match.Success) {
                    names.Add(match.Groups[1].Value);
                }
            }
        }
        Assert.GreaterOrEqual(names.Count, 110);
        return names;
    }

    [Test]
    public void the_library_says_its_version()
    {
        string[] version = File.ReadAllText(Path.Combine(Sample.Root, "VERSION")).Trim().Split('.');
        string[] loaded = Words.LibraryVersion.Split('.');
        Assert.AreEqual(version[0] + "." + version[1], loaded[0] + "." + loaded[1]);
    }
}

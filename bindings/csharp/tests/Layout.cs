// SPDX-License-Identifier: MIT
// Writes a C program that prints size and offsets of each struct that the library mirrors. The
// names are those of the C headers; a field that ends in _0 is the first element of an array.
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text.RegularExpressions;
using PoleLookup;

internal static class Layout
{
    private static readonly Dictionary<string, string> Values = new Dictionary<string, string> {
        { "PolePoint", "pole_point" },
        { "PoleCode", "pole_code" },
        { "PoleBox", "pole_box" },
        { "PoleHit", "pole_hit" }
    };

    private static void Main()
    {
        Console.WriteLine("#include <polelookup/polelookup.h>");
        Console.WriteLine("#include <stddef.h>\n#include <stdio.h>\nint main(void)\n{");
        foreach (Type type in typeof(PoleIndex).Assembly.GetTypes()) {
            string name = type.Name;
            if (!Values.TryGetValue(name, out name)) {
                name = type.Name;
            }
            if (!type.IsValueType || type.IsEnum || !name.StartsWith("pole_")) {
                continue;
            }
            Console.WriteLine("printf(\"{0} {1} %zu\\n\", sizeof({1}));", type.FullName, name);
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public |
                                                       BindingFlags.NonPublic)) {
                string member = Regex.Replace(field.Name, "_([0-9])$", "[$1]");
                Console.WriteLine("printf(\"{0} {1} %zu\\n\", offsetof({2}, {3}));", type.FullName,
                                  field.Name, name, member);
            }
        }
        Console.WriteLine("return 0;\n}");
    }
}

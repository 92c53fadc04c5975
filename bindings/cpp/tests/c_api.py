#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""That the C library's public headers stand in no language's way: every public function, and every
function that a public struct points to, takes a fixed number of arguments and no struct by value
above 16 bytes (what two registers hold); none is a macro or inline; no struct has bit-fields or
unions. What a compiler knows (sizes, what a macro expands to) a compiler is asked.

usage: c_api.py INCLUDE_FOLDER    or    c_api.py --self-test
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST_BYTES = 16
VISIBLE = r'__attribute__\(\(visibility\("default"\)\)\)'
CC = os.environ.get("CC", "cc")


def preprocessed(headers, include):
    text = "".join(f"#include <{name}>\n" for name in headers)
    made = subprocess.run(
        [CC, "-std=c11", "-E", "-I", include, "-x", "c", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # Only what stands in these headers, not in those of the system.
    kept, own = [], False
    for line in made.splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            own = marker.group(1).startswith(str(include))
        elif own:
            kept.append(line)
    return " ".join(" ".join(kept).split())


def functions_of(code):
    """(name, return type, parameters) of public functions and of pointers to functions."""
    for part in re.split(VISIBLE, code)[1:]:
        prototype = part[: part.index(";")].strip()
        if "{" in prototype:
            yield prototype[: prototype.index("(")].split()[-1].lstrip("*"), None, prototype
            continue
        head, _, parameters = prototype.partition("(")
        words = head.replace("*", " * ").split()
        yield words[-1], " ".join(words[:-1]), parameters.rpartition(")")[0]
    for returned, name, parameters in re.findall(
        r"([\w ]+?[\w*])\s*\(\s*\*\s*(\w+)\s*\)\s*\(([^()]*)\)", code
    ):
        yield name, returned.strip(), parameters


def by_value(declaration, with_name):
    """The type of a parameter or result that is passed by value; None for pointers and void."""
    if "*" in declaration or "[" in declaration:
        return None
    words = [w for w in declaration.split() if w not in ("const", "volatile", "extern")]
    if words[0] in ("struct", "union", "enum"):
        words = [" ".join(words[:2])] + words[2:]
    if with_name and len(words) > 1:
        words = words[:-1]
    return None if words in ([], ["void"]) else " ".join(words)


def faults_of(include):
    include = pathlib.Path(include).resolve()
    headers = sorted(
        str(p.relative_to(include)) for p in (include / "polelookup").glob("*.h")
    )
    if not headers:
        return ["no headers in " + str(include)], 0, 0
    code = preprocessed(headers, include)
    faults, types, count = [], {}, 0
    for name, returned, parameters in functions_of(code):
        count += 1
        if returned is None:
            faults.append(f"{name}: is defined in a header: no other language can call it")
            continue
        if "..." in parameters:
            faults.append(f"{name}: takes a variable number of arguments")
        for parameter in parameters.split(","):
            kind = by_value(parameter, with_name=True) if parameter.strip() else None
            if kind and "..." not in kind:
                types.setdefault(kind, name)
        kind = by_value(returned, with_name=False)
        if kind:
            types.setdefault(kind, name)
    if re.search(r"\b(static )?inline\b", code):
        faults.append("a header defines an inline function: no other language can call it")
    if re.search(r"\bunion\b", code):
        faults.append("a public type is a union")
    for name, bits in re.findall(r"\b(\w+)\s*:\s*(\d+)\s*;", code):
        faults.append(f"{name}: is a field of {bits} bits")
    for header in headers:
        text = (include / header).read_text(encoding="utf-8")
        for macro in re.findall(r"^#\s*define\s+(\w+)\(", text, re.M):
            faults.append(f"{header}: {macro} is a macro with arguments")
    faults += too_large(types, headers, include)
    return faults, count, len(types)


def too_large(types, headers, include):
    """Each type alone is compiled, so that the compiler's word is about it."""
    faults = []
    lines = "".join(f"#include <{name}>\n" for name in headers)
    asserts = {
        kind: f'_Static_assert(sizeof({kind}) <= {MOST_BYTES}, "large");\n' for kind in types
    }
    if compiles(lines + "".join(asserts.values()), include):
        return []
    for kind, function in types.items():
        if not compiles(lines + asserts[kind], include):
            faults.append(f"{function}: passes {kind} by value: above {MOST_BYTES} bytes")
    return faults


def compiles(code, include):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "a.c")
        source.write_text(code, encoding="utf-8")
        command = [CC, "-std=c11", "-fsyntax-only", "-I", str(include), str(source)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


GOOD = """
#define API __attribute__((visibility("default")))
#define MANY 7
typedef struct { double a, b; } two;
typedef struct { double a, b, c; } three;
typedef struct { two (*ask)(void *context, two given); } asker;
API int good(const three *large, two small, two *out);
"""
BAD = {
    "a variable number": "API int bad(const char *format, ...);",
    "by value: above": "API int bad(three large);",
    "three by value": "API three bad(void);",
    "of 3 bits": "typedef struct { unsigned few : 3; } bits;",
    "macro with arguments": "#define CALL(a) good(a)",
    "an inline function": "static inline int bad(void) { return 1; }",
    "is a union": "typedef union { int a; float b; } either;",
    "asks: passes three": "typedef struct { int (*asks)(three large); } callbacks;",
}


def self_test():
    wrong = 0
    for fault, line in [("", ""), *BAD.items()]:
        with tempfile.TemporaryDirectory() as folder:
            header = pathlib.Path(folder, "polelookup", "x.h")
            header.parent.mkdir()
            header.write_text(GOOD + line + "\n", encoding="utf-8")
            faults = faults_of(folder)[0]
        seen = any(fault in f for f in faults) if fault else not faults
        if not seen:
            wrong += 1
            print(f"not seen: {fault or 'that nothing is wrong'}: {faults}")
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    faults, functions, types = faults_of(sys.argv[1])
    print("\n".join(faults))
    print(f"{functions} functions, {types} types passed by value, {len(faults)} faults")
    sys.exit(1 if faults or functions < 100 else 0)


if __name__ == "__main__":
    main()

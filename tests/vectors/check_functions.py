#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public C function has its counterpart in every binding, or a reason why it has none:

    check_functions.py SOURCE

SOURCE/bindings/NAME/functions.tsv has a line for each function of SOURCE/include/polelookup/*.h:
its name, a tab, the counterpart in that language; or its name, a tab, "-", a tab and the reason.
The counterpart's last identifier must occur in the binding's sources, tests and pages aside. Lines
that are empty or begin with "#" are skipped. Also checks, first, that it sees faults at all."""
import pathlib
import re
import sys
import tempfile

DECLARED = re.compile(r"^POLE_API\s[^;{]*?\b(pole_\w+)\s*\(", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SOURCES = {
    *(".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".java", ".js", ".mjs", ".cjs", ".ts", ".mts"),
    *(".py", ".pyi", ".sql", ".in"),
}
NOT_SOURCES = {"tests", "test", "example", "examples", "node_modules", "build", "target", "docs"}


def public_functions(headers):
    """name: header, of all POLE_API functions."""
    found = {}
    for header in sorted(headers.glob("*.h")):
        text = COMMENT.sub(" ", header.read_text(encoding="utf-8"))
        for name in DECLARED.findall(text):
            found[name] = header.name
    return found


def identifiers(folder):
    """All words of the binding's own sources."""
    words = set()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        # Maven keeps its sources under src/main, and what it tests under src/test.
        if NOT_SOURCES & set(parts[:-1]) or path.suffix not in SOURCES or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        words |= set(re.findall(r"[A-Za-z_$][\w$]*", text))
    return words


def faults(folder, functions):
    """What is wrong with one binding's list, a line each."""
    name = folder.name
    table = folder / "functions.tsv"
    if not table.is_file():
        return [f"{name}: has no functions.tsv"]
    words, seen, out = identifiers(folder), {}, []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{name}/functions.tsv:{number}"
        cells = line.split("\t")
        function = cells[0]
        if function not in functions:
            out.append(f"{where}: {function!r} is no function of the headers")
            continue
        if function in seen:
            out.append(f"{where}: {function} stands in line {seen[function]} already")
        seen[function] = number
        if len(cells) < 2 or not cells[1].strip():
            out.append(f"{where}: {function} has neither counterpart nor reason")
        elif cells[1].strip() == "-":
            if len(cells) < 3 or len(cells[2].strip()) < 8:
                out.append(f"{where}: {function} has no counterpart, and no reason for it")
        else:
            last = (re.findall(r"[A-Za-z_$][\w$]*", cells[1]) or [""])[-1]
            if last not in words:
                out.append(f"{where}: {last!r}, for {function}, is not in the binding's sources")
    out += [
        f"{name}/functions.tsv: {function} ({header}) is missing"
        for function, header in functions.items()
        if function not in seen
    ]
    return out


def check_itself():
    """Every kind of fault, made and seen."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "include").mkdir()
        (root / "include/a.h").write_text(
            "/* POLE_API void pole_comment(void); */\n"
            "POLE_API pole_status pole_one(const char *a,\n                  int b);\n"
            "POLE_API const char *pole_two(void);\n"
        )
        functions = public_functions(root / "include")
        assert sorted(functions) == ["pole_one", "pole_two"], functions
        binding = root / "bindings" / "x"
        (binding / "tests").mkdir(parents=True)
        assert len(faults(binding, functions)) == 1
        (binding / "x.py").write_text("def one(): pass\n")
        (binding / "tests/t.py").write_text("def two(): pass\n")
        for table, count in (
            ("pole_one\tIndex.one()\npole_two\t-\tthe language does that\n", 0),
            ("pole_one\tIndex.one\n", 1),
            ("pole_one\tone\npole_one\tone\npole_two\tone\n", 1),
            ("pole_one\tone\npole_two\ttwo\n", 1),
            ("pole_one\tone\npole_two\t-\n", 1),
            ("pole_one\tone\npole_two\t\n", 1),
            ("pole_one\tone\npole_two\tone\npole_three\tone\n", 1),
        ):
            (binding / "functions.tsv").write_text(table)
            assert len(faults(binding, functions)) == count, (table, faults(binding, functions))


def main():
    check_itself()
    source = pathlib.Path(sys.argv[1])
    functions = public_functions(source / "include" / "polelookup")
    folders = sorted(p for p in (source / "bindings").iterdir() if p.is_dir())
    wrong = [fault for folder in folders for fault in faults(folder, functions)]
    print(*wrong, sep="\n")
    names = ", ".join(folder.name for folder in folders)
    print(f"{len(functions)} functions, {len(folders)} bindings ({names}): {len(wrong)} faults")
    return 1 if wrong or not functions or not folders else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the C# library by mcs into a folder and runs its tests on Mono by NUnit.
#     run.sh packages            what it needs of Debian
#     run.sh run FOLDER PREFIX   the tests; reports in FOLDER/reports
#     run.sh bench FOLDER PREFIX what a call and a row cost, beside C
set -euo pipefail

usage() {
    sed -n '3,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
}

if [[ ${1:-} == packages && $# == 1 ]]; then
    cat <<'END'
mono-mcs:mcs
mono-runtime:mono
libmono-system-core4.0-cil:/usr/lib/mono/4.5/System.Core.dll
libmono-system-xml-linq4.0-cil:/usr/lib/mono/4.5/System.Xml.Linq.dll
nunit-console:nunit-console
libnunit-framework2.6.3-cil:/usr/lib/cli/nunit.framework-2.6.3/nunit.framework.dll
libnewtonsoft-json5.0-cil:/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll
gcc:gcc
END
    exit 0
fi
[[ $# == 3 ]] || usage
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$2/reports" "$2/home"
out=$(cd "$2" && pwd)
prefix=$(cd "$3" && pwd)
library=$(find "$prefix" -name 'libpolelookup.so.0' -print -quit)
[[ -n $library ]] || {
    echo "no libpolelookup.so.0 under $prefix" >&2
    exit 1
}
libraries=$(dirname "$library")
# As the package without headers has it: by its versioned name alone.
mkdir -p "$out/runtime"
ln -sf "$library" "$out/runtime/libpolelookup.so.0"
export LD_LIBRARY_PATH="$out/runtime${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export HOME="$out/home" # Mono looks there, and needs nothing from it
export LC_ALL=C.UTF-8
export POLE_FOLDER="$out" POLE_PREFIX="$prefix" POLE_BINDING="$here"
nunit=/usr/lib/cli/nunit.framework-2.6.3/nunit.framework.dll
newtonsoft=/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll

compile() { # kind output argument...
    local kind=$1 name=$2
    shift 2
    mcs -langversion:7.2 -warn:4 -warnaserror -optimize+ -debug "-target:$kind" \
        "-out:$out/$name" "$@"
}

c_program() { # source output
    gcc -std=gnu11 -O2 -I"$prefix/include" "$1" -o "$2" -L"$libraries" -lpolelookup \
        "-Wl,-rpath,$libraries"
}

compile library PoleLookup.dll -unsafe "-doc:$out/PoleLookup.xml" -nowarn:1591 \
    -recurse:"$here/src/*.cs"
cp "$here/src/PoleLookup.dll.config" "$out/"

if [[ $1 == bench ]]; then
    compile exe Bench.exe -r:"$out/PoleLookup.dll" "$here/bench/Bench.cs"
    c_program "$here/bench/bench.c" "$out/bench"
    index=$prefix/share/polelookup/sample.plx
    echo "C:"
    "$out/bench" "$index"
    echo "C# on $(mono --version | head -n 1 | cut -d' ' -f1-5):"
    mono "$out/Bench.exe" "$index"
    exit 0
fi
[[ $1 == run ]] || usage

# What the C compiler says of each struct that is mirrored, for LayoutTests.
compile exe Layout.exe "$here/tests/Layout.cs" -r:"$out/PoleLookup.dll"
mono "$out/Layout.exe" >"$out/layout.c"
c_program "$out/layout.c" "$out/layout"
"$out/layout" >"$out/layout.txt"

compile exe Desk.exe -r:"$out/PoleLookup.dll" "$here/example/Desk.cs"
cp -f "$nunit" "$newtonsoft" "$out/"
compile library PoleLookup.Tests.dll -r:"$out/PoleLookup.dll" -r:"$nunit" -r:"$newtonsoft" \
    "$here"/tests/*Tests.cs "$here/tests/Sample.cs" "$here/tests/VectorCase.cs"
compile exe JUnit.exe -r:System.Xml.dll -r:System.Xml.Linq.dll "$here/tests/JUnit.cs"

if command -v dotnet >/dev/null; then
    echo "NOT TRIED: dotnet is here, and src/PoleLookup.csproj was not built with it." >&2
else
    echo "NOT TRIED: there is no dotnet here. src/PoleLookup.csproj was not built, and nothing" \
        "was run on .NET: all below is Mono." >&2
fi

status=0
rm -f "$out/nunit.xml" "$out/reports/csharp.xml"
(cd "$out" && nunit-console -nologo -labels -noshadow -domain=Single -process=Single \
    "-result=$out/nunit.xml" PoleLookup.Tests.dll) || status=$?
mono "$out/JUnit.exe" "$out/nunit.xml" "$out/reports/csharp.xml" || status=1
exit "$status"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Tests the C++ binding beside an installed library.
# usage: run.sh packages                what it needs of Debian
#        run.sh run FOLDER PREFIX       builds in FOLDER; reports go to FOLDER/reports
#        run.sh bench FOLDER PREFIX     prints what a call costs, through the header and in C
# The headers are the sources' own; POLELOOKUP_VECTORS names another folder of vectors.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source=$(cd "$here/../.." && pwd)
step=${1:-}

if [[ $step == packages ]]; then
    printf '%s\n' g++:g++ clang:clang++ libgtest-dev:/usr/include/gtest/gtest.h \
        nlohmann-json3-dev:/usr/include/nlohmann/json.hpp pkg-config:pkg-config python3:python3 \
        cmake:cmake ninja-build:ninja
    exit
fi
if [[ ($step != run && $step != bench) || $# -ne 3 ]]; then
    sed -n '4,6s/^# //p' "$0" >&2
    exit 2
fi
mkdir -p "$2"
folder=$(cd "$2" && pwd)
prefix=$(cd "$3" && pwd)
libdir=$(dirname "$(find "$prefix" -name libpolelookup.so -print -quit)")
export PKG_CONFIG_PATH=$libdir/pkgconfig LD_LIBRARY_PATH=$libdir PYTHONDONTWRITEBYTECODE=1
export POLELOOKUP_TEST_SAMPLE=$prefix/share/polelookup/sample.plx
export POLELOOKUP_TEST_GOLDEN=$source/tests/golden/format-1.0.plx
export POLELOOKUP_TEST_VECTORS=${POLELOOKUP_VECTORS:-$source/tests/vectors}
warnings=(-Wall -Wextra -Wconversion -Werror)
include=(-I"$here/include" -I"$prefix/include")
library=(-L"$libdir" -lpolelookup)

if [[ $step == bench ]]; then
    for compiler in g++ clang++; do
        "$compiler" -std=c++17 -O2 "${warnings[@]}" "${include[@]}" "$here/bench/find.cpp" \
            -o "$folder/find-$compiler" "${library[@]}"
        echo "$("$compiler" --version | head -n 1), -O2"
        "$folder/find-$compiler" "$POLELOOKUP_TEST_SAMPLE"
    done
    exit
fi

mkdir -p "$folder/reports"
rm -f "$folder"/reports/*.xml
failed=0
cases=()
# Runs one check and keeps its outcome for the report.
check() { # name command...
    local name=$1 log=$folder/log
    shift
    if "$@" >"$log" 2>&1; then
        echo "passed: $name"
        cases+=("<testcase name=\"$name\" classname=\"checks\"/>")
    else
        tail -n 40 "$log"
        echo "FAILED: $name"
        failed=$((failed + 1))
        cases+=("<testcase name=\"$name\" classname=\"checks\"><failure/></testcase>")
    fi
}

# The tests by one compiler and standard; the report counts each.
build_tests() { # name compiler flag...
    local name=$1 compiler=$2 test objects=()
    shift 2
    mkdir -p "$folder/$name"
    for test in test_index test_answer test_bulk vectors; do
        "$compiler" "${warnings[@]}" "$@" "${include[@]}" -c "$here/tests/$test.cpp" \
            -o "$folder/$name/$test.o" || return 1
        objects+=("$folder/$name/$test.o")
    done
    "$compiler" "$@" "${objects[@]}" -o "$folder/$name/tests" "${library[@]}" \
        -lgtest_main -lgtest -pthread
}

run_tests() { # name
    local report=$folder/reports/$1.xml
    "$folder/$1/tests" --gtest_brief=1 --gtest_output="xml:$report" || failed=$((failed + 1))
    grep -q '<testsuites' "$report" || {
        echo "FAILED: $1 left no report"
        failed=$((failed + 1))
    }
}

# Each header compiles alone, in two units of one program.
headers_alone() { # compiler standard
    local header
    for header in "$here"/include/polelookup/*.hpp; do
        printf '#include <polelookup/%s>\n#include <polelookup/%s>\n' "${header##*/}" \
            "${header##*/}" |
            "$1" -std="$2" "${warnings[@]}" "${include[@]}" -fsyntax-only -x c++ - || return 1
    done
    {
        printf '#include <polelookup/polelookup.hpp>\n'
        printf 'int other() { return polelookup::version().empty(); }\n'
    } >"$folder/other.cpp"
    "$1" -std="$2" "${include[@]}" "$here/example/lookup.cpp" "$folder/other.cpp" \
        -o "$folder/two-units" "${library[@]}"
}

# The README, typed in a clean folder: its program, and the lines behind each "$ " as printed.
readme() {
    local work=$folder/readme
    rm -rf "$work"
    mkdir -p "$work"
    cp "$POLELOOKUP_TEST_SAMPLE" "$work/sample.plx"
    cp -r "$prefix/include" "$work/headers" # an install holds both
    cp "$here"/include/polelookup/*.hpp "$work/headers/polelookup/"
    awk '/^```cpp lookup.cpp/ { on = 1; next } /^```/ { on = 0 } on' "$here/README.md" \
        >"$work/lookup.cpp"
    awk '/^```console/ { on = 1; next } /^```/ { on = 0 } on' "$here/README.md" >"$work/expected"
    [[ -s $work/lookup.cpp && -s $work/expected ]]
    # As in the sources' example, but for what heads that file.
    diff "$work/lookup.cpp" <(sed '1,/^$/{/^\/\//d}' "$here/example/lookup.cpp")
    local line
    (
        cd "$work"
        export CPLUS_INCLUDE_PATH=$work/headers
        while IFS= read -r line; do
            if [[ $line == '$ '* ]]; then
                printf '%s\n' "$line"
                eval "${line#'$ '}" </dev/null
            fi
        done <expected
    ) >"$work/printed"
    diff "$work/expected" "$work/printed"
}

# A session of the desk, as it stands in the transcript: lines that begin with "> " are typed.
desk() {
    local transcript=$here/tests/desk.txt
    g++ -std=c++17 "${warnings[@]}" "${include[@]}" "$here/example/desk.cpp" -o "$folder/desk" \
        "${library[@]}"
    sed -n 's/^> //p' "$transcript" | "$folder/desk" "$POLELOOKUP_TEST_SAMPLE" >"$folder/desk.out"
    diff <(awk '/^# / { next } /^> / { printf "> "; next } { print }' "$transcript") "$folder/desk.out"
    if "$folder/desk" /no/such/index </dev/null; then
        return 1
    fi
}

# The target polelookup::cpp in a project around the sources, which brings all that it needs.
cmake_target() {
    local work=$folder/cmake
    rm -rf "$work"
    mkdir -p "$work"
    cat >"$work/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.22)
project(desk LANGUAGES CXX)
list(APPEND CMAKE_PREFIX_PATH "$prefix")
find_package(polelookup REQUIRED)
if(NOT TARGET polelookup::cpp) # an install from before the C++ headers
  add_library(polelookup ALIAS polelookup::polelookup)
  include(GNUInstallDirs)
  add_subdirectory("$here" cpp)
endif()
add_executable(desk "$here/example/desk.cpp")
target_link_libraries(desk PRIVATE polelookup::cpp)
END
    cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_CXX_COMPILER=g++ &&
        cmake --build "$work/build" && echo quit | "$work/build/desk" "$POLELOOKUP_TEST_SAMPLE"
}

# Every public function of C is in functions.tsv, and is called by the header it is said to be in.
functions_listed() {
    local name bad=0
    cat "$prefix"/include/polelookup/*.h | tr '\n' ' ' | grep -oP 'POLE_API [^;(]*?\bpole_\w+(?=\()' |
        grep -oP 'pole_\w+$' | LC_ALL=C sort -u >"$folder/functions"
    diff "$folder/functions" <(grep -v '^#' "$here/functions.tsv" | cut -f 1 | LC_ALL=C sort)
    while IFS= read -r name; do
        grep -qE "::$name\\b" "$here"/include/polelookup/*.hpp || {
            echo "$name: no header calls it"
            bad=1
        }
    done <"$folder/functions"
    return "$bad"
}

run_in_order() { # function; errexit holds in it
    bash -euo pipefail -c "$(declare -p here source folder prefix warnings include library)
$(declare -f "$1"); $1"
}

check "the checker of the C headers sees faults" python3 "$here/tests/c_api.py" --self-test
check "the C headers stand in no language's way" python3 "$here/tests/c_api.py" "$prefix/include"
check "every C function has its counterpart" run_in_order functions_listed
check "headers alone, g++ c++17" headers_alone g++ c++17
check "headers alone, clang++ c++20" headers_alone clang++ c++20
check "the README as printed" run_in_order readme
check "a session at the desk" run_in_order desk
check "the CMake target" run_in_order cmake_target
if [[ ! -d $POLELOOKUP_TEST_VECTORS ]]; then
    echo "SKIPPED: the vectors: there is no folder $POLELOOKUP_TEST_VECTORS"
fi
while read -r name compiler flags; do
    # shellcheck disable=SC2086 # a list of words
    check "$name: compiles" build_tests "$name" "$compiler" $flags
    if [[ -x $folder/$name/tests ]]; then
        run_tests "$name"
    fi
done <<'END'
gcc-c++17 g++ -std=c++17 -O1
gcc-c++20 g++ -std=c++20 -O1
clang-c++17 clang++ -std=c++17 -O1
clang-c++20 clang++ -std=c++20 -O1
gcc-asan g++ -std=c++17 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
END

{
    bad=$(printf '%s\n' "${cases[@]}" | grep -c '<failure/>' || true)
    printf '<?xml version="1.0"?>\n'
    printf '<testsuite name="cpp checks" tests="%d" failures="%d" errors="0" skipped="0">\n' \
        "${#cases[@]}" "$bad"
    printf '%s\n' "${cases[@]}" '</testsuite>'
} >"$folder/reports/checks.xml"
((failed == 0))

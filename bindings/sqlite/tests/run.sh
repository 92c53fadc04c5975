#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds and tests the SQLite extension:
#   run.sh packages              Debian packages that this needs, each with what shows that it is there
#   run.sh bench FOLDER PREFIX   prints what a call costs
#   run.sh run FOLDER PREFIX     builds into FOLDER against the polelookup installed in PREFIX, runs
#                                all tests, leaves JUnit reports in FOLDER/reports
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PYTHONDONTWRITEBYTECODE=1

packages() {
    cat <<'END'
libsqlite3-dev:/usr/include/sqlite3ext.h
sqlite3:sqlite3
make:make
pkg-config:pkg-config
libdeflate-dev:/usr/include/libdeflate.h
python3-minimal:/usr/bin/python3
python3-venv:/usr/lib/python3.11/ensurepip
valgrind:valgrind
clang:clang
END
}

# A Python whose sqlite3 may load extensions; Debian's may.
find_python() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import sqlite3
sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

# The newest SQLite that the registry of Python packages has, as a module like sqlite3.
newest_sqlite() { # folder
    [[ -x $1/venv/bin/python ]] || /usr/bin/python3 -m venv "$1/venv" >&2 || return 1
    "$1/venv/bin/python" -c 'import pysqlite3' 2>/dev/null ||
        "$1/venv/bin/python" -m pip -q --disable-pip-version-check install --only-binary :all: \
            pysqlite3-binary >&2
}

build() { # folder prefix make-option...
    local folder=$1 prefix=$2
    shift 2
    mkdir -p "$folder"
    make -s -C "$here" PREFIX="$prefix" BUILD="$folder" "$@"
}

# shellcheck disable=SC2034 # the loop's words are names of files
run() { # folder prefix
    local folder=$1 prefix=$2 python status=0
    local all=(test_codes test_places test_resolve test_generations test_hostile test_vectors
        test_functions test_shell)
    mkdir -p "$folder/reports"
    build "$folder/gcc" "$prefix"
    if command -v clang >/dev/null; then
        build "$folder/clang" "$prefix" CC=clang
    fi
    export POLELOOKUP_PREFIX=$prefix POLELOOKUP_EXTENSION=$folder/gcc/polelookup.so

    if ! python=$(find_python); then
        echo "No test was run: no Python here may load extensions into" \
            "SQLite (Debian's /usr/bin/python3 may)."
        return 1
    fi
    echo "== in SQLite $("$python" -c 'import sqlite3; print(sqlite3.sqlite_version)')"
    "$python" "$here/tests/junit.py" "$folder/reports/debian.xml" "${all[@]}" || status=1

    if newest_sqlite "$folder"; then
        echo "== in SQLite $("$folder/venv/bin/python" -c 'import pysqlite3
print(pysqlite3.sqlite_version)')"
        POLELOOKUP_MODULE=pysqlite3 "$folder/venv/bin/python" "$here/tests/junit.py" \
            "$folder/reports/newest.xml" "${all[@]}" || status=1
    else
        echo "SKIPPED: the newest SQLite: no registry of Python packages has pysqlite3-binary."
    fi

    echo "== with AddressSanitizer and UndefinedBehaviorSanitizer"
    build "$folder/asan" "$prefix" LDFLAGS="-fsanitize=address,undefined" \
        CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
    POLELOOKUP_EXTENSION=$folder/asan/polelookup.so ASAN_OPTIONS=detect_leaks=0 \
        LD_PRELOAD="$(cc -print-file-name=libasan.so) $(cc -print-file-name=libubsan.so)" \
        "$python" "$here/tests/junit.py" "$folder/reports/asan.xml" \
        test_codes test_places test_resolve test_generations.Reload test_hostile || status=1

    if command -v valgrind >/dev/null; then
        echo "== memory that is not given back, by valgrind"
        valgrind_run "$folder" "$prefix" || status=1
    else
        echo "SKIPPED: valgrind is not here."
    fi
    return "$status"
}

# The example, with reloads and failures, in the shell of SQLite.
valgrind_run() { # folder prefix
    local lost=0 name=reports/valgrind.xml failure=''
    {
        printf '.load %s/gcc/polelookup\n' "$1"
        printf ".param set :index \"'%s'\"\n" "$2/share/polelookup/sample.plx"
        cat "$here/tests/leaks.sql"
    } >"$1/leaks.sql"
    valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 \
        sqlite3 :memory: <"$1/leaks.sql" >"$1/leaks.out" 2>"$1/leaks.err" || lost=$?
    if ((lost == 99)) || ! grep -q '^the end$' "$1/leaks.out"; then
        tail -n 40 "$1/leaks.err"
        failure='<failure message="see leaks.err"/>'
    fi
    cat >"$1/$name" <<END
<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="sqlite" tests="1" failures="${failure:+1}${failure:-0}" errors="0" skipped="0">
  <testcase name="valgrind">$failure</testcase>
</testsuite>
END
    if [[ -n $failure ]]; then
        sed -i 's/failures="1[^"]*"/failures="1"/' "$1/$name"
        return 1
    fi
}

case ${1:-} in
packages) packages ;;
bench)
    folder=$(mkdir -p "$2" && cd "$2" && pwd)
    build "$folder/gcc" "$3"
    "$(find_python)" "$here/bench/bench.py" "$folder/gcc/polelookup.so" "$3"
    ;;
run) run "$(mkdir -p "$2" && cd "$2" && pwd)" "$(cd "$3" && pwd)" ;;
*)
    echo "usage: run.sh packages | run FOLDER PREFIX | bench FOLDER PREFIX" >&2
    exit 2
    ;;
esac

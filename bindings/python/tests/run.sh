#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# One step of testing the Python package, in a virtual environment in FOLDER.
# usage: run.sh environment|wheel|types|tests|spark FOLDER [COMMAND INDEX]
#        run.sh bench FOLDER PREFIX
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
step=$1
folder=$2
python=$folder/venv/bin/python
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# 75: the packages cannot be had, since no registry answers.
environment() {
    local wanted=$source/bindings/python/tests/requirements.txt
    if cmp -s "$wanted" "$folder/installed.txt"; then
        return
    fi
    rm -rf "$folder/venv"
    mkdir -p "$folder"
    python3 -m venv "$folder/venv"
    if ! "$python" -m pip install -q -r "$wanted"; then
        "$python" -m pip index versions pip >/dev/null 2>&1 || exit 75
        exit 1
    fi
    cp "$wanted" "$folder/installed.txt"
}

# A source distribution, and the wheel from nothing but that, in an empty folder.
wheel() {
    local empty
    rm -rf "$folder/dist"
    "$python" -m build -q --no-isolation --sdist -o "$folder/dist" "$source/bindings/python"
    empty=$(mktemp -d)
    tar -xf "$folder"/dist/polelookup-*.tar.gz -C "$empty"
    (cd "$empty"/polelookup-* && "$python" -m build -q --no-isolation --wheel -o "$folder/dist")
    rm -rf "$empty"
    ls "$folder"/dist/polelookup-*-cp311-abi3-linux_*.whl
    "$python" -m zipfile -l "$folder"/dist/polelookup-*.whl | grep licenses/THIRD-PARTY.md
    "$python" -m pip install -q --force-reinstall --no-deps "$folder"/dist/polelookup-*.whl
}

# The package by mypy --strict, then its stubs against the extension as it is.
types() {
    cd "$source/bindings/python"
    "$python" -m mypy --cache-dir "$folder/mypy"
    cd "$folder"
    MYPY_CACHE_DIR=$folder/mypy "$python" -m mypy.stubtest polelookup._core
}

run_pytest() { # report, then pytest's arguments
    local report=$1
    shift
    # Where no package of the sources can be taken for the installed one.
    cd "$source/bindings/python/tests"
    "$python" -m pytest -p no:cacheprovider -q --junitxml "$folder/$report.xml" "$@"
}

export POLELOOKUP_COMMAND=${3:-} POLELOOKUP_TEST_INDEX=${4:-}
case $step in
environment) environment ;;
wheel) wheel ;;
types) types ;;
bench) "$python" "$source/bindings/python/bench.py" "$3" ;;
tests) run_pytest tests test_index.py test_lookup.py test_space.py test_threads.py test_vectors.py \
    test_arrow.py test_duckdb.py test_geo.py test_package.py test_readme.py ;;
spark) run_pytest spark test_spark.py ;;
*) exit 2 ;;
esac

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What the binding costs beside the same work in C: run.sh PREFIX JAR [ROWS]. JAVA: another java
# than the one in the path.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
prefix=$1
jar=$2
rows=${3:-1000000}
java=${JAVA:-java}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
access=()
if "$java" -XX:+UnlockDiagnosticVMOptions --enable-native-access=ALL-UNNAMED -version \
    >/dev/null 2>&1; then
    access=(--enable-native-access=ALL-UNNAMED)
fi
static=$(find "$prefix"/lib* -name libpolelookup.a | head -n 1)
"${CC:-cc}" -std=c11 -O2 -D_POSIX_C_SOURCE=200809L -I"$prefix/include" "$here/loop.c" \
    "$static" -ldeflate -lm -pthread -o "$folder/loop"
index=$prefix/share/polelookup/sample.plx
"$folder/loop" "$index" "$rows" |
    "$java" "${access[@]}" -Xmx1g -cp "$jar" "$here/Bench.java" "$index" "$rows"

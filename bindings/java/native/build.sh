#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Builds the native part: build.sh PREFIX FOLDER [JAVA_HOME]. PREFIX: where polelookup is installed.
# FOLDER is what the jar takes in: the library is under it by the name that Java looks for. It holds
# all of polelookup and libdeflate, and needs the C library alone.
set -euo pipefail

prefix=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
java_home=${3:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}}
case $(uname -m) in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
    *) machine=$(uname -m) ;;
esac
static=$(find "$prefix"/lib* -name libpolelookup.a | head -n 1)
if [[ -z $static ]]; then
    echo "build.sh: no libpolelookup.a under $prefix" >&2
    exit 1
fi
deflate=$("${CC:-cc}" -print-file-name=libdeflate.a)
[[ $deflate == /* ]] || deflate=-ldeflate

out=$folder/polelookup/native/linux-$machine
mkdir -p "$out"
"${CC:-cc}" -std=c11 -O2 -fPIC -shared -fvisibility=hidden -D_POSIX_C_SOURCE=200809L \
    -Wall -Wextra -Wshadow -Wconversion -Werror \
    -ffp-contract=off -I"$prefix/include" -I"$java_home/include" -I"$java_home/include/linux" \
    "$here"/*.c "$static" "$deflate" -lm -pthread \
    -Wl,--exclude-libs,ALL -Wl,-Bsymbolic -Wl,-z,defs -Wl,-z,noexecstack -Wl,-s \
    -o "$out/libpolelookup_java.so.new"
mv "$out/libpolelookup_java.so.new" "$out/libpolelookup_java.so"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The same files and SOURCE_DATE_EPOCH give the same index to the byte, and the same answers:
# whatever the compiler and its flags, the locale, the time zone, the current folder, the files'
# folder and times. The same rows have the same content id in whatever order and in however many
# files they come. Two agencies, or one agency and its auditor, can so check each other's index.
#
# usage: reproducible.sh SOURCE WORK        builds the core three times in WORK
set -euo pipefail

source=$1 work=$2
unset CFLAGS CXXFLAGS LDFLAGS LD_LIBRARY_PATH LC_ALL LANG TZ POLELOOKUP_INDEX
export SOURCE_DATE_EPOCH=1214784000

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

same() { # what one another
    cmp "$2" "$3" || fail "$1: not the same bytes"
    echo "the same bytes: $1"
}

compile() { # name compiler flags option...
    local folder=$work/$1
    cmake -S "$source" -B "$folder" -G Ninja -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE=None \
        -DCMAKE_C_FLAGS="$3" -DPOLELOOKUP_WITH_GEO=OFF -DPOLELOOKUP_BUILD_TESTS=OFF \
        -DPOLELOOKUP_INSTALL=OFF -DPOLELOOKUP_WERROR=OFF "${@:4}" >/dev/null
    ninja -C "$folder" -j2 polelookup_command >/dev/null
    echo "built: $2 $3"
}

# Builds the city's tables, or those in another folder, with the command of one build.
build() { # build index folder option...
    "$work/$1/bin/polelookup" build -q --sample --poles "$3/poles.csv" \
        --stations "$3/stations.csv" --areas "$3/areas.geojson" -o "$2" "${@:4}"
}

id_of() { # index
    "$work/plain/bin/polelookup" info --json "$1" | grep -o '"id":"[0-9a-f]*"'
}

# One answer of each kind for places and codes all over the city.
answers() { # build index
    local command=$work/$1/bin/polelookup
    sed -n '2~700s/,.*//p' "$work/tables/poles.csv" |
        "$command" --json -i "$2" - || (($? == 3))
    for lat in 45.68 45.74 45.80; do
        for lon in 126.53 126.64 126.75; do
            "$command" near --json -k 9 -i "$2" "$lat,$lon"
            "$command" station --json -k 5 -i "$2" "$lat,$lon"
        done
    done
    "$command" within --json -i "$2" --bbox 45.75,126.60,45.76,126.61
    "$command" --lang zh -i "$2" 1234567
}

rm -rf "$work"
mkdir -p "$work/tables" "$work/elsewhere/in a folder" "$work/split"
compile plain gcc -O0 -DPOLELOOKUP_WITH_LIBDEFLATE=OFF
compile native gcc "-O3 -march=native"
compile clang clang -O2
(cd "$work/tables" && cmake -E tar xf "$source/data/city/city.tar.xz")
reference=$work/plain.plx
build plain "$reference" "$work/tables"
answers plain "$reference" >"$work/plain.answers"
[[ $(wc -l <"$work/plain.answers") -gt 300 ]] || fail "hardly any answer"

for name in native clang; do
    build "$name" "$work/$name.plx" "$work/tables"
    same "compiled as $name" "$reference" "$work/$name.plx"
    answers "$name" "$work/$name.plx" >"$work/$name.answers"
    same "answers of $name" "$work/plain.answers" "$work/$name.answers"
done

# Where and when.
for zone in Asia/Shanghai America/St_Johns; do
    TZ=$zone build native "$work/zone.plx" "$work/tables"
    same "in the time zone $zone" "$reference" "$work/zone.plx"
done
cp "$work/tables"/* "$work/elsewhere/in a folder"
touch -d '2001-02-03 04:05' "$work/elsewhere/in a folder"/*
(cd "$work/elsewhere" && build native ../elsewhere.plx "in a folder")
same "files of another folder, by a relative path, of another age" "$reference" \
    "$work/elsewhere.plx"
(umask 077 && build native "$work/umask.plx" "$work/tables")
same "under another umask" "$reference" "$work/umask.plx"
# Without SOURCE_DATE_EPOCH the files' own times are told, and nothing else.
touch -d '2008-06-30 00:00:00Z' "$work/tables"/*
(unset SOURCE_DATE_EPOCH && build native "$work/times.plx" "$work/tables")
same "by the files' times" "$reference" "$work/times.plx"

# The command never sets a locale; a host does, and what it calls must not heed it.
mkdir "$work/locale"
localedef -i de_DE -f UTF-8 "$work/locale/de_DE.UTF-8" ||
    fail "no locale with a decimal comma can be made: install the package locales"
gcc -o "$work/host" "$source/tests/install/locale_host.c" -I "$source/include" \
    -L "$work/native/lib" -lpolelookup "-Wl,-rpath,$work/native/lib"
LC_ALL=C "$work/host" . "$work/host-c.plx" "$work/tables" >"$work/host-c.answers"
LOCPATH=$work/locale LC_ALL=de_DE.UTF-8 "$work/host" , "$work/host-de.plx" "$work/tables" \
    >"$work/host-de.answers"
same "built by a host" "$reference" "$work/host-c.plx"
same "built by a host with decimal commas" "$reference" "$work/host-de.plx"
same "answers of a host with decimal commas" "$work/host-c.answers" "$work/host-de.answers"

# Order and number of files: another provenance, the same content.
cp "$work/tables/areas.geojson" "$work/split"
for table in poles stations; do
    head -n 1 "$work/tables/$table.csv" >"$work/split/$table.csv"
    tail -n +2 "$work/tables/$table.csv" | tac >>"$work/split/$table.csv"
done
build native "$work/turned.plx" "$work/split"
cmp -s "$reference" "$work/turned.plx" && fail "rows turned around leave no trace in provenance"
[[ $(id_of "$work/turned.plx") == $(id_of "$reference") ]] || fail "rows turned around: another id"
echo "the same content id: rows turned around"
parts=()
for part in 1 2 3 4 5; do
    head -n 1 "$work/tables/poles.csv" >"$work/split/part$part.csv"
    sed -n "1d;$((part + 1))~5p" "$work/tables/poles.csv" >>"$work/split/part$part.csv"
    parts+=(--poles "$work/split/part$part.csv")
done
head -n 1 "$work/tables/poles.csv" >"$work/split/poles.csv"
build native "$work/parts.plx" "$work/split" "${parts[@]}"
[[ $(id_of "$work/parts.plx") == $(id_of "$reference") ]] || fail "five files: another id"
echo "the same content id: five files dealt out like cards"

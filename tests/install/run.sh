#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# One step of the install test, run by ctest. Each builds and runs a project of a user in
# WORK, from what an install left in WORK/prefix, and never touches the system.
#
# usage: run.sh STEP SOURCE BUILD WORK      environment: CMAKE, CC, CXX, GEO (geo, or empty)
set -euo pipefail

step=$1 source=$2 build=$3 work=$4
prefix=$work/prefix
example=$source/examples/lookup.c
sample=$prefix/share/polelookup/sample.plx
manifest=$build/install_manifest.txt
unset DESTDIR CFLAGS CXXFLAGS LDFLAGS LD_LIBRARY_PATH PKG_CONFIG_PATH POLELOOKUP_INDEX
export CC CXX

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# The list of a real install, which `uninstall` goes by, is not ours to overwrite.
keep_manifest() {
    if [[ -e $manifest ]]; then
        cp "$manifest" "$work/manifest.kept"
        trap 'mv "$work/manifest.kept" "$manifest"' EXIT
    else
        trap 'rm -f "$manifest"' EXIT
    fi
}

answers() { # program...
    local answer
    answer=$("$@" "$sample" 1234567) || fail "$* ended with $?"
    grep -q '^exact *heard 1234567$' <<<"$answer" || fail "$* said: $answer"
    echo "answers: $*"
}

build_consumer() { # folder cmake-argument...
    local folder=$work/$1 program
    shift
    rm -rf "$folder"
    "$CMAKE" -S "$source/tests/install/consumer" -B "$folder" -G Ninja -DEXAMPLE="$example" "$@"
    "$CMAKE" --build "$folder"
    for program in "$folder"/{c,cpp}_polelookup{,_static} "$folder"/hpp; do
        answers "$program"
    done
    if readelf -d "$folder/c_polelookup_static" | grep NEEDED | grep polelookup; then
        fail "the program with the static library needs the shared one"
    fi
}

case $step in
install)
    rm -rf "$work"
    mkdir -p "$work"
    keep_manifest
    "$CMAKE" --install "$build" --prefix "$prefix"
    for file in bin/polelookup include/polelookup/polelookup.h share/polelookup/sample.plx \
        share/man/man1/polelookup.1 share/doc/polelookup/LICENSE; do
        [[ -s $prefix/$file ]] || fail "not installed: $file"
    done
    ;;

command) # from its new place, in an empty environment, and after the tree is moved
    rm -rf "$work/moved"
    cp -a "$prefix" "$work/moved"
    for bin in "$prefix/bin/polelookup" "$work/moved/bin/polelookup"; do
        answer=$(env -i "$bin" --json 1234567) || fail "$bin ended with $?"
        grep -q '"code": *"1234567"' <<<"$answer" || fail "$bin said: $answer"
        if [[ -n $GEO ]]; then
            env -i "$bin" --json --crs EPSG:4530 1234567 | grep -q '"crs": *"EPSG:4530"' ||
                fail "$bin does not find the adapters"
        fi
    done
    ;;

find_package)
    build_consumer find_package -DCMAKE_PREFIX_PATH="$prefix" -DGEO="$GEO"
    if [[ -n $GEO ]]; then
        [[ $("$work/find_package/geo") == "42549781.5 5070720.9" ]] || fail "the adapters are wrong"
    fi
    ;;

pkg_config)
    libdir=$(dirname "$(find "$prefix" -name polelookup.pc)")
    export PKG_CONFIG_PATH=$libdir
    for package in polelookup ${GEO:+polelookup_geo}; do
        pkg-config --validate "$package"
        [[ $(pkg-config --modversion "$package") == "$(<"$source/VERSION")" ]] ||
            fail "$package has another version"
    done
    mkdir -p "$work/pkg_config"
    cd "$work/pkg_config"
    read -ra flags <<<"$(pkg-config --cflags --libs polelookup)"
    "$CC" -std=c11 "$example" "${flags[@]}" -o shared -Wl,-rpath,"${libdir%/pkgconfig}"
    answers ./shared
    "$CXX" -x c++ "$example" -x none "${flags[@]}" -o shared_cpp \
        -Wl,-rpath,"${libdir%/pkgconfig}"
    answers ./shared_cpp
    read -ra flags <<<"$(pkg-config --static --cflags --libs polelookup)"
    "$CC" -static "$example" "${flags[@]}" -o static # no dynamic loader at all
    answers ./static
    if [[ -n $GEO ]]; then
        read -ra flags <<<"$(pkg-config --cflags --libs polelookup_geo)"
        "$CC" "$source/tests/install/consumer/geo.c" "${flags[@]}" -o geo \
            -Wl,-rpath,"${libdir%/pkgconfig}"
        [[ $(./geo) == "42549781.5 5070720.9" ]] || fail "the adapters are wrong"
    fi
    ;;

subproject)
    build_consumer subproject -DSUBPROJECT="$source" -DPOLELOOKUP_WITH_GEO=OFF
    if grep -F '"command"' "$work/subproject/compile_commands.json" | grep '/consumer\|lookup.cpp' |
        grep -F -e -Werror -e -Wconversion -e -ffp-contract -e _POSIX_C_SOURCE; then
        fail "flags of polelookup reach the project around it"
    fi
    ;;

folders) # an absolute library folder, DESTDIR, and uninstall from there
    rm -rf "$work/folders"
    export DESTDIR=$work/folders/root
    "$CMAKE" -S "$source" -B "$work/folders/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_INSTALL_PREFIX=/opt/pole -DCMAKE_INSTALL_LIBDIR=/opt/lib64/pole \
        -DPOLELOOKUP_BUILD_TESTS=OFF -DPOLELOOKUP_BUILD_TOOLS=OFF -DPOLELOOKUP_WITH_GEO=OFF
    "$CMAKE" --build "$work/folders/build"
    "$CMAKE" --install "$work/folders/build"
    [[ -e $DESTDIR/opt/lib64/pole/libpolelookup.so.0 ]] || fail "the library is elsewhere"
    found=$(PKG_CONFIG_PATH=$DESTDIR/opt/lib64/pole/pkgconfig pkg-config \
        --variable=libdir polelookup)
    [[ $found == /opt/lib64/pole ]] || fail "polelookup.pc says libdir=$found"
    touch "$DESTDIR/opt/pole/include/foreign.h"
    "$CMAKE" --build "$work/folders/build" --target uninstall
    left=$(cd "$DESTDIR" && find . ! -type d)
    [[ $left == ./opt/pole/include/foreign.h ]] || fail "uninstall left: $left"
    [[ ! -e $DESTDIR/opt/pole/include/polelookup ]] || fail "uninstall left an empty folder"
    ;;

uninstall)
    keep_manifest
    gone=$work/gone/polelookup # a name that its own folders have too
    rm -rf "$gone"
    "$CMAKE" --install "$build" --prefix "$gone"
    [[ -x $gone/bin/polelookup ]] || fail "nothing was installed"
    "$CMAKE" -P "$build/package/uninstall.cmake"
    [[ -d $gone/bin ]] || fail "uninstall removed a folder that is not its own"
    left=$(find "$gone" ! -type d)
    [[ -z $left ]] || fail "uninstall left: $left"
    left=$(find "$gone" -mindepth 1 -name polelookup)
    [[ -z $left ]] || fail "uninstall left the folder $left"
    ;;

*)
    fail "no such step: $step"
    ;;
esac

# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Sourced by quickstart and test: what they need of Debian, installed only where it is missing.

# shellcheck disable=SC2034 # the lists are for who sources this
# One line a need: the package, and the command or file that shows it is there.
packages_to_build='
    cmake:cmake
    ninja-build:ninja
    gcc:gcc
    libc6-dev:/usr/include/stdio.h
    pkg-config:pkg-config
    libdeflate-dev:/usr/include/libdeflate.h
    libxxhash-dev:/usr/include/xxhash.h
    libgeos-dev:/usr/include/geos_c.h
    libproj-dev:/usr/include/proj.h
'
# shellcheck disable=SC2034
packages_to_test='
    g++:g++
    check:/usr/include/check.h
    clang:clang
    libclang-rt-14-dev:/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux
    clang-format:clang-format
    clang-tidy:clang-tidy
    cppcheck:cppcheck
    shellcheck:shellcheck
    mandoc:mandoc
    python3:python3
    python3-numpy:/usr/lib/python3/dist-packages/numpy
    python3-pyproj:/usr/lib/python3/dist-packages/pyproj
    python3-shapely:/usr/lib/python3/dist-packages/shapely
    valgrind:valgrind
    libc6-dbg:/usr/lib/debug/.build-id
    abigail-tools:abidw
    libgdal-dev:/usr/include/gdal/gdal.h
    chromium:chromium
'

say() {
    printf '\n== %s\n' "$*"
}

is_there() {
    case $1 in
    /*) [[ -e $1 ]] ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

cannot_install() { # reason package...
    local reason=$1
    shift
    {
        printf '\n%s: %s.\n' "$0" "$reason"
        printf 'These packages are needed and not installed:\n    %s\n' "$*"
        printf 'Install them, as root on Debian by\n    apt-get update && apt-get install %s\n' "$*"
        printf 'and start %s again.\n' "$0"
    } >&2
    exit 1
}

install_missing() { # need...
    local need log missing=() as_root=()
    for need in "$@"; do
        is_there "${need#*:}" || missing+=("${need%%:*}")
    done
    if ((${#missing[@]} == 0)); then
        echo "All packages are here."
        return
    fi
    command -v apt-get >/dev/null ||
        cannot_install "this system has no apt-get" "${missing[@]}"
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            cannot_install "installing packages needs root, and there is no sudo" "${missing[@]}"
        as_root=(sudo)
        if [[ ! -t 0 ]]; then
            as_root=(sudo -n) # nobody is there to type a password
        fi
        "${as_root[@]}" true ||
            cannot_install "installing packages needs root, and sudo refused" "${missing[@]}"
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=30)
    echo "Installing: ${missing[*]}"
    # A source of packages that cannot be reached is not fatal by itself: another may have them all.
    "${as_root[@]}" update </dev/null || true
    log=$(mktemp)
    if ! "${as_root[@]}" --no-install-recommends -o Dpkg::Use-Pty=0 install "${missing[@]}" \
        </dev/null >"$log" 2>&1; then
        tail -n 3 "$log" >&2
        rm -f "$log"
        cannot_install "apt-get could not install them (no network?)" "${missing[@]}"
    fi
    rm -f "$log"
}

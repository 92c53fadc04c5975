#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the extension in a folder of its own, and tests it on a server that it starts: unprivileged,
# in a temporary folder, on a Unix socket only. Nothing is written to the system's PostgreSQL: the
# server runs from a copy of it, into which the extension is installed.
#     run.sh packages              what it needs of Debian
#     run.sh run FOLDER PREFIX     all tests; reports in FOLDER/reports
#     run.sh bench FOLDER PREFIX   the measurements of the README
#     run.sh shell FOLDER PREFIX   psql on such a server
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(dirname "$here")
version=15
installed=/usr/lib/postgresql/$version
python=/usr/bin/python3

if [[ ${1-} == packages ]]; then
    cat <<END
make:make
postgresql-$version:$installed/bin/postgres
postgresql-server-dev-$version:$installed/lib/pgxs/src/makefiles/pgxs.mk
postgresql-$version-postgis-3:/usr/share/postgresql/$version/extension/postgis.control
python3-psycopg2:/usr/lib/python3/dist-packages/psycopg2
END
    exit 0
fi
if (($# != 3)) || [[ $1 != run && $1 != bench && $1 != shell ]]; then
    sed -n '3,9s/^# *//p' "${BASH_SOURCE[0]}" >&2
    exit 2
fi
task=$1
mkdir -p "$2/reports" "$2/build"
folder=$(cd "$2" && pwd)
prefix=$(cd "$3" && pwd)

# A path of a Unix socket has at most 107 bytes, and the server's user must reach it.
temporary=$(mktemp -d /tmp/polelookup-pg.XXXXXX)
chmod 755 "$temporary"
server=$temporary/root$installed
export PGHOST=$temporary/socket PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
export LC_ALL=C.UTF-8 PGCLIENTENCODING=UTF8 PGTZ=UTC PGDATESTYLE=ISO PATH=$server/bin:$PATH

# PostgreSQL refuses root.
unprivileged=()
if ((EUID == 0)); then
    user=nobody
    getent passwd postgres >/dev/null && user=postgres
    unprivileged=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups env HOME=/nonexistent)
fi

# shellcheck disable=SC2317 # called by the trap
stop() {
    if [[ -e $temporary/data/postmaster.pid ]]; then
        "${unprivileged[@]}" "$server/bin/pg_ctl" -D "$temporary/data" -m immediate -s stop || true
    fi
    rm -rf "$temporary"
}
trap stop EXIT

build() {
    make -C "$folder/build" -f "$source/Makefile" "PREFIX=$prefix" \
        "PG_CONFIG=$installed/bin/pg_config" "$@"
}

# The library is linked in: an older one must not stay.
build clean >/dev/null
build COPT=-Werror all
build "DESTDIR=$temporary/root" install >/dev/null

# Programs find their folders from where they lie, symbolic links followed: these are copied.
share=$temporary/root/usr/share/postgresql
cp -r "$installed/bin" "$server/"
cp -rsn "$installed/lib" "$server/"
cp -rsn "/usr/share/postgresql/$version" "$share/"
mkdir "$temporary/data" "$temporary/socket" "$temporary/index"
chmod 700 "$temporary/data" "$temporary/socket"
cp "$prefix/share/polelookup/sample.plx" "$temporary/index/city.plx"
chmod 644 "$temporary/index/city.plx"
if ((EUID == 0)); then
    chown "$user:" "$temporary/data" "$temporary/socket"
fi

cd "$temporary"
"${unprivileged[@]}" "$server/bin/initdb" -D "$temporary/data" -U postgres --auth=trust \
    --locale=C.UTF-8 --encoding=UTF8 --no-sync >"$folder/initdb.log"
cat >>"$temporary/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$temporary/socket'
fsync = off
timezone = 'UTC'
polelookup.index = '$temporary/index/city.plx'
END
"${unprivileged[@]}" "$server/bin/pg_ctl" -D "$temporary/data" -l "$temporary/data/server.log" \
    -w -s start

export POLELOOKUP_TEST_INDEX=$temporary/index POLELOOKUP_PREFIX=$prefix
case $task in
shell)
    createdb sample
    psql -q -d sample -c 'CREATE EXTENSION polelookup'
    psql -d sample
    exit
    ;;
bench)
    "$python" "$here/bench.py"
    exit
    ;;
esac

status=0
rm -f "$folder"/reports/*.xml
tests=(lookup resolve near privileges functions)
if [[ -e $server/../../../share/postgresql/$version/extension/postgis.control ]]; then
    tests+=(postgis)
else
    echo "SKIPPED: polelookup_postgis: PostGIS is not installed."
fi
build installcheck "REGRESS=${tests[*]}" "bindir=$server/bin" >"$folder/regress.log" 2>&1 || status=1
cat "$folder/regress.log"
[[ ! -s $folder/build/regression.diffs ]] || cat "$folder/build/regression.diffs"
"$python" "$here/report.py" regress "$folder/regress.log" "$folder/reports/regress.xml" || status=1
for part in sessions vectors contract; do
    "$python" "$here/test_$part.py" "$folder/reports/$part.xml" || status=1
done
if ((status != 0)); then
    tail -n 40 "$temporary/data/server.log"
fi
exit "$status"

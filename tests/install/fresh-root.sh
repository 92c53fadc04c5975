#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The two commands of the README in an empty Debian 12 with nothing but git: run on request, as
# root, with network; takes a quarter of an hour or more, and some 4 GB below ROOT.
#
# usage: fresh-root.sh ROOT [COMMAND...]      COMMAND: quickstart, test (both, when none is named)
#
# ROOT must not exist: it is made by debootstrap, the committed state of this repository is cloned
# into it, and the commands run there by chroot, without a terminal. It is left for a look around.
set -euo pipefail

if (($# < 1)) || ((EUID != 0)) || [[ -e $1 ]]; then
    echo "usage, as root: fresh-root.sh ROOT [COMMAND...], where ROOT does not exist yet" >&2
    exit 2
fi
# The mounts below are this process's alone and go with it, however it ends: what is left of ROOT
# can then be deleted without reaching the machine's own /dev.
if [[ ${FRESH_ROOT_NAMESPACE-} != own ]]; then
    FRESH_ROOT_NAMESPACE=own exec unshare --mount --propagation private "$0" "$@"
fi
root=$(realpath -m "$1")
shift
commands=("$@")
((${#commands[@]} > 0)) || commands=(quickstart test)
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

debootstrap --variant=minbase --include=ca-certificates,git bookworm "$root" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"

# The way to the packages is this machine's: its mirror settings, proxy, names and certificates.
cp /etc/resolv.conf "$root/etc/resolv.conf"
for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy*; do
    [[ ! -e $file ]] || cp "$file" "$root$file"
done
cp -a /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"

mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"

git clone --quiet --no-hardlinks "$source" "$root/root/polelookup"
for command in "${commands[@]}"; do
    for time in first second; do
        echo "== fresh root: tools/$command, $time time"
        begin=$SECONDS
        env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
            chroot "$root" "/root/polelookup/tools/$command" </dev/null
        echo "== fresh root: tools/$command, $time time: $((SECONDS - begin)) s"
    done
done

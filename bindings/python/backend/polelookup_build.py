# SPDX-License-Identifier: MIT
"""scikit-build-core, and the core's C sources put into a source distribution, so that a wheel can
be built from that alone. Nothing is written beside what was asked for."""

import gzip
import io
import pathlib
import tarfile

from scikit_build_core.build import *  # noqa: F401,F403
from scikit_build_core import build as _build

import polelookup_core


def build_sdist(sdist_directory, config_settings=None):
    name = _build.build_sdist(sdist_directory, config_settings)
    core = polelookup_core.root(pathlib.Path.cwd())
    if core.name != "core":
        _add(pathlib.Path(sdist_directory) / name, core)
    return name


def _add(archive, core):
    folder = archive.name[:-len(".tar.gz")]
    raw = io.BytesIO()
    with tarfile.open(archive) as old, tarfile.open(fileobj=raw, mode="w") as new:
        members = old.getmembers()
        epoch = max(member.mtime for member in members)
        for member in members:
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
        for name, path in polelookup_core.files(core):
            content = path.read_bytes()
            member = tarfile.TarInfo(f"{folder}/core/{name}")
            member.size, member.mtime, member.mode = len(content), epoch, 0o644
            new.addfile(member, io.BytesIO(content))
    with open(archive, "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0,
                                                   filename="") as packed:
        packed.write(raw.getvalue())

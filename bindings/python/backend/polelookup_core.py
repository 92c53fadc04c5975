# SPDX-License-Identifier: MIT
"""Where the core stands, and which of its files a build needs."""

import pathlib

PARTS = ["CMakeLists.txt", "VERSION", "LICENSE", "THIRD-PARTY.md", "cmake", "include", "lib",
         "data/channel", "data/words"]


def root(here: pathlib.Path) -> pathlib.Path:
    """The core's folder, for a package that lies in `here`."""
    inside = here / "core"
    return inside if inside.is_dir() else here.parent.parent


def files(core: pathlib.Path):
    """(name, path) of the files, in order."""
    for part in PARTS:
        path = core / part
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(core).as_posix(), file

# SPDX-License-Identifier: MIT
"""The version for scikit-build-core: it stands in the file VERSION of the core, and there alone."""

import pathlib

import polelookup_core


def dynamic_metadata(field, settings):
    if field != "version" or settings:
        raise RuntimeError("only the version, without settings, is given")
    return (polelookup_core.root(pathlib.Path.cwd()) / "VERSION").read_text().strip()

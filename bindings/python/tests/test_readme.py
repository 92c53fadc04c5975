# SPDX-License-Identifier: MIT
"""What README.md and docs/python.md show is what a reader gets who types it."""

import doctest
import importlib.util
import shutil

import pytest

from conftest import ROOT


@pytest.mark.parametrize("page", ["bindings/python/README.md", "docs/python.md"])
def test_the_examples_give_what_is_printed(page, index_path, tmp_path, monkeypatch):
    if page == "docs/python.md" and importlib.util.find_spec("geopandas") is None:
        pytest.skip("SKIPPED: geopandas is not installed")
    shutil.copyfile(index_path, tmp_path / "sample.plx")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert failed == 0 and tried > 15

# SPDX-License-Identifier: MIT
"""What README.md shows is what a reader gets who types it."""

import doctest
import shutil

from conftest import ROOT


def test_the_examples_give_what_is_printed(index_path, tmp_path, monkeypatch):
    shutil.copyfile(index_path, tmp_path / "sample.plx")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(ROOT / "bindings" / "python" / "README.md"),
                                     module_relative=False, encoding="utf-8")
    assert failed == 0 and tried > 15

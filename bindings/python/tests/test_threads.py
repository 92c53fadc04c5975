# SPDX-License-Identifier: MIT
"""One index in many threads and processes, while it is closed and reloaded."""

import os
import shutil
import sys
import threading
import traceback

import numpy
import pyarrow
import pytest

import polelookup
from conftest import SMALL

SPOKEN = "二三三四五零四"


def run(workers):
    """Runs functions in threads; raises what one raised."""
    failed = []

    def guarded(work):
        try:
            work()
        except BaseException:  # noqa: BLE001
            failed.append(traceback.format_exc())

    threads = [threading.Thread(target=guarded, args=(work,)) for work in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]


def in_child(work):
    """The exit code of a child process that does the work: 0 when it gives a true value."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def all_of(index):
    """An answer of every kind."""
    codes = numpy.array(["2334504", "2334502", "9999999"], dtype="S7")
    return (index["2334504"].to_dict(), index.resolve(SPOKEN).to_dict(),
            index.between("2334504", "2334502").to_dict(), index.lookup_many(codes).to_dict(),
            [hit.pole.code for hit in index.near(45.68, 126.63)],
            pyarrow.table(index.match(pyarrow.chunked_array([["2334504", SPOKEN]]))).to_pylist())


def test_threads_share_an_index(index):
    expected = all_of(index)

    def ask():
        for _ in range(30):
            assert all_of(index) == expected

    run([ask] * 4)


def test_threads_share_an_index_while_it_is_closed(index_path):
    index = polelookup.open(index_path)
    expected = index.resolve(SPOKEN)
    begun = threading.Barrier(5)

    def ask():
        begun.wait()
        try:
            while True:
                assert index.resolve(SPOKEN) == expected
        except ValueError:
            assert index.closed

    def close():
        begun.wait()
        index.close()

    run([ask] * 4 + [close])


def test_threads_share_one_answer(index):
    """Its parts are read when they are first asked for, by whichever thread."""
    for _ in range(20):
        answer, expected = index.resolve("233450"), index.resolve("233450").to_dict()

        def read(answer=answer, expected=expected):
            assert answer.to_dict() == expected
            assert [one.code for one in answer.candidates] == [
                one["code"] for one in expected["candidates"]]
            assert answer.question.kind == expected["question"]["kind"]

        run([read] * 4)


def test_both_sides_of_a_fork_go_on_with_it(index):
    expected = all_of(index)
    assert in_child(lambda: all_of(index) == expected) == 0
    assert in_child(lambda: all_of(index) != expected) == 1
    assert all_of(index) == expected


def test_a_fork_while_other_threads_ask(index_path):
    """The child goes on, closes and reloads what its parent's threads were using."""
    index = polelookup.open(index_path)
    expected = index.resolve(SPOKEN)
    stop, begun = threading.Event(), threading.Barrier(4)

    def ask():
        begun.wait()
        while not stop.is_set():
            assert index.resolve(SPOKEN) == expected

    def child():
        same = index.resolve(SPOKEN) == expected and index.reload() is False
        index.close()
        return same

    def fork():
        begun.wait()
        try:
            for _ in range(10):
                assert in_child(child) == 0
        finally:
            stop.set()

    run([ask] * 3 + [fork])
    assert index.resolve(SPOKEN) == expected


def test_reload_takes_the_new_file_and_old_answers_stay(index_path, build, tmp_path):
    path = tmp_path / "now.plx"
    shutil.copyfile(index_path, path)
    with polelookup.open(path) as index:
        old, pole, answer, found = (index.snapshot(), index["2334504"], index.resolve("2334504"),
                                    index.lookup_many(["2334504"]))
        expected = pole.to_dict(), answer.to_dict(), found.to_dict(), pole.station
        assert index.reload() is False
        os.replace(build(SMALL), path)
        assert "2334504" in index
        assert index.reload() is True
        assert "2334504" not in index and index["1234565"].street == "通江街"
        assert len(index) == 19 and len(old) == 115900 and not index.sample
        assert (pole.to_dict(), answer.to_dict(), found.to_dict(), pole.station) == expected
        assert found.poles() == [pole] and old["2334504"] == pole and pole.sample
        assert found.station_ids() == ["233"]
        # Rows of the two are not mixed up.
        assert old.pole_at(0) != index.pole_at(0)
        path.write_bytes(b"half a file")
        with pytest.raises(polelookup.Error) as caught:
            index.reload()
        assert caught.value.name == "not_an_index" and index["1234565"].street == "通江街"
        os.remove(path)
        with pytest.raises(polelookup.Error):
            index.reload()
        assert len(index) == 19
    with pytest.raises(ValueError):
        polelookup.open_bytes(build(SMALL).read_bytes()).reload()


def test_rows_near_many_points_are_of_the_index_that_was_asked(index_path, build, tmp_path):
    path = tmp_path / "now.plx"
    shutil.copyfile(index_path, path)
    with polelookup.open(path) as index:
        hits = index.near(45.7690, 126.6162, k=3)
        many = index.near_many([45.7690], [126.6162], k=3)
        os.replace(build(SMALL), path)
        assert index.reload() is True and index.near(45.7690, 126.6162, k=3) != hits
        assert [many.index.pole_at(row) for row in many.row.tolist()] == [hit.pole for hit in hits]
        assert many.hits(0) == hits and many.sample and not index.sample
    assert many.hits(0) == hits


def test_an_answer_is_of_one_index_while_others_reload(index_path, build, tmp_path):
    path, other, spare = tmp_path / "now.plx", build(SMALL), tmp_path / "spare.plx"
    shutil.copyfile(index_path, path)
    stop = threading.Event()
    with polelookup.open(path) as index:
        big = index.resolve("1234565").to_dict()
        with polelookup.open(other) as second:
            small = second.resolve("1234565").to_dict()
        assert big != small
        seen = set()

        def ask():
            while not stop.is_set() or len(seen) < 2:
                answer = index.resolve("1234565").to_dict()
                assert answer in (big, small)
                seen.add(answer["index"]["id"])

        def reload():
            try:
                for i in range(40):
                    shutil.copyfile(index_path if i % 2 else other, spare)
                    os.replace(spare, path)
                    assert index.reload() is True
            finally:
                stop.set()

        run([ask] * 2 + [reload])


def seen_while(work):
    """Whether another thread ran while this work was going on. With a switch interval of an hour,
    only who lets go of the interpreter's lock lets others run."""
    begun, done, seen = threading.Event(), [], []

    def other():
        begun.set()
        work()
        done.append(True)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    try:
        thread = threading.Thread(target=other)
        thread.start()
        begun.wait()
        seen.append(bool(done))
        thread.join()
    finally:
        sys.setswitchinterval(interval)
    return seen == [False]


def test_others_run_while_it_works(index):
    numbers = numpy.arange(3_000_000, dtype="uint32")
    texts = ["2334504"] * 300_000

    def often(work):
        return lambda: [work() for _ in range(300)]

    for work in (lambda: index.match(pyarrow.array([SPOKEN, "233450?"] * 2000)),
                 lambda: index.lookup_many(numbers, digits=7), lambda: index.lookup_many(texts),
                 index.verify, often(lambda: index.resolve("1234567?", limit=100)),
                 often(index.reload), often(lambda: index.within(45.7, 126.6, 2_000.0)),
                 often(lambda: index.between("2334504", "2334510"))):
        assert seen_while(work)


def test_a_list_that_changes_meanwhile_is_read_to_its_end(index):
    """Other threads may change a list while the codes of one part of it are looked up."""
    codes = ["2334504", "2334502"] * 100_000
    stop = threading.Event()

    def change():
        while not stop.is_set():
            for i in range(0, len(codes), 1000):
                codes[i] = f"{i % 10_000_000:07d}"

    def shrink():
        while not stop.is_set():
            saved = codes[150_000:]
            del codes[150_000:]
            codes.extend(saved)

    def ask(may_fail):
        try:
            for _ in range(5):
                try:
                    assert len(index.lookup_many(codes)) in (150_000, 200_000)
                except IndexError:
                    assert may_fail
        finally:
            stop.set()

    run([change, lambda: ask(False)])
    stop.clear()
    run([shrink, lambda: ask(True)])

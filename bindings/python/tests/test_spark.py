# SPDX-License-Identifier: MIT
"""A log by Apache Spark, on a master and two workers of two processes: row for row what the command
answers, and the index opened once in each Python process."""

import os
import pathlib
import shutil
import sys

import pytest

pytest.importorskip("pyspark")
pytest.importorskip("pandas")
if not shutil.which("java"):
    pytest.skip("there is no Java", allow_module_level=True)

import pyarrow  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import polelookup  # noqa: E402
import polelookup.spark  # noqa: E402
from conftest import ADDED, CODES, added_of, rows_like  # noqa: E402

COUNT = 3000


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Two workers of one core each, every executor a process of its own with Python beside it."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["SPARK_WORKER_DIR"] = str(tmp_path_factory.mktemp("worker"))
    session = (SparkSession.builder.master("local-cluster[2,1,1024]").appName("polelookup")
               .config("spark.ui.enabled", "false")
               .config("spark.driver.host", "127.0.0.1")
               .config("spark.driver.bindAddress", "127.0.0.1")
               .config("spark.local.dir", str(tmp_path_factory.mktemp("local")))
               .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
               .config("spark.sql.shuffle.partitions", "4")
               .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
               .config("spark.ui.showConsoleProgress", "false")
               .getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def log():
    return {"call": list(range(COUNT)), "code": rows_like(CODES, COUNT),
            "hint_lat": [None if i % 50 else 45.6765 for i in range(COUNT)],
            "hint_lon": [None if i % 50 else 126.6275 for i in range(COUNT)],
            "street": ["红旗街" if i % 70 == 0 else None for i in range(COUNT)]}


@pytest.fixture(scope="module")
def calls(spark, log):
    schema = "call long, code string, hint_lat double, hint_lon double, street string"
    rows = list(zip(*log.values(), strict=True))
    return spark.createDataFrame(rows, schema).repartition(6, "call").persist()


def test_rows_are_those_of_the_command(calls, log, command, index_path, tmp_path):
    expected = command.geocode(tmp_path, log)
    matched = polelookup.spark.geocode(calls, index_path)
    assert matched.columns == [*log, *ADDED]
    rows = [row.asDict() for row in matched.orderBy("call").collect()]
    assert {name: [row[name] for row in rows] for name in log} == log
    assert added_of(rows) == expected


def test_an_index_is_opened_once_in_each_of_several_processes(calls, spark, index_path):
    """The work of geocode(), and after each batch what its process has opened so far."""
    with polelookup.open(index_path) as index:
        place = polelookup.spark._ship(spark, index_path, index.id)

    def tell(batches):
        for batch in polelookup.spark._matched(batches, place, {"column": "code"}):
            opened = polelookup.spark._opened.cache_info()
            yield pyarrow.record_batch({"pid": [os.getpid()], "opened": [opened.misses],
                                        "asked": [opened.hits], "rows": [batch.num_rows]})

    told = calls.mapInArrow(tell, "pid long, opened long, asked long, rows long")
    found = told.collect() + told.collect()
    assert sum(row.rows for row in found) == 2 * COUNT
    assert len({row.pid for row in found}) >= 2, "one process did it all"
    assert {row.opened for row in found} == {1}
    assert max(row.asked for row in found) > 0, "no process had a second task"


def test_options_reach_the_workers(calls, log, index_path):
    matched = polelookup.spark.geocode(calls.select("call", "code"), index_path, best_guess=True,
                                       columns=["match_status", "match_code", "match_warnings"])
    assert matched.columns == ["call", "code", "match_status", "match_code", "match_warnings"]
    with polelookup.open(index_path) as index:
        expected = pyarrow.table(index.match(
            pyarrow.array(log["code"]), best_guess=True,
            columns=["match_status", "match_code", "match_warnings"])).to_pylist()
    rows = [row.asDict() for row in matched.orderBy("call").drop("call", "code").collect()]
    assert rows == expected


def test_a_file_that_all_workers_have_is_read_in_place(calls, index_path, tmp_path):
    path = tmp_path / "everywhere.plx"
    shutil.copyfile(index_path, path)
    matched = polelookup.spark.geocode(calls, path, ship=False)
    assert matched.filter("match_status = 'exact'").count() > COUNT / 10


def test_another_index_on_a_worker_is_never_used(calls, index_path, tmp_path):
    """The file was rebuilt between the plan and the work."""
    path = tmp_path / "rebuilt.plx"
    shutil.copyfile(index_path, path)
    matched = polelookup.spark.geocode(calls, path, ship=False)
    golden = pathlib.Path(__file__).parents[3] / "tests" / "golden" / "format-1.0.plx"
    shutil.copyfile(golden, path)
    with pytest.raises(Exception, match="is another index on this worker"):
        matched.count()


def test_a_rebuilt_index_is_shipped_anew(spark, index_path, tmp_path):
    """Under the same path, as a nightly build leaves it."""
    path = tmp_path / "nightly.plx"
    golden = pathlib.Path(__file__).parents[3] / "tests" / "golden" / "format-1.0.plx"
    codes = spark.createDataFrame([("1234567",), ("2334504",)], "code string")
    for source in (golden, index_path):
        shutil.copyfile(source, path)
        with polelookup.open(path) as index:
            expected = pyarrow.table(index.match(pyarrow.array(["1234567", "2334504"]),
                                                 best_guess=True)).to_pylist()
        rows = polelookup.spark.geocode(codes, path, best_guess=True).drop("code").collect()
        assert [row.asDict() for row in rows] == expected


def test_mistakes_are_told_before_any_work(calls, index_path):
    with pytest.raises(polelookup.Error, match="no field has a name"):
        polelookup.spark.geocode(calls.drop("code"), index_path)
    with pytest.raises(polelookup.Error, match="lat"):
        polelookup.spark.geocode(calls, index_path, columns=["lat"])
    with pytest.raises(ValueError, match="letter case"):
        polelookup.spark.geocode(calls.withColumnRenamed("call", "Match_Code"), index_path)
    with pytest.raises(polelookup.Error):
        polelookup.spark.geocode(calls, index_path + ".absent")


def test_a_name_that_is_there_gets_a_suffix(calls, index_path):
    matched = polelookup.spark.geocode(calls.withColumnRenamed("call", "match_code"), index_path)
    assert matched.columns[0] == "match_code" and "match_code_2" in matched.columns
    assert matched.filter("match_code_2 is not null").count() > 0

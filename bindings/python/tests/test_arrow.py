# SPDX-License-Identifier: MIT
"""Whole tables by Arrow, from and to pyarrow, Polars and DuckDB: the rows of the command, in
memory that is shared, not copied."""

import subprocess
import sys

import duckdb
import polars
import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

import polelookup
from conftest import ADDED, CODES, NUMBERS, added_of, rows_like


def read(matched):
    """The rows of what match() or geocode() made."""
    return pyarrow.table(matched).to_pylist()


@pytest.fixture(scope="module")
def log():
    """A log with evidence of every kind in some rows."""
    count = 400
    return {
        "call": [f"{i}" for i in range(count)],
        "灯杆号": rows_like(CODES, count),
        "hint_lat": [None if i % 3 else 45.6765 + i / 9000 for i in range(count)],
        "hint_lon": [None if i % 3 else 126.6275 - i / 9000 for i in range(count)],
        "hint_radius_m": [[None, 300, 1000][i % 3] for i in range(count)],
        "hint_level": [0.68 if i % 4 == 0 else None for i in range(count)],
        "hint_crs": ["gcj02" if i % 9 == 0 else None for i in range(count)],
        "street": ["红旗街" if i % 5 == 0 else "没有这条街" if i % 11 == 0 else None
                   for i in range(count)],
        "district": ["南岗" if i % 8 == 0 else None for i in range(count)],
        "also": ["2334502" if i % 10 == 0 else None for i in range(count)],
    }


@pytest.fixture(scope="module")
def expected(command, log, tmp_path_factory):
    return command.geocode(tmp_path_factory.mktemp("geocode"), log)


def test_a_row_is_what_the_answer_to_its_code_says(index):
    codes = rows_like(CODES, 300)
    for code, row in zip(codes, read(index.match(pyarrow.array(codes))), strict=True):
        answer = index.resolve(code or "", limit=1).to_dict()
        assert row["match_status"] == answer["status"], code
        assert row["match_warnings"] == (";".join(
            warning["code"] for warning in answer["warnings"]) or None), code
        if answer["status"] in ("exact", "corrected"):
            first = answer["candidates"][0]
            [station] = [one for one in first["stations"] if one["chosen"]]
            assert row["match_code"] == first["code"]
            assert (row["match_lat"], row["match_lon"]) == (first["lat"], first["lon"])
            assert row["match_street"] == first["street"]
            assert row["match_confidence"] == pytest.approx(first["confidence"], abs=1.5e-4)
            assert row["station_id"] == station["id"] and row["station_name"] == station["name"]
            assert row["station_role"] == station["role"]
            assert row["station_distance_m"] == station["distance_m"]
        elif answer["status"] != "interpolated":
            assert [row[name] for name in ("match_code", "match_lat", "station_id")] == [None] * 3


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(),
                                  pyarrow.dictionary(pyarrow.int16(), pyarrow.string()),
                                  pyarrow.dictionary(pyarrow.uint32(), pyarrow.large_string())])
def test_text_of_every_kind_is_what_the_command_reads(index, log, expected, kind):
    table = pyarrow.table(log)
    codes = pyarrow.array(log["灯杆号"]).cast(kind)
    table = table.set_column(1, "灯杆号", codes)
    assert added_of(read(polelookup.geocode(table, index))) == expected
    halves = pyarrow.concat_tables([table.slice(0, 131), table.slice(131, 0), table.slice(131)])
    assert added_of(read(polelookup.geocode(halves, index))) == expected
    batch = table.combine_chunks().to_batches()[0].slice(7, 300)
    assert added_of(read(polelookup.geocode(batch, index))) == expected[7:307]


def test_numbers_are_read_as_their_digits_are_written(index, command, tmp_path):
    codes = [2334504, 34501, None, 0, 233450, 99999999]
    expected = command.geocode(tmp_path, {"code": codes})
    for kind in (pyarrow.int32(), pyarrow.uint32(), pyarrow.int64(), pyarrow.uint64()):
        assert read(index.match(pyarrow.array(codes, kind))) == expected
    assert read(index.match(pyarrow.chunked_array([codes[:3], codes[3:]]))) == expected
    [below] = read(index.match(pyarrow.array([-2334504])))
    assert below["match_status"] == "no_code"


def test_options_are_those_of_the_command(index, command, log, tmp_path):
    few = {"灯杆号": log["灯杆号"], "note": log["street"]}
    guessed = command.geocode(tmp_path, few, "--best-guess")
    assert added_of(read(polelookup.geocode(pyarrow.table(few), index, best_guess=True))) == guessed
    nearest = command.geocode(tmp_path, few, "--station-role", "nearest")
    assert added_of(read(polelookup.geocode(pyarrow.table(few), index,
                                            station_role="nearest"))) == nearest
    [row] = read(index.match(pyarrow.array(["2334504"]), columns=["station_id", "match_lat"]))
    assert list(row) == ["station_id", "match_lat"]


def test_evidence_may_have_other_names_or_be_left_out(index, log):
    table = pyarrow.table(log)
    whole = read(polelookup.geocode(table, index))
    renamed = table.rename_columns(["n", "c", "纬度", "经度", "r", "l", "crs", "s", "d", "a"])
    names = dict(zip(table.column_names[2:], renamed.column_names[2:], strict=True))
    assert added_of(read(polelookup.geocode(renamed, index, column="c", evidence=names))) == \
        added_of(whole)
    without = read(polelookup.geocode(table, index, evidence=dict.fromkeys(log.keys() - {
        "call", "灯杆号"})))
    assert added_of(without) == read(index.match(table.column(1).combine_chunks()))
    assert added_of(without) != added_of(whole)


def test_kept_columns_are_the_same_memory_and_the_input_stays(index, log):
    batch = pyarrow.table(log).combine_chunks().to_batches()[0]
    before = batch.to_pylist()
    out = pyarrow.record_batch(polelookup.geocode(batch, index))
    assert out.schema.names == batch.schema.names + ADDED
    for name in batch.schema.names:
        addresses = [[buffer and buffer.address for buffer in column.buffers()]
                     for column in (batch.column(name), out.column(name))]
        assert addresses[0] == addresses[1], name
    del batch
    assert out.select(list(log)).to_pylist() == before
    out.validate(full=True)


def test_a_stream_is_read_batch_by_batch(index, log):
    table = pyarrow.table(log)
    asked = []

    def batches():
        for batch in table.to_batches(max_chunksize=64):
            asked.append(batch.num_rows)
            yield batch

    reader = pyarrow.RecordBatchReader.from_batches(table.schema, batches())
    out = pyarrow.RecordBatchReader.from_stream(polelookup.geocode(reader, index))
    assert asked == []
    first = out.read_next_batch()
    first.validate(full=True)
    assert asked == [64]
    assert 64 + sum(batch.num_rows for batch in out) == len(log["call"])


def test_an_error_of_the_source_comes_through(index):
    schema = pyarrow.schema([("code", pyarrow.string())])

    def broken():
        yield pyarrow.record_batch({"code": ["2334504"]})
        raise RuntimeError("the disk is full")

    reader = pyarrow.RecordBatchReader.from_batches(schema, broken())
    out = pyarrow.RecordBatchReader.from_stream(polelookup.geocode(reader, index))
    assert out.read_next_batch().num_rows == 1
    with pytest.raises(Exception, match="the disk is full"):
        out.read_next_batch()


def test_what_is_no_column_of_codes_is_refused(index):
    for data, word in [(pyarrow.array([1.5]), "cast"), (pyarrow.table({"a": ["x"]}), '"a"'),
                       (pyarrow.table({"pole": ["1"], "lamp": ["2"]}), "pole")]:
        with pytest.raises(polelookup.Error, match=word) as caught:
            index.match(data)
        assert caught.value.name == "bad_input"
    with pytest.raises(TypeError, match="Arrow"):
        index.match(["2334504"])
    with pytest.raises(polelookup.Error, match="lat"):
        index.match(pyarrow.array(["2334504"]), columns=["lat"])
    with pytest.raises(ValueError, match="role"):
        index.match(pyarrow.array(["2334504"]), station_role="fastest")


def test_matches_are_handed_over_once(index):
    array = index.match(pyarrow.array(["2334504"]))
    stream = index.match(pyarrow.chunked_array([["2334504"]]))
    read(array), read(stream)
    for matched in (array, stream):
        with pytest.raises(ValueError, match="already"):
            read(matched)


def test_polars_and_the_command_agree(index, log, expected):
    frame = polars.DataFrame(log)
    out = polars.DataFrame(polelookup.geocode(frame, index))
    assert added_of(out.to_dicts()) == expected
    assert out.select(list(log)).equals(frame)
    lazy = frame.lazy().filter(polars.col("call") != "3").collect()
    assert len(polars.DataFrame(polelookup.geocode(lazy, index))) == len(log["call"]) - 1
    assert read(index.match(frame["灯杆号"])) == read(index.match(pyarrow.array(log["灯杆号"])))


def test_polars_columns_are_the_same_memory(index):
    frame = polars.DataFrame({"code": ["2334504"] * 1000, "n": range(1000)}).rechunk()
    out = polars.DataFrame(polelookup.geocode(frame, index))
    addresses = [data["n"].to_arrow().buffers()[1].address for data in (frame, out)]
    assert addresses[0] == addresses[1]


def test_duckdb_and_the_command_agree(index, log, expected):
    log_table = pyarrow.table(log)
    source = duckdb.connect()
    relation = source.sql("SELECT * FROM log_table ORDER BY call::INT")
    matched = polelookup.geocode(relation, index)
    rows = duckdb.connect().sql("SELECT * FROM matched ORDER BY call::INT")
    assert added_of([dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]) == \
        expected


def test_duckdb_matches_within_its_sql(index, log):
    """A function of SQL over whole vectors, which DuckDB hands over as Arrow arrays."""
    def status(codes):
        return pyarrow.table(index.match(codes, columns=["match_status"])).column(0)

    log_table = pyarrow.table({"code": log["灯杆号"]})
    connection = duckdb.connect()
    connection.create_function("pole_status", status, ["VARCHAR"], "VARCHAR", type="arrow",
                               null_handling="special")
    counted = dict(connection.sql(
        "SELECT pole_status(code), count(*) FROM log_table GROUP BY ALL").fetchall())
    rows = read(index.match(pyarrow.array(log["灯杆号"])))
    assert counted == {status: sum(row["match_status"] == status for row in rows)
                       for status in {row["match_status"] for row in rows}}


def test_no_pyarrow_stands_between(index_path):
    """Polars and DuckDB hand over and take columns where pyarrow cannot even be imported."""
    script = f"""
import sys
sys.modules["pyarrow"] = None
import duckdb, polars, polelookup
index = polelookup.open({index_path!r})
frame = polars.DataFrame({{"code": ["2334504", None]}})
out = polars.DataFrame(polelookup.geocode(frame, index))
assert out["match_code"].to_list() == ["2334504", None], out
relation = duckdb.connect().sql("SELECT '2334504' AS code")
matched = polelookup.geocode(relation, index)
assert duckdb.connect().sql("SELECT match_code FROM matched").fetchall() == [("2334504",)]
print("fine")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr


def test_parquet_and_ipc_files_hold_the_same_rows(index, log, tmp_path):
    table = pyarrow.table(log)
    whole = pyarrow.RecordBatchReader.from_stream(polelookup.geocode(table, index)).read_all()
    for name, writer in (("log.parquet", pyarrow.parquet.ParquetWriter),
                         ("log.arrow", pyarrow.ipc.new_file)):
        matched = polelookup.geocode(pyarrow.RecordBatchReader.from_batches(
            table.schema, table.to_batches(max_chunksize=100)), index)
        out = pyarrow.RecordBatchReader.from_stream(matched)
        with writer(tmp_path / name, out.schema) as file:
            for batch in out:
                file.write_batch(batch)
    assert pyarrow.parquet.read_table(tmp_path / "log.parquet").equals(whole)
    with pyarrow.ipc.open_file(tmp_path / "log.arrow") as file:
        assert file.read_all().equals(whole)
    assert {field.type for field in whole.schema if field.name in NUMBERS} == {pyarrow.float64()}


def test_a_path_will_do_for_an_index(index, index_path):
    codes = pyarrow.chunked_array([["2334504", "233450"], ["9999999"]])
    assert added_of(read(polelookup.geocode(codes, index_path))) == read(index.match(codes))

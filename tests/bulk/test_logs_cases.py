#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Logs as they must not be, one by one, with what must come of each written out.

Here stands what readers of CSV do differently (a lone CR, a quote that is never closed, text behind
a closing quote), what is at a limit, and what encodings hide.

usage: test_logs_cases.py COMMAND [UNITTEST OPTION ...]
"""

import json
import os
import sys
import unittest

import log_city
from log_city import ADDED

MIB = 1 << 20
TWO = ["--columns", "match_status,match_code"]
HEAD = b",match_status,match_code"
HIT = b",exact,1234567"

# name: what is read, what is written, options
CASES = {
    "nothing": (b"", b""),
    "a mark alone": (b"\xef\xbb\xbf", b"\xef\xbb\xbf"),
    "line ends alone": (b"\n\r\n\r", b"\n\r\n\r"),
    "a header alone": (b"code,n\n", b"code,n%s\n" % HEAD),
    "a header without a line end": (b"code,n", b"code,n%s" % HEAD),
    "empty lines before the header": (b"\n\r\ncode,n\n1234567,1\n",
                                      b"\n\r\ncode,n%s\n1234567,1%s\n" % (HEAD, HIT)),
    "no line end": (b"code,n\n1234567,1", b"code,n%s\n1234567,1%s" % (HEAD, HIT)),
    "CRLF": (b"code,n\r\n1234567,1\r\n", b"code,n%s\r\n1234567,1%s\r\n" % (HEAD, HIT)),
    "CR": (b"code,n\r1234567,1\r", b"code,n%s\r1234567,1%s\r" % (HEAD, HIT)),
    "CR CR LF is a line and an empty one": (b"code,n\r\r\n1234567,1\r\r\n",
                                            b"code,n%s\r\r\n1234567,1%s\r\r\n" % (HEAD, HIT)),
    "LF CR too": (b"code,n\n\r1234567,1\n\r", b"code,n%s\n\r1234567,1%s\n\r" % (HEAD, HIT)),
    "ends of all kinds": (b"code,n\n1234567,1\r1234567,2\r\n1234567,3",
                          b"code,n%s\n1234567,1%s\r1234567,2%s\r\n1234567,3%s"
                          % (HEAD, HIT, HIT, HIT)),
    "ends in a quoted cell": (b'n,code\n"a\r\nb\rc\nd",1234567\n',
                              b'n,code%s\n"a\r\nb\rc\nd",1234567%s\n' % (HEAD, HIT)),
    "a code in quotes": (b'code\n"1234567"\n', b'code%s\n"1234567"%s\n' % (HEAD, HIT)),
    "quotes inside": (b'n,code\nx"y",1234567\n', b'n,code%s\nx"y",1234567%s\n' % (HEAD, HIT)),
    "text behind a quote": (b'n,code\n"a"b,"12345"67\n',
                            b'n,code%s\n"a"b,"12345"67%s\n' % (HEAD, HIT)),
    "a quote never closed": (b'n,code\n1,1234567\n"a,1234567\n2,1234567\n',
                             b'n,code%s\n1,1234567%s\n"a,1234567\n2,1234567\n",,malformed,'
                             % (HEAD, HIT)),
    "a doubled quote at the end": (b'code,n\n1234567,"a""', b'code,n%s\n1234567,"a""",malformed,'
                                   % HEAD),
    "an open quote alone": (b'code,n\n"', b'code,n%s\n"",,malformed,' % HEAD),
    "a short row": (b"code,a,b\n1234567\n1234567,\n",
                    b"code,a,b%s\n1234567,,%s\n1234567,,%s\n" % (HEAD, HIT, HIT)),
    "a row without the code": (b"a,b,code\n1\n", b"a,b,code%s\n1,,,no_code,\n" % HEAD),
    "a long row": (b"code,a\n1234567,,\n1234567,1\n",
                   b"code,a%s\n1234567,,,malformed,\n1234567,1%s\n" % (HEAD, HIT)),
    "empty lines between": (b"code,a\n\n1234567,1\n\r\n\n",
                            b"code,a%s\n\n1234567,1%s\n\r\n\n" % (HEAD, HIT)),
    "empty rows of one column": (b"code\n\n1234567\n\n",
                                 b"code%s\n,no_code,\n1234567%s\n,no_code,\n" % (HEAD, HIT)),
    "blanks make a row": (b"code,a\n \n", b"code,a%s\n ,,no_code,\n" % HEAD),
    "NUL": (b"code,a\n1234567,x\0y\n\0,1\n",
            b"code,a%s\n1234567,x\0y%s\n\0,1,no_code,\n" % (HEAD, HIT)),
    "bad UTF-8": (b"code,a\n1234567,\xff\xc3\xa9\xc3\n" + b"1234567,\xe9\x95\xbf\n" * 60,
                  b"code,a%s\n1234567,\xff\xc3\xa9\xc3%s\n" % (HEAD, HIT)
                  + b"1234567,\xe9\x95\xbf%s\n" % HIT * 60),
    "names there already": (b"code,match_code,match_code_2,match_status\n1234567,a,b,c\n",
                            b"code,match_code,match_code_2,match_status,match_status_2,"
                            b"match_code_3\n1234567,a,b,c%s\n" % HIT),
    "a name there in quotes": (b'code,"match_code"\n1234567,a\n',
                               b'code,"match_code",match_status,match_code_2\n1234567,a%s\n' % HIT),
    "two columns of one name": (b"code,n,n\n1234567,1,2\n", b"code,n,n%s\n1234567,1,2%s\n"
                                % (HEAD, HIT)),
    "no header": (b"9,1234567\n8,x\n", b"9,1234567%s\n8,x,no_code,\n" % HIT, "--no-header",
                  "--column", "#2"),
    "no header, found out": (b"9,1234567\n8,1234567\n", b"9,1234567%s\n8,1234567%s\n" % (HIT, HIT),
                             "--column", "#2"),
    "tabs": (b"code\tn\n1234567\t1,2\n",
             b"code\tn\tmatch_status\tmatch_code\n1234567\t1,2\texact\t1234567\n"),
    "semicolons": (b"code;n;m\n1234567;1,2;3\n",
                   b"code;n;m;match_status;match_code\n1234567;1,2;3;exact;1234567\n"),
    "pipes": (b"code|n\n1234567|x\n",
              b"code|n|match_status|match_code\n1234567|x|exact|1234567\n"),
    "apostrophes": (b"code,n\n'1234567','a,b'\n'1234567','it''s'\n",
                    b"code,n%s\n'1234567','a,b'%s\n'1234567','it''s'%s\n" % (HEAD, HIT, HIT)),
    "a letter for a delimiter": (b"codexn\n1234567xa\n",
                                 b'codexnxmatch_statusxmatch_code\n1234567xax"exact"x1234567\n',
                                 "--delimiter", "x"),
    "a point for a delimiter": (b"code.n\n1234567.a\n", b"code.n.match_code.match_lat\n"
                                b'1234567.a.1234567."45.7698100"\n', "--delimiter", ".",
                                "--columns", "match_code,match_lat"),
    "a digit for a delimiter": (b"code9n\n12345679a\n", b"code9n9match_code9match_lat\n"
                                b'12345679a912345679"45.7698100"\n', "--delimiter", "9",
                                "--columns", "match_code,match_lat"),
    "columns in another order": (b"code\n1234567\n", b"code,match_lon,match_status\n"
                                 b"1234567,126.6162000,exact\n", "--columns",
                                 "match_lon,match_status"),
    "damaged GB18030": (b"code|n\n1234567|\x810|\n1234567|\xb3\xa4\x81\n1234567|\x8140|\n1|\x81",
                        b"code|n|match_status|match_code\n1234567|\x810||malformed|\n"
                        b"1234567|\xb3\xa4\x81|exact|1234567\n1234567|\x8140||malformed|\n"
                        b"1|\x81|no_code|", "--encoding", "gb18030", "--delimiter", "|"),
}


class Cases(log_city.Case):
    def geocode(self, raw, *options):
        """From a pipe and from a file, by one thread and by four: the same."""
        options = ["--json", *options] + ([] if "--columns" in options else TWO)
        path = os.path.join(self.place.name, "log.csv")
        with open(path, "wb") as file:
            file.write(raw)
        out, err = self.city.geocode([*options, path])
        piped, _ = self.city.geocode(["--threads", "4", *options, "-"], given=raw)
        self.assertTrue(out == piped)
        summary = json.loads(err.decode().split("\n")[-2])
        self.assertEqual((summary["bytes_read"], summary["bytes_written"]), (len(raw), len(out)))
        return out, summary

    def test_each_case(self):
        for name, (raw, wanted, *options) in CASES.items():
            with self.subTest(name):
                self.assertEqual(self.geocode(raw, *options)[0], wanted)

    def test_each_case_cell_by_cell(self):
        # Rows put together anew are the same but where a cell is made safe.
        for name, (raw, wanted, *options) in CASES.items():
            with self.subTest(name):
                out, summary = self.geocode(raw, "--excel-safe", *options)
                self.assertEqual(out, wanted)
                self.assertEqual(summary["excel_safe_cells"], 0)

    def test_each_case_in_utf16(self):
        for name, (raw, wanted, *options) in CASES.items():
            if name in ("bad UTF-8", "a mark alone") or "--encoding" in options:
                continue
            for encoding in "utf-16-le", "utf-16-be":
                with self.subTest(name, encoding=encoding):
                    mark = "\ufeff".encode(encoding)
                    out, _ = self.geocode(mark + raw.decode().encode(encoding), *options)
                    self.assertEqual(out, mark + wanted.decode().encode(encoding))
                    out, _ = self.geocode(raw.decode().encode(encoding), "--encoding",
                                          encoding.replace("-", ""), *options)
                    self.assertEqual(out, wanted.decode().encode(encoding))

    def test_encodings_are_found_out(self):
        text = "编号|备注\n1234567|市民报警，求助电话\n0012345|街道瘽長|\n"
        wanted = ("编号|备注|match_status|match_street\n1234567|市民报警，求助电话|exact|通江街\n"
                  "0012345|街道瘽長||malformed|\n")
        for encoding in "utf-8", "gb18030", "utf-16-le", "utf-16-be":
            out, _ = self.geocode(text.encode(encoding), "--columns", "match_status,match_street")
            self.assertEqual(out, wanted.encode(encoding))

    def test_trail_bytes_of_gb18030_are_no_delimiters(self):
        for delimiter in "|@^~Zz_{":
            # Characters whose second byte is the delimiter, twice over too, and one of four bytes.
            d = delimiter.encode()
            cells = [bytes([lead]) + d for lead in (0x81, 0xA0, 0xB0, 0xD7)]
            cells += [b"\x810\x810", cells[0] * 2, b"\x8c\x9f" + cells[1]]
            raw = b"".join(b"1234567" + d + cell + b"\n" for cell in cells)
            out, _ = self.geocode(b"code" + d + b"n\n" + raw, "--encoding", "gbk", "--delimiter",
                                  delimiter, "--columns", "match_code")
            name = b'"match_code"' if delimiter == "_" else b"match_code"
            self.assertEqual(out, b"code" + d + b"n" + d + name + b"\n"
                             + raw.replace(b"\n", d + b"1234567\n"))

    def test_half_a_unit_of_utf16_at_the_end_is_kept(self):
        raw = b"\xff\xfe" + "code,n\n1234567,1\n".encode("utf-16-le") + b"9"
        wanted = ("code,n%s\n1234567,1%s\n" % (HEAD.decode(), HIT.decode())).encode("utf-16-le")
        self.assertEqual(self.geocode(raw)[0], b"\xff\xfe" + wanted + b"9")

    # Limits.

    def test_a_record_of_the_longest_length_is_read_and_one_byte_more_passes_as_it_is(self):
        for size, added in (16 * MIB, HIT), (16 * MIB + 1, b",malformed,"):
            for quote in b"", b'"':
                row = b"1234567," + quote + b"\n" * (len(quote) and 9)
                row += b"z" * (size - len(row) - len(quote)) + quote
                raw = b"code,n\n" + row + b"\r\n1234567,1\n"
                out, summary = self.geocode(raw)
                wanted = b"code,n%s\n%s%s\r\n1234567,1%s\n" % (HEAD, row, added, HIT)
                self.assertTrue(out == wanted, (size, quote, out[-100:]))
                self.assertEqual(summary["rows"], 2)

    def test_a_record_of_17_mib_passes_as_it_is(self):
        long = b'"%s"' % (b'1234567,""\r\n' * (17 * MIB // 12))
        for end, closed in (b"\n", b""), (b"\r", b""), (b"", b""), (b"", b'"'):
            record = b"1," + (long if not closed else long[:-1])
            # More of the same: a long one behind a long one, and rows between.
            raw = b"n,code\n" + b"1,1234567\n" * 9 + (record + end if end else b"") + record + end
            raw += b"2,1234567\n" if end else b""
            out, summary = self.geocode(raw)
            passed = record + closed + b",malformed," + end
            wanted = (b"n,code%s\n" % HEAD + b"1,1234567%s\n" % HIT * 9
                      + (passed if end else b"") + passed)
            wanted += b"2,1234567%s\n" % HIT if end else b""
            self.assertTrue(out == wanted, (end, closed, out[:300], out[-100:]))
            self.assertEqual(summary["statuses"]["malformed"], 2 if end else 1)

    def test_without_a_first_row_to_tell_the_columns_nothing_is_written(self):
        for raw in b"1234567," + b"z" * (17 * MIB) + b"\n1234567,1\n", b'"1234567\n1,2\n':
            for options, word in ([], b"header"), (["--no-header"], b"first row"):
                out, err = self.city.geocode([*options, "-"], given=raw, statuses=(2,))
                self.assertEqual(out, b"")
                self.assertIn(b"the %s is longer than 16 MiB" % word, err)

    def test_long_records_in_utf16_and_gb18030(self):
        note = "长长|" * (6 * MIB)
        text = 'code|n\n1234567|"%s"\n1234567|1\n' % note
        wanted = 'code|n|match_status|match_code\n1234567|"%s"|malformed|\n1234567|1|exact|1234567\n'
        for encoding in "utf-16-le", "gb18030":
            out, _ = self.geocode(text.encode(encoding), "--encoding", encoding.replace("-", ""),
                                  "--delimiter", "|")
            self.assertTrue(out == (wanted % note).encode(encoding), (encoding, out[-99:]))

    def test_as_many_cells_as_a_row_may_have(self):
        for cells in 16384, 16385:
            row = b"1234567" + b"," * (cells - 1)
            header = b"code" + b",n" * 16383
            out, summary = self.geocode(header + b"\n" + row + b"\n1234567\n")
            self.assertEqual(out.split(b"\n")[1], row + (HIT if cells == 16384 else b",malformed,"))
            self.assertEqual(out.split(b"\n")[2], b"1234567" + b"," * 16383 + HIT)
            self.assertEqual(summary["rows"], 2)

    def test_all_columns_stand_in_the_order_of_the_contract(self):
        out, _ = self.city.geocode(["-"], given=b"code\n1237701\n")
        self.assertEqual(out.decode(), "code," + ",".join(ADDED) + "\n1237701,exact,1237701,"
                         '45.7901350,126.6300000,"长街, 东段",0.9880,123,通江派出所,'
                         "2120.9,coded,,uncorroborated;no_area\n")


if __name__ == "__main__":
    Cases.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

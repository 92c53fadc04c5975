# SPDX-License-Identifier: MIT
"""A small table with all that the sample lacks: two counties that share codes of five digits,
leading zeros, aliases (one of them another pole's code), poles that were moved or removed, numbers
that are missing, a closed station, stations of another kind, notes. Invented."""
import csv
import io
import json
import subprocess

HEAD = "scope code lat lon street district status successor surveyed alias alias_owner note".split()
SCHEME = "district:1,station:2,street:2,pole:2"
COUNTY = "station:1,street:2,pole:2"


def pole(scope, code, lat, lon, street, district="", **more):
    cells = {"scope": scope, "code": code, "lat": f"{lat:.7f}", "lon": f"{lon:.7f}"}
    cells.update(street=street, district=district, status="active")
    cells.update(more)
    return cells


def street(scope, prefix, numbers, start, step, name, district=""):
    """Poles along a line: odd numbers on one side, even ones on the other."""
    for n in numbers:
        side = 0.00012 if n % 2 else -0.00012
        at = (n - 1) // 2
        lat = start[0] + step[0] * at + (side if step[0] == 0 else 0)
        lon = start[1] + step[1] * at + (side if step[0] != 0 else 0)
        # A street is not drawn with a ruler: no two distances are alike.
        lat += ((n * 37 + int(prefix) * 11) % 23) * 1.3e-6
        lon += ((n * 53 + int(prefix) * 7) % 29) * 1.1e-6
        yield pole(scope, f"{prefix}{n:02d}", lat, lon, name, district)


def poles():
    everything = []
    north, east = (0.00027, 0), (0, 0.00038)
    add = everything.extend
    add(street("", "12345", range(1, 41), (45.7700, 126.6101), north, "通江街", "道里区"))
    add(street("", "12346", range(1, 25), (45.7712, 126.6120), east, "霞曼街", "道里区"))
    add(street("", "12354", range(1, 25), (45.7760, 126.6120), east, "友谊路", "道里区"))
    add(street("", "23345", range(1, 33), (45.7650, 126.6401), north, "南直路", "道外区"))
    add(street("", "23346", range(1, 17), (45.7668, 126.6420), east, "宏图街", "道外区"))
    add(street("", "23445", range(1, 17), (45.7700, 126.6501), north, "东直路", "道外区"))
    add(street("", "00123", range(1, 17), (45.7800, 126.6301), north, "松花江街", "道里区"))
    add(street("宾县", "101", range(1, 25), (45.7590, 127.4860), north, "迎宾路"))
    add(street("宾县", "102", range(1, 17), (45.7601, 127.4880), east, "西大街"))
    add(street("宾县", "001", range(1, 9), (45.7500, 127.4800), north, "环城路"))
    add(street("巴彦县", "101", range(1, 17), (46.0860, 127.4030), north, "人民大街"))
    add(street("巴彦县", "203", range(1, 17), (46.0880, 127.4050), east, "兴隆路"))
    by_code = {(p["scope"], p["code"]): p for p in everything}
    for code in ("1234517", "1234519", "1234526", "2334512", "2334525", "2334527", "2334529"):
        del by_code["", code]  # numbers that the table lacks
    for code in ("2334519", "2334521", "2334523", "2334531"):
        by_code.pop(("", code), None)
    by_code["", "1234509"].update(status="removed", successor="1234511", surveyed="2012-05-04")
    by_code["", "1234604"].update(status="moved", note="moved 12 m to the north, 2011")
    by_code["宾县", "10103"].update(status="removed")
    by_code["", "1234507"].update(alias="城西线12号", alias_owner="电力")
    by_code["", "1234602"].update(alias="1234507", alias_owner="电力")
    by_code["", "2334502"].update(alias="KX-0077", alias_owner="电信", surveyed="2008-06-30")
    by_code["", "2334504"].update(alias="KX-0077", alias_owner="电信")
    by_code["", "0012304"].update(alias="0451 88", surveyed="1999-12-31")
    by_code["巴彦县", "10105"].update(alias="10107", alias_owner="电力", note="高杆灯，\"双头\"")
    return [by_code[key] for key in sorted(by_code, key=lambda k: (k[0].encode(), k[1]))]


STATIONS = """\
id,name,lat,lon,kind,group,district,phone,prefix,scope,successor
123,通江派出所,45.7720,126.6200,police,,道里区,0451-5550123,123,,
001,松花江派出所,45.7810,126.6320,police,,道里区,0451-5550001,001,,
233,南直派出所,45.7690,126.6500,police,,道外区,0451-5550233,233,,
234,东直派出所,45.7750,126.6600,police,,道外区,,234,,233
B1,宾州派出所,45.7580,127.4870,police,,,0451-5551101,1,宾县,
Y1,巴彦派出所,46.0850,127.4040,police,,,0451-5552101,1,巴彦县,
Y2,兴隆派出所,46.0890,127.4090,police,,,0451-5552201,2,巴彦县,
F1,道里消防站,45.7750,126.6180,fire,,,0451-5550119,,,
F2,道外消防站,45.7660,126.6450,fire,,,0451-5550120,,,
H1,市一院,45.7731,126.6311,hospital,,,,,,
"""

AREAS = {
    # A hole, and a part apart.
    "123": [
        [[[126.605, 45.766], [126.632, 45.766], [126.632, 45.7765], [126.605, 45.7765]],
         [[126.6141, 45.7705], [126.6155, 45.7705], [126.6155, 45.7718], [126.6141, 45.7718]]],
        [[[126.6525, 45.7725], [126.656, 45.7725], [126.656, 45.776], [126.6525, 45.776]]],
    ],
    "001": [[[[126.605, 45.7765], [126.636, 45.7765], [126.636, 45.784], [126.605, 45.784]]]],
    "233": [[[[126.632, 45.76], [126.656, 45.762], [126.652, 45.772], [126.632, 45.771]]]],
    "Y1": [[[[127.40, 46.08], [127.404, 46.08], [127.404, 46.095], [127.40, 46.095]]]],
    "Y2": [[[[127.404, 46.08], [127.412, 46.08], [127.412, 46.095], [127.404, 46.095]]]],
    "F1": [[[[126.60, 45.75], [126.63, 45.75], [126.63, 45.79], [126.60, 45.79]]]],
}


def tables():
    """{file: text}"""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(poles())
    features = [
        {
            "type": "Feature",
            "properties": {"station_id": station},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[ring + ring[:1] for ring in part] for part in parts],
            },
        }
        for station, parts in AREAS.items()
    ]
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    areas = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    return {"poles.csv": out.getvalue(), "stations.csv": STATIONS, "areas.geojson": areas}


def build(command, folder, index):
    """The tables into folder, the index of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables().items():
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [
            *(command, "build", "--quiet", "--strict", "--name", "two counties"),
            *("--scheme", f"{SCHEME};宾县/{COUNTY};巴彦县/{COUNTY}"),
            *("--poles", folder / "poles.csv", "--stations", folder / "stations.csv"),
            *("--areas", folder / "areas.geojson", "-o", index),
        ],
        check=True,
        env={"SOURCE_DATE_EPOCH": "1214784000", "LC_ALL": "C.UTF-8"},
    )

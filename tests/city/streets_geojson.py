# SPDX-License-Identifier: MIT
"""Turns the roads.csv.gz of an OpenStreetMap extract (columns highway, name, geometry as
"lon lat;lon lat;...") into the GeoJSON that `polelookup-city --streets` reads: the roads that are
lit and have a name. Usage: streets_geojson.py ROADS.csv.gz OUT.geojson"""
import csv
import gzip
import json
import sys

LIT = {'motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential',
       'living_street', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link'}


def features(path):
    csv.field_size_limit(1 << 30)
    with gzip.open(path, 'rt', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            if row['highway'] not in LIT or not row['name']:
                continue
            line = [[float(number) for number in point.split()]
                    for point in row['geometry'].split(';')]
            yield {'type': 'Feature', 'properties': {'name': row['name']},
                   'geometry': {'type': 'LineString', 'coordinates': line}}


def convert(path, out):
    with open(out, 'w', encoding='utf-8') as file:
        json.dump({'type': 'FeatureCollection', 'features': list(features(path))}, file,
                  ensure_ascii=False)


if __name__ == '__main__':
    convert(sys.argv[1], sys.argv[2])

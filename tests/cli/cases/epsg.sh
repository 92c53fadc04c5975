# SPDX-License-Identifier: MIT
# CRS of the EPSG registry: through libpolelookup_geo, loaded only then.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
export SOURCE_DATE_EPOCH=1214784000
"$polelookup" --crs EPSG:4530 1234567 | grep Coord
"$polelookup" --lang zh --crs EPSG:4490 1234567 | grep 坐标
"$polelookup" --crs ' epsg:3857 ' 1234567 | grep Coord
"$polelookup" near --crs EPSG:4530 -k 1 45.77,126.6161 | tail -n 1
"$polelookup" --json --crs EPSG:4530 1234567 | grep -o '"crs": *"[^"]*"'
say 'no such code'
ask --crs EPSG:999999 1234567
ask build --poles "$tables/poles.csv" --from-crs EPSG:999999 -o out.plx
say 'there and back'
printf 'code,x,y\n1234567,42547930.4130,5071234.4560\n' >metres.csv
ask build -q --poles metres.csv --from-crs EPSG:4530 -o metres.plx
"$polelookup" -i metres.plx --crs EPSG:4530 1234567 | grep Coord
say 'the poles in metres, the stations in degrees'
ask build -q --poles metres.csv --stations "$tables/stations.csv" \
    --from-crs 'poles=EPSG:4530' -o metres.plx
"$polelookup" -i metres.plx 1234567 | grep Coord
say 'a geo library that cannot be loaded: what needs it says so, what does not goes on'
mkdir bin lib
cp "$polelookup" bin/
cp -a "$(dirname "$polelookup")"/../lib/libpolelookup.so* lib/
echo 'no library' >lib/libpolelookup_geo.so.0
polelookup=$folder/now/bin/polelookup
ask --crs EPSG:4530 1234567
ask --json --crs EPSG:4530 1234567
ask --crs EPSG:4490 -q 1234567
ask build --poles metres.csv --from-crs EPSG:4530 -o out.plx
ask build -q --poles "$tables/poles.csv" --stations "$tables/stations.csv" \
    --scheme 'district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2' \
    --areas "$tables/areas.geojson" -o out.plx
"$polelookup" info --json | grep -o '"id":"[0-9a-f]*"' >with.id
"$polelookup" build -q --poles "$tables/poles.csv" --stations "$tables/stations.csv" \
    --scheme 'district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2' \
    --areas "$tables/areas.geojson" --name 小城 -o named.plx
"$polelookup" info --json -i named.plx | grep -o '"id":"[0-9a-f]*"' | cmp - with.id && echo 'the same id as with it'

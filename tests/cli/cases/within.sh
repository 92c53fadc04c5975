# SPDX-License-Identifier: MIT
# Poles in a box and in a polygon.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
ask within --bbox 45.7749,126.6169,45.7752,126.6204
ask within --lang zh --bbox 45.7749,126.6169,45.7752,126.6204
say 'the border is inside'
ask within --bbox 45.7750,126.6203,45.7750,126.6203
say 'across the antimeridian, none'
ask within --bbox 45,170,46,-170
say 'not a box'
ask within --bbox 45.8,126.6,45.7,126.7
ask within --bbox 126.6,45.7,126.7,45.8
ask within --bbox 45.7,126.6,45.8
polygon() {
    printf '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":%s}}' "$1"
}
polygon '[[[126.6165,45.7745],[126.6201,45.7745],[126.6201,45.7752],[126.6165,45.7752],[126.6165,45.7745]],[[126.6171,45.77505],[126.6173,45.77505],[126.6173,45.77515],[126.6171,45.77515],[126.6171,45.77505]]]' >hole.geojson
say 'a polygon with a hole'
ask within --polygon hole.geojson
ask within --polygon - <hole.geojson
say 'not a polygon'
ask within --polygon /dev/zero
ask within --polygon .
ask within --polygon missing.geojson
polygon '[[[126.6,45.7],[126.7,45.7],[126.7,45.8]]]' >open.geojson
ask within --polygon open.geojson
polygon '[[[45.7,126.6],[45.7,126.7],[45.8,126.7],[45.7,126.6]]]' >swapped.geojson
ask within --polygon swapped.geojson
echo '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[126.6,45.7]}}' >point.geojson
ask within --polygon point.geojson
echo 'code,lat,lon' >table.csv
ask within --polygon table.csv
printf '{"type":"FeatureCollection","features":[%s,%s]}' "$(cat hole.geojson)" "$(cat hole.geojson)" >two.geojson
ask within --polygon two.geojson
printf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4530"}},"features":[%s]}' "$(cat hole.geojson)" >metres.geojson
ask within --polygon metres.geojson

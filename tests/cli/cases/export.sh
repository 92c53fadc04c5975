# SPDX-License-Identifier: MIT
# The table back: without loss, so that the same index comes of it.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
export SOURCE_DATE_EPOCH=1214784000
ask export
ask export --what stations --to geojson
ask export --what areas
for table in poles stations; do
    ask export --what $table -o $table.csv
    cat $table.csvt
done
ask export --what areas -o areas.geojson
ask export -o poles.geojson
ls
say 'built again: the same content id'
scheme='district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2'
for poles in poles.csv poles.geojson; do
    "$polelookup" build -q --poles $poles --stations stations.csv --areas areas.geojson \
        --scheme "$scheme" -o again.plx
    "$polelookup" info --json -i again.plx | grep -o '"id": *"[0-9a-f]*"' >again.id
    "$polelookup" info --json | grep -o '"id": *"[0-9a-f]*"' | cmp - again.id && echo "$poles: the same"
done
say 'refused'
ask export --what areas --to csv
ask export --what roads
ask export -o "$POLELOOKUP_INDEX"
ask export -o missing/poles.csv
"$polelookup" verify "$POLELOOKUP_INDEX" | cut -c 1-5

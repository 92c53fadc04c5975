# SPDX-License-Identifier: MIT
# Tables as they come: columns named or mapped, delimiters, CRS, standard input.
export SOURCE_DATE_EPOCH=1214784000
where() {
    "$polelookup" --json -i out.plx 1234567 | grep -o '"lat": *[0-9.]*, *"lon": *[0-9.]*' | head -n 1
}
say 'Chinese headers, semicolons'
printf '灯杆编号;纬度;经度\n1234567;45.77;126.61\n' >poles.csv
ask build -q --poles poles.csv -o out.plx
where
say 'mapped columns, another delimiter'
printf 'a|b|c\n1234567|45.77|126.61\n' >poles.csv
ask build -q --poles poles.csv --map code=a --map lat=b --map lon=c --delimiter '|' -o out.plx
where
say 'columns that are not found: those that are there'
ask build --poles poles.csv --delimiter '|' -o out.plx
printf 'DISTRICT,NAME_EN,LAT,LON\n1,Central,45.77,126.61\n' >stations.csv
ask build --poles poles.csv --stations stations.csv -o out.plx
ask build --poles poles.csv --map code=nope -o out.plx
say 'tabs'
printf 'code\tlat\tlon\n1234567\t45.77\t126.61\n' >poles.tsv
ask build -q --poles poles.tsv --delimiter tab -o out.plx
where
say 'GCJ-02'
printf 'code,lat,lon\n1234567,45.77,126.61\n' >poles.csv
ask build -q --poles poles.csv --from-crs gcj02 -o out.plx
where
say 'standard input'
ask build -q --poles - -o out.plx <poles.csv
where
say 'names as long as a table may hold are cut'
long=$(printf '%0300d' 0)
printf 'code,lat,lon,street,district,note\n1234567,45.77,126.61,%s,%s,%s\n' "$long" "$long" "$long" >long.csv
printf 'id,name,lat,lon,phone\n123,%s,45.77,126.62,%s\n' "$long" "$long" >stations.csv
ask build -q --poles long.csv --stations stations.csv -o long.plx
ask -i long.plx 1234567
ask near -i long.plx 45.77,126.61
say 'a sample says so, in every answer'
ask build -q --poles poles.csv --sample -o out.plx
ask --lang zh -i out.plx 1234567
ask -i out.plx 9999999
ask -i out.plx 12
ask near -i out.plx 45.77,126.61
ask within -i out.plx --bbox 45,126,46,127
ask station -i out.plx 1234567
ask info -i out.plx

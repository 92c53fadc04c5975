# SPDX-License-Identifier: MIT
# Building: what is taken, what is refused and why, and that nothing is lost in silence.
export SOURCE_DATE_EPOCH=1214784000
city() {
    ask build --stations "$tables/stations.csv" --areas "$tables/areas.geojson" "$@"
}
scheme='district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2'
say 'all of a table'
city --poles "$tables/poles.csv" --scheme "$scheme" -o a.plx
city --poles "$tables/poles.csv" --scheme "$scheme" --lang zh -o b.plx
city --poles "$tables/poles.csv" --scheme "$scheme" --json -o c.plx
city --poles "$tables/poles.csv" --scheme "$scheme" -q -o d.plx
cmp a.plx b.plx && cmp a.plx c.plx && cmp a.plx d.plx && echo 'the same bytes'
say 'faults of rows'
cat >faulty.csv <<END
code,lat,lon,street
1234567,45.77,126.61,通江街
123456,45.77,126.61,六位
1234568,91,126.61,
1234569,,126.61,
1234570,x,126.61,
1234571,45.77,126.61,甲,乙
1234572,126.61,45.77,
1234573,5070000,325000,
1234574,45.77,126.61,
1234574,45.78,126.61,
1234575,45.77,126.61,
1234575,45.77,126.61,
END
city --poles faulty.csv -o faulty.plx --rejects rejects.csv
cat rejects.csv
say 'in Chinese'
city --poles faulty.csv -o faulty.plx --lang zh | grep -v '^!'
say 'as JSON'
city --json --poles faulty.csv -o faulty.plx
say 'strict: nothing is written'
city --strict --poles faulty.csv -o strict.plx
ls strict.plx
say 'bounds'
city --poles "$tables/poles.csv" --scheme "$scheme" --bounds 45.7,126.6,45.8,126.7 -q -o bounds.plx
say 'many faults: the first of each kind are shown'
{ echo code,lat,lon; echo 1234567,45.77,126.61; for i in $(seq 10 40); do echo "$i,45.77,126.61"; done
    for i in 1 2 3 4 5 6; do echo "123457$i,,126.61"; done; } >many.csv
ask build --poles many.csv -o many.plx
ask build --lang zh --poles many.csv -o many.plx --rejects rejects.csv
wc -l <rejects.csv
say 'every row fails: why, once'
printf 'code,lat,lon\n1234567,5070000,325000\n1234569,5070000,325000\n' >metres.csv
ask build --poles metres.csv -o metres.plx
printf 'code,lat,lon\n123456,45.77,126.61\nL1,45.77,126.61\n' >mixed.csv
ask build --poles mixed.csv -o mixed.plx

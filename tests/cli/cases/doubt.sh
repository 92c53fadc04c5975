# SPDX-License-Identifier: MIT
# What a dispatcher reads where one pole is not sure: how it was misheard, which places rival, what
# speaks against the code, what to ask.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
cat >twins.csv <<END
code,lat,lon,street,district
1234567,45.7698,126.6162,通江街,道里区
7234567,45.7200,126.7000,珠江路,香坊区
1834567,45.7550,126.6500,文昌街,南岗区
END
"$polelookup" build -q --poles twins.csv --scheme 'district:1,station:2,street:2,pole:2' -o twins.plx
grep -v '^1834567,' twins.csv >pair.csv
"$polelookup" build -q --poles pair.csv --scheme 'district:1,station:2,street:2,pole:2' -o pair.plx
grep -v '^1234567,' "$tables/poles.csv" >gap.csv
"$polelookup" build -q --poles gap.csv --stations "$tables/stations.csv" \
    --areas "$tables/areas.geojson" \
    --scheme 'district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2' -o gap.plx
for language in zh en; do
    say 'not in the table, one digit from a pole'
    ask --lang $language 1284567
    say 'not in the table, between two poles of its side'
    ask -i gap.plx --lang $language 1234567
    say 'not in the table, beyond the last pole of its side; on no street'
    ask --lang $language 1234573
    ask --lang $language 1234705
    say 'one digit unreadable, all poles of it near'
    ask --lang $language '123456?'
    say 'a twin far away; one of two that sound alike'
    ask -i twins.plx --lang $language --channel heavy 1234567
    ask -i pair.plx --lang $language --channel heavy 1234567
    ask -i pair.plx --lang $language --caller-lang ru 1234567
    say 'the phone elsewhere, and by another pole'
    ask -i twins.plx --lang $language --hint 45.7551,126.6501,100,0.68 1234567
    ask -i twins.plx --lang $language --hint 45.80,126.60,300 --channel heavy 1234567
    say 'a digit too many: said twice, put in; one left out; two exchanged'
    for code in 12234567 12345967 123467 1324567; do
        "$polelookup" --lang $language $code | head -n 1
    done
    say 'what people see does not depend on --limit'
    "$polelookup" --lang $language -i twins.plx --channel heavy -n 1 1234567 | head -n 3
    say 'the street named is not there'
    ask --lang $language --street 经纬街 1234567
    say 'a second pole that does not fit'
    ask --lang $language --also 1244503 1234601
    say 'what agrees is said'
    ask --lang $language --also 1234565 --street 通江街 --hint 45.7698,126.6162,50 1234567
    say 'nothing like it'
    ask --lang $language 9999999
done
say 'no answer is longer than nine lines'
for first in 0 1 2 7; do
    for last in 00 01 45 61 67 69 99 '?7'; do
        for middle in 0123 2345 2346 '234?' 2445; do
            for language in zh en; do
                "$polelookup" --lang $language "$first$middle$last" | wc -l
            done
        done
    done
done | sort -n | tail -1

# SPDX-License-Identifier: MIT
# What is known beside the digits: each option, what it says in the answer, and what it may not be.
small_city
export SOURCE_DATE_EPOCH=1214784000
export POLELOOKUP_INDEX="$folder/small.plx"
cat >twins.csv <<END
code,lat,lon,street,district
1234567,45.7698,126.6162,通江街,道里区
7234567,45.7200,126.7000,珠江路,香坊区
1834567,45.7550,126.6500,文昌街,南岗区
END
"$polelookup" build -q --poles twins.csv --scheme 'district:1,station:2,street:2,pole:2' -o twins.plx
# brief ARGUMENT...: status, confidences, what agrees, warnings, question of one query.
brief() {
    printf '%s' "$*:"
    "$polelookup" --json --lang zh "$@" >brief.json 2>brief.err
    printf ' exit %s' $?
    sed -E 's/.*"status":"([a-z_]*)","confidence":([0-9.a-z]*),"confidence_place":([0-9.a-z]*),.*"corroborated_by":(\[[^]]*\]).*"question":(null|\{"kind":"[a-z_]*").*/ \1 \2 \3 \4 \5/; s/\{"kind"://' brief.json
    grep -o '"code":"[a-z_]*","text"' brief.json | sed 's/"code"://; s/,"text"//' | tr '\n' ' '
    cat brief.err
    echo
}
say 'where the phone is: radius, level, datum'
brief --hint 45.7698,126.6162 1234567
brief --hint 45.7698,126.6162,50 1234567
brief --hint 45.7698,126.6162,50,0.95 1234567
brief --hint '45.7698，126.6162' 1234567
brief --hint 45.771928,126.622438,50 --hint-crs gcj02 1234567
brief --hint 45.771928,126.622438,50 1234567
brief --hint 45.5,126.2,300 1234567
ask --json --lang en --hint 45.771928,126.622438,50,0.68 --hint-crs gcj02 1234567
say 'a hint that is none'
for hint in 45.77 126.6162,45.7698 45.77,126.61,0 45.77,126.61,-5 45.77,126.61,50,1 45.77,126.61,50,0 \
    45.77,126.61,50,0.5,9 here 95,126.61; do
    ask --hint "$hint" 1234567
done
ask --hint-crs gcj02 1234567
ask --hint 45.77,126.61 --hint-crs nonsense 1234567
ask --hint 95,126.61 --hint-crs bd09 1234567
say 'street and district'
for street in 通江街 通江 tongjiang '通江街路口' 经纬街 没有这条街; do
    brief --street "$street" 1234567
done
brief --district 道里区 1234567
brief --district 道里 1234567
brief --district 南岗区 1234567
ask --lang zh --street 经纬街 --district 南岗区 1234567
say 'a second pole in sight; a later one'
brief --also 1234569 1234567
brief --also '一二三四五六九' 1234567
brief --also 1244503 1234567
brief --then 1244503 1234567
brief --also 1234569 '12345?7'
ask --also 你好 1234567
ask --then '' 1234567
say 'an answered digit'
brief --digit 3=3 1284567
brief --digit 3=8 1284567
ask --lang zh --digit 3=8 1284567
ask --lang en --digit 3=8 1284567
brief -i twins.plx --channel heavy 1234567
brief -i twins.plx --channel heavy --digit 1=1 1234567
brief -i twins.plx --channel heavy --digit 1=7 1234567
ask -i twins.plx --lang zh --channel heavy --digit 1=7 1234567
ask -i twins.plx --lang en --channel heavy --digit 1=7 --digit 2=2 1234567
for digit in 0=1 1=a 10=1 1 =1 1=12 ''; do
    ask --digit "$digit" 1234567
done
say 'a county'
brief 12345
brief --scope 五常市 12345
brief --scope 尚志市 54321
ask --lang zh --scope 尚志市 54321
say 'the channel, its clean share, what is near'
brief -i twins.plx 1234567
brief -i twins.plx --clean 0.5 1234567
brief -i twins.plx --channel everyday --clean 0.999 1234567
brief '123456?'
brief --near-m 20 '123456?'
ask --lang zh --near-m 20 '123456?'
ask --clean 1 1234567
ask --clean x 1234567
ask --near-m -1 1234567
say 'a channel from a file'
sed 's/\tclean\t90/\tclean\t60/' "$here/../../../data/channel/everyday.tsv" >ours.tsv
brief -i twins.plx --channel ours.tsv 1234567
"$polelookup" -i twins.plx --channel ours.tsv --json 1234567 | grep -o '"channel":"[^"]*"\|"clean":[0-9.]*'
ask --channel nonsense 1234567
ask --channel missing.tsv 1234567
echo nonsense >bad.tsv
ask --channel ./bad.tsv 1234567
say "a recogniser's texts: lines of TEXT, tab, weight; an empty line ends a query"
printf '一二三四五六七\t0.6\n一二三四五六四\t0.4\n\n1234601\t1\n' | ask --json --lang zh --nbest
printf '一二三四五六七\t0.6\n一二三四五六四\t0.4\n' | ask --lang zh --nbest
printf '1234567 0.6\n' | ask --nbest
printf '1234567\t0\n' | ask --nbest
ask --nbest 1234567
say 'each as JSON, for the schemas'
grep -v '^1234567,' "$tables/poles.csv" >gap.csv
"$polelookup" build -q --poles gap.csv --stations "$tables/stations.csv" \
    --areas "$tables/areas.geojson" \
    --scheme 'district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2' -o gap.plx
ask --json --lang zh -n 1 --street 经纬街 --district 道里 --also 1244503 1234567
ask --json --lang zh -n 1 --then 1244503 --digit 3=3 --digit 5=5 '12?45?7'
ask --json --lang zh --caller-lang ru -n 2 -i twins.plx --hint 45.7551,126.6501,100,0.68 1234567
ask --json --lang en -n 1 --scope 尚志市 12345
ask --json --lang zh -n 1 --crs gcj02 -i gap.plx 1234567
ask --json --lang zh -n 1 '1234561 或者 1234799'
ask --json --lang zh -n 1 --channel heavy --clean 0.3 --near-m 50 8888888

# SPDX-License-Identifier: MIT
# What a dispatcher reads for each kind of answer, in both languages.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
for language in zh en; do
    say 'a code of the table, with neighbours, a crossing street and a note'
    ask --lang $language 1234567
    say 'the digits name another station than the area does; no telephone is known'
    ask --lang $language 1244503
    say 'near the border of another area'
    ask --lang $language 1234701
    say 'in no area'
    ask --lang $language 1234799
    say 'removed, with a successor'
    ask --lang $language 1244501
    say 'neither street nor neighbours, leading zeros'
    ask --lang $language 0012345
    say 'one code in two counties'
    ask --lang $language 12345
    say 'the county named; its pole was moved'
    ask --lang $language --scope 五常市 12345
    say 'the number that another owner gave a pole'
    ask --lang $language 7301
    say 'not in the table'
    ask --lang $language 1234599
    ask --lang $language --scope 尚志市 54321
    say 'a digit too few, a digit too many'
    ask --lang $language 123456
    ask --lang $language 12345678
    say 'no code'
    ask --lang $language 123
    ask --lang $language 1234567890
    ask --lang $language 13812345678
    ask --lang $language 你好
    ask --lang $language '灯杆 1234567'
    ask --lang $language ''
done
say 'a county that is its poles own district is said once; no station, so none is the same'
cat >yilan.csv <<END
scope,code,lat,lon,street,district
依兰县,12345,46.32,129.56,春明路,依兰县
依兰县,12347,46.3203,129.56,春明路,依兰县
延寿县,12345,45.45,128.33,,延寿县
END
"$polelookup" build -q --poles yilan.csv --scheme '*/station:1,street:2,pole:2' -o yilan.plx
for language in zh en; do
    ask -i yilan.plx --lang $language 12345
    ask -i yilan.plx --lang $language --scope 依兰县 12345
done
ask -i yilan.plx near -k 2 46.32,129.56
say 'the words for a caller who speaks another language'
ask --lang zh --caller-lang ru 1234567
ask --lang en --caller-lang zh 1234599

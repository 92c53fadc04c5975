# SPDX-License-Identifier: MIT
# Building: what is refused before or instead of writing.
export SOURCE_DATE_EPOCH=1214784000
printf 'code,lat,lon\n1234567,45.77,126.61\n' >poles.csv
cp poles.csv kept.csv
say 'an input is never written over'
ask build --poles poles.csv -o poles.csv
ask build --poles poles.csv -o out.plx --rejects poles.csv
ln -s poles.csv link.csv
ask build --poles link.csv -o poles.csv
ask build --poles poles.csv -o out.plx --rejects out.plx
cmp poles.csv kept.csv && echo unchanged
say 'nor is any other file that is no index, but for an empty one'
echo 'last year' >other.txt
ask build --poles poles.csv -o other.txt
ask build --json --poles poles.csv -o other.txt
cat other.txt
: >empty.plx
ask build -q --poles poles.csv -o empty.plx
rm empty.plx other.txt
say 'times'
(export SOURCE_DATE_EPOCH=yesterday; ask build --poles poles.csv -o out.plx)
(export SOURCE_DATE_EPOCH=; ask build --poles poles.csv -o out.plx)
say 'files, schemes, names'
ask build --poles missing.csv -o out.plx
ask build --poles poles.csv -o missing/out.plx
ask build --poles poles.csv --scheme street:x -o out.plx
ask build --poles poles.csv --from-crs nonsense -o out.plx
ask build --poles poles.csv --map code=编号 -o out.plx
ask build --poles poles.csv --map nonsense -o out.plx
ask build --poles poles.csv --encoding nonsense -o out.plx
ask build --poles poles.csv -o -
printf 'name,age\nx,1\n' >other.csv
ask build --poles other.csv -o out.plx
printf 'code,lat,lon\n12,45.77,126.61\n' >none.csv
ask build --poles none.csv -o out.plx
ls out.plx
say 'a build that fails leaves the old index'
ask build -q --poles poles.csv -o out.plx
cp out.plx before.plx
ask build --poles none.csv -o out.plx
cmp out.plx before.plx && echo unchanged
ls

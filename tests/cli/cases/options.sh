# SPDX-License-Identifier: MIT
# Options: what is not known, not yet there, or of another command is refused, never ignored.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
say 'unknown, with the nearest that is meant'
ask --indx x 1234567
ask --frobnicate 1234567
ask near --raduis 5 45.77,126.61
ask -x 1234567
say 'of another command'
ask --poles x 1234567
ask near --scope x 45.77,126.61
ask station --hint 45.77,126.61 1234567
ask between --also 1234569 1234565 1234567
ask build -k 5
say 'of the contract, and not in this release'
ask --today 2008-06-30 1234567
ask --max-age 30 1234567
ask build --roads x
ask audit city.plx
say 'values'
ask --index
ask 1234567 --lang
ask --lang de 1234567
ask --json=yes 1234567
ask -n 0 1234567
ask -n 101 1234567
ask -n ten 1234567
ask --index '' 1234567
ask --scope 哈尔滨 1234567
ask --crs nonsense 1234567
ask near -k 1025 45.77,126.61
ask near --radius -5 45.77,126.61
ask near --radius nan 45.77,126.61
ask build --delimiter ab --poles x -o y
say 'where options may stand, and how values may be written'
for line in '--json -n 1 12345' '12345 --json -n1' '--limit=1 --json 12345'; do
    "$polelookup" $line | cut -c 1-40
done
say 'a command behind options, and behind an argument'
ask -i "$folder/small.plx" --lang=zh -q near -k1 45.7698,126.6161
ask --index "$folder/small.plx" station --scope 尚志市 12345
"$polelookup" --help near | head -n 1
ask --json audit city.plx
ask 1234567 near
ask -- near
say 'no query at all'
ask near
ask within
ask within --bbox 45,126,46,127 --polygon x
ask within 45,126,46,127
ask station
ask verify
ask info a b
ask export x
ask build
ask build --poles x

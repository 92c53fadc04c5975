# SPDX-License-Identifier: MIT
# Stations of a code and of a place.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
for language in zh en; do
    ask station --lang $language 1234567
    ask station --lang $language 1244503
    ask station --lang $language -k 1 1234701
    ask station --lang $language 45.775,126.6499
    ask station --lang $language --kind fire 1234567
    ask station --lang $language --kind hospital 45.77,126.61
done
ask station --scope 尚志市 12345
say 'a pole that was removed; far from all poles'
ask station --lang zh -k 1 1244501
ask station --lang zh -k 1 31.95,115.86
say 'in two counties, in none, not a code'
ask station 12345
ask station 1234599
ask station 12345678
ask station --scope 尚志市 45.77,126.61

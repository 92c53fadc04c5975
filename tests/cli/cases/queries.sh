# SPDX-License-Identifier: MIT
# How codes may be written, and texts that are no text.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
say 'separators, full-width digits, blanks around'
for code in '1 23 45 67' '123-4567' '１２３４５６７' ' 1234567 ' '1234567　'; do
    "$polelookup" "$code" | head -n 1
done
say 'several queries'
ask 1234561 1234563
say 'unquoted groups'
ask 1 23 45 67
ask --json 1 23 45 67
say 'a command mistyped, a place'
ask help
ask -q nera
ask --lang zh nera 45.77,126.61
ask -- 45.77,126.61
say 'bytes that are no UTF-8 are answered, not shown'
ask "$(printf '1234\377567')"
ask "$(printf '\033[31m12')"
say 'a long argument'
"$polelookup" "$(printf '%05000d' 7)"; echo "= $?"
say 'a number as long as a telephone that is no pole is not told again in full'
ask --lang zh 87654321
ask --lang en 12345667
ask between --lang en 87654321 1234567
say 'a county by its short name; one that lacks the code'
ask --lang zh --scope 五常 12345
ask --lang en --scope 五常 12347

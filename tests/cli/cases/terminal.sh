# SPDX-License-Identifier: MIT
# On a terminal, made by script(1) of bsdutils: a long line goes on below its text, no number is cut,
# colour marks what counts.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
# on COLUMNS ARGUMENT...: what a terminal of so many columns is sent, without the escapes; with them
# as ^[ in the file `escaped`.
on() {
    columns=$1
    shift
    say "$columns columns: $*"
    script -qec "stty cols $columns; '$polelookup' $*" /dev/null </dev/null | tr -d '\r' >sent
    cat -v sent >escaped
    sed 's/\x1b\[[0-9;]*m//g' sent
}
export TERM=xterm
on 80 1234567
on 60 --lang zh 1234567
on 44 --lang zh --caller-lang ru 1234567
on 60 12345
on 50 station 1244503
on 30 1234701 | head -n 4
say 'colour'
on 120 1234701 >/dev/null
grep -c '\^\[\[1m' escaped
on 120 9999999 >/dev/null
grep -c '\^\[\[1;31m' escaped
say 'no colour: NO_COLOR, a terminal that has none, no terminal'
NO_COLOR=1 on 120 1234701 >/dev/null
grep -c '\^\[' escaped
TERM=dumb on 120 1234701 >/dev/null
grep -c '\^\[' escaped
"$polelookup" 1234701 | grep -c "$(printf '\033')"

# SPDX-License-Identifier: MIT
# Confirmed calls to a channel's table.
say 'each figure tells how many pairs it rests on; the clean share falls by what was misheard'
printf '%s\n' heard,meant,confirmed 2334564,2334504,car 2334504,2334504,car 7334504,2334504, \
    '23?4504,2334504,second pole' 5550123,NONE,car >pairs.csv
ask learn pairs.csv -o mine.tsv
grep '^#\|^class' mine.tsv | head -n 30
say 'what nobody confirmed changes nothing'
printf '2334504\t2334504\t\n2334504\t2334504\n' >unconfirmed.tsv
ask learn pairs.csv unconfirmed.tsv -o same.tsv
grep '^class' mine.tsv >a
grep '^class' same.tsv | cmp - a && echo the same
say 'it is a channel: it can be asked with, and learned on'
ask learn --quiet --channel ./mine.tsv - -o again.tsv <unconfirmed.tsv
grep -c '^matrix' again.tsv
small_city
ask --index "$folder/small.plx" --channel ./mine.tsv --lang en 1234567
say 'rows that are no pairs are told by their line alone'
printf '2334504,2334504,car\nMy name is Li,2334504,car\n2334504,,car\n' >mixed.csv
ask learn mixed.csv -o mixed.tsv
say 'a log: answers that a person confirmed; the last choice counts; damaged lines are told'
export POLELOOKUP_INDEX="$folder/small.plx"
printf '1234567\n7234567\n1234561\n你好\n1234563\n' | "$polelookup" -q --log calls.log >/dev/null
id() { sed -n "$1p" calls.log | cut -c 14-45; }
"$polelookup" --log calls.log --chosen "$(id 1)=1234567,car"
"$polelookup" --log calls.log --chosen "$(id 2)=7234567,caller"
"$polelookup" --log calls.log --chosen "$(id 2)=1234567,car"
"$polelookup" --log calls.log --chosen "$(id 3)=NONE,second-pole"
"$polelookup" --log calls.log --chosen "$(id 4)=1234567,car"
"$polelookup" --log calls.log --chosen 00000000000000000000000000000000=1234567,car
tail -n 4 calls.log | sed 's/"time":"[^"]*"/"time":"2008-06-30T12:00:00.000Z"/'
head -n 2 calls.log | tail -n 1 | head -c 400 >torn.log
printf '\n' | cat torn.log - calls.log >all.log
ask learn all.log pairs.csv -o logged.tsv
head -n 2 logged.tsv
grep '^class' logged.tsv | head -n 3
say 'a log that is given twice is learned once'
ask learn calls.log calls.log -o twice.tsv
say 'the same from standard input'
cat calls.log | "$polelookup" learn - -o piped.tsv
cmp twice.tsv piped.tsv && echo the same
say 'no log; a query beside it; no id; no code; nothing that told it'
ask --chosen 00000000000000000000000000000000=1234567,car
ask --log calls.log --chosen 00000000000000000000000000000000=1234567,car 1234567
ask --log calls.log --chosen 1=1234567,car
ask --log calls.log --chosen 00000000000000000000000000000000=12?4567,car
ask --log calls.log --chosen 00000000000000000000000000000000=1234567
ask --log calls.log --chosen '00000000000000000000000000000000=1234567,Mr Li'
unset POLELOOKUP_INDEX
say 'no file; no such file; no such channel; a channel that is none'
ask learn
ask learn none.csv
ask learn --channel quiet pairs.csv
ask learn --channel ./pairs.csv pairs.csv

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
say 'no file; no such file; no such channel; a channel that is none'
ask learn
ask learn none.csv
ask learn --channel quiet pairs.csv
ask learn --channel ./pairs.csv pairs.csv

# SPDX-License-Identifier: MIT
# The log of answers: a line of JSON each, that only its owner may read, added to and never written
# over.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
# What differs from run to run.
lines() {
    sed -E 's/"time":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"/"time":"2008-06-30T12:00:00.000Z"/; s/"elapsed_us":[0-9]+/"elapsed_us":0/' "$@"
}
umask 0
ask --lang zh --log calls.log 1234567
stat -c %a calls.log
lines calls.log
say 'added to, for each query one line; the answer is that of --json'
printf '1284567\n你好\n' | "$polelookup" --json --lang zh --log calls.log >answers.json
echo "= $?"
wc -l <calls.log
tail -n 2 calls.log | sed 's/.*,"answer":\(.*\)}$/\1/' | cmp - answers.json && echo 'the same'
lines calls.log | tail -n 1
sed 's/","time.*//' calls.log | sort -u | wc -l
say 'two that write at once cut no line'
for _ in 1 2 3 4; do
    yes 1234567 | head -n 200 | "$polelookup" --json --log both.log >/dev/null &
done
wait
grep -c '^{"query_id":"[0-9a-f]*","time":"[^"]*","elapsed_us":[0-9]*,"answer":{"schema":1,.*}}$' both.log
say 'a line that was cut short is left as it is'
head -c 100 calls.log >torn.log
"$polelookup" --log torn.log 1234567 >/dev/null
wc -l <torn.log
tail -n 1 torn.log | cut -c 1-13
say 'what is no log is not added to'
cp "$POLELOOKUP_INDEX" city.plx
ask --log city.plx 1234567
cmp city.plx "$POLELOOKUP_INDEX" && echo unchanged
ask --json --log . 1234567
ask --log missing/calls.log 1234567
say 'a full disk: the answer is given, and the failure told'
ask -q --log /dev/full 1234563

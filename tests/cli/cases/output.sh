# SPDX-License-Identifier: MIT
# What becomes of output that cannot be written, and of being interrupted.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
say 'a full disk'
for arguments in 1234567 '--json 1234567' 'near 45.77,126.61' 'info' 'export' 'station 1234567' '--help'; do
    "$polelookup" $arguments >/dev/full 2>err
    echo "$arguments: $? $(cat err)"
done
"$polelookup" export -o /dev/full; echo "= $?"
say 'closed standard files: no file that is opened takes their place'
"$polelookup" 1234567 >&- 2>err; echo "= $? $(cat err)"
"$polelookup" 1234567 2>&- | head -n 1
"$polelookup" --json 12 2>&- >/dev/null; echo "= $?"
printf 1234567 | "$polelookup" - <&- 2>err; echo "= $? $(cat err)"
cmp "$POLELOOKUP_INDEX" "$POLELOOKUP_INDEX" && "$polelookup" verify "$POLELOOKUP_INDEX" | cut -c 1-5
say 'a reader that goes away ends it, quietly'
yes 1234567 | "$polelookup" --json 2>err | head -n 1 | cut -c 1-20
cat err
say 'interrupted while it waits for a line'
{ echo 1234567; sleep 1; } | timeout --preserve-status -s INT 0.3 "$polelookup" --json >out
echo "= $?"
cut -c 1-20 out

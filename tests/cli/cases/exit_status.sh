# SPDX-License-Identifier: MIT
# Exit statuses of several queries: the worst of them says.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
for queries in '1234567' '1234567 1234565' '1234567 12345' '12345 1234599' '1234567 9999999' '1234567 12' '7301 1' '1284567'; do
    "$polelookup" --json $queries >/dev/null
    echo "$queries: $?"
done
"$polelookup" --json -i missing.plx 1234567 2>/dev/null
echo "missing index: $?"
"$polelookup" --limit 0 1234567 2>/dev/null
echo "usage: $?"

# SPDX-License-Identifier: MIT
# Standard input: one query a line, an answer each.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
say 'piped, with a byte order mark, CRLF, an empty line, no end of the last line'
printf '\357\273\2771234567\r\n\n1234599\n7301' | ask --json
say 'as people read it'
printf '1234561\n1234563\n' | ask
say "'-' among arguments"
printf '1234561\n' | ask --json 1234563 - 1234565
say "behind -- '-' is a query"
printf '1234561\n' | ask --json -- -
say 'nothing to read'
ask --json
say 'an answer comes before the next line is asked'
mkfifo asked answered
"$polelookup" --json <asked >answered &
exec 3>asked 4<answered
echo 1234567 >&3
read -r first <&4
echo "$first" | cut -c 1-40
echo 1234599 >&3
read -r second <&4
echo "$second" | cut -c 1-40
exec 3>&- 4<&-
wait
say 'a line that is too long'
head -c 2000000 /dev/zero | tr '\0' 1 | ask

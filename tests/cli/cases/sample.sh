# SPDX-License-Identifier: MIT
# The sample that comes with the command, asked with no index named: what a newcomer sees.
# README.md shows this answer too.
if ! [ -e "$(dirname "$polelookup")/../share/polelookup/sample.plx" ]; then
    say 'SKIPPED: there is no sample beside the command'
    exit
fi
ask 1234567
ask --lang zh 1234567
ask --lang zh 2334502
ask --lang zh 0000000
ask near --lang zh -k 3 45.7769,126.6161
ask station --lang zh 1234567
"$polelookup" info | grep -v -e '^Index' -e '^From' -e '^Built' -e '^Id'
"$polelookup" verify "$(dirname "$polelookup")/../share/polelookup/sample.plx" | cut -c 1-5
say 'every answer has at most nine lines'
for language in zh en; do
    "$polelookup" export | cut -d , -f 2 | awk 'NR % 97 == 2' | "$polelookup" --lang $language |
        awk 'BEGIN { RS = "" } { if (split($0, lines, "\n") > 9) bad++ } END { print (NR > 1000), bad + 0 }'
done

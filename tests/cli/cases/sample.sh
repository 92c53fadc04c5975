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
say 'likely, and not settled; too many to name one; two in one text'
for language in zh en; do
    ask --lang $language 7334502
    ask --lang $language '12345??'
    ask --lang $language '1?3?5?7'
    ask --lang $language 12345
    ask --lang $language '1234567 或者 2334502'
done
ask near --lang zh -k 3 45.7769,126.6161
ask station --lang zh 1234567
"$polelookup" info | grep -v -e '^Index' -e '^From' -e '^Built' -e '^Id'
"$polelookup" verify "$(dirname "$polelookup")/../share/polelookup/sample.plx" | cut -c 1-5
say 'every answer has at most nine lines, of codes heard right, wrong and in part'
for language in zh en; do
    "$polelookup" export | cut -d , -f 2 | awk 'NR % 97 == 2 {
            print
            if (NR % 5 == 0)
                print substr($0, 1, 2) (substr($0, 3, 1) + 5) % 10 substr($0, 4)
            if (NR % 5 == 1)
                print substr($0, 1, 5) (substr($0, 6, 1) + 3) % 10 "?"
        }' | "$polelookup" --lang $language |
        awk 'BEGIN { RS = "" } { if (split($0, lines, "\n") > 9) bad++ } END { print (NR > 1000), bad + 0 }'
done

# SPDX-License-Identifier: MIT
# Help: a screen of 24 lines and 80 columns for each command, on standard output.
for command in '' near within station build verify info export; do
    "$polelookup" $command --help >help.txt; echo "'$command': $?"
    awk -v command="$command" 'length > 80 { print command ": wide: " $0 }
        END { if (NR > 24) print command ": " NR " lines" }' help.txt
    grep -q 'polelookup' help.txt || echo "$command: no example"
done
ask --help
ask -h
ask build --help
ask --version

# SPDX-License-Identifier: MIT
# Help: a screen of 24 lines and 80 columns for each command, on standard output.
for language in en zh; do
    for command in '' near within station between build verify info export learn; do
        "$polelookup" $command --help --lang $language >help.txt
        columns=$(LC_ALL=C.UTF-8 wc -L <help.txt)
        echo "$language '$command': $? $((columns <= 80)) $(($(wc -l <help.txt) <= 24))"
        tail -n 1 help.txt | grep -q '^  polelookup\|\.plx$' || echo "$command: no example"
        for option in $("$polelookup" $command --help --lang en | grep -o -e '--[a-z][a-z-]*'); do
            grep -q -e "$option" help.txt || echo "$language '$command' does not name $option"
        done
    done
done
ask --help
ask -h
ask build --help
ask build --help --lang zh
ask --version

# SPDX-License-Identifier: MIT
# Which index is asked: the first that is named or exists; when it cannot be opened, none.
small_city
# why: the line of `info` that says it.
why() {
    "$polelookup" info 2>&1 | grep -E '^(Why|polelookup)'
}
say 'named'
ask info "$folder/small.plx"
ask info --lang zh -i "$folder/small.plx"
say 'by the environment'
POLELOOKUP_INDEX=$folder/small.plx why
say 'the environment names one that is not there: it is not passed over'
(export POLELOOKUP_INDEX=$folder/none.plx; ask 1234567)
(export POLELOOKUP_INDEX=; ask 1234567)
say 'the user'"'"'s'
mkdir -p "$folder/data/polelookup" "$HOME/.local/share/polelookup"
cp "$folder/small.plx" "$folder/data/polelookup/default.plx"
XDG_DATA_HOME=$folder/data why
say 'XDG_DATA_HOME not set: below HOME'
cp "$folder/small.plx" "$HOME/.local/share/polelookup/default.plx"
why
say 'a link that leads nowhere is an index that cannot be opened'
rm "$HOME/.local/share/polelookup/default.plx"
ln -s nowhere "$HOME/.local/share/polelookup/default.plx"
ask 1234567
rm "$HOME/.local/share/polelookup/default.plx"
say 'the current folder is never searched'
mkdir -p polelookup
cp "$folder/small.plx" polelookup/default.plx
cp "$folder/small.plx" default.plx
XDG_DATA_HOME=. HOME=. why | grep -c 'user'
say 'not an index, damaged, a folder'
echo 'not an index' >text.plx
ask -i text.plx 1234567
head -c 1000 "$folder/small.plx" >cut.plx
ask -i cut.plx 1234567
ask -i . 1234567
say 'empty, a pipe, a device, beyond the limit'
: >empty.plx
ask -i empty.plx 1234567
mkfifo pipe.plx
ask -i pipe.plx 1234567
ask -i /dev/zero 1234567
truncate -s 2G large.plx
ask --json -i large.plx 1234567
ask verify large.plx
rm large.plx
say 'paths with blanks, with bytes that are no UTF-8, long ones'
mkdir 'a b'
strange=$(printf 'a b/\377.plx')
cp "$folder/small.plx" "$strange"
ask -q info "$strange" | head -n 2
ask -i "$strange.none" 1234567
printf x >"$strange"
ask --json -i "$strange" 1234567
long=$(printf '%0200d' 0)
mkdir "$long"
printf x >"$long/x.plx"
ask -i "$long/x.plx" 1234567
say 'in Chinese an error begins with what kind it is'
ask --lang zh -i missing.plx 1234567
ask --lang zh -i text.plx 1234567
ask --lang zh --indx x 1234567

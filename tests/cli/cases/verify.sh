# SPDX-License-Identifier: MIT
# Whether an index is sound.
small_city
index=$folder/small.plx
ask verify "$index"
ask verify --lang zh "$index"
ask verify missing.plx
echo text >text.plx
ask verify text.plx
say 'a byte in the middle'
cp "$index" damaged.plx
size=$(wc -c <damaged.plx)
at=$((size / 2))
old=$(od -An -tu1 -j $at -N 1 damaged.plx | tr -d ' ')
printf "\\$(printf %03o $((255 - old)))" | dd of=damaged.plx bs=1 seek=$at conv=notrunc 2>/dev/null
"$polelookup" verify damaged.plx | cut -c 1-20
"$polelookup" verify damaged.plx >/dev/null; echo "= $?"
"$polelookup" verify --lang zh damaged.plx | cut -c 1-25
"$polelookup" verify --json damaged.plx | grep -o '"sound": *[a-z]*'
"$polelookup" -i damaged.plx 1234567 2>/dev/null; echo "= $?"

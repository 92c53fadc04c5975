# SPDX-License-Identifier: MIT
# One JSON object a line, errors too.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
ask --json 1234567
ask --json --lang en --caller-lang ru 1244503
ask --json 12345
ask --json -n 1 12345
ask --json --crs gcj02 1234567
ask --json 1234599
ask --json 12
ask near --json -k 1 45.77,126.6161
ask within --json --bbox 45.7750,126.6202,45.7750,126.6204
ask station --json 1234703
ask station --json 45.775,126.6499
ask info --json
small_city --no-doubt
ask info --json
small_city
ask verify --json "$POLELOOKUP_INDEX"
say 'in Chinese; a hit was not heard'
ask near --json --lang zh -k 1 45.775,126.6202
ask station --json --lang zh 1244503
say 'errors'
ask --json --no-such-option
ask --json -i missing.plx 1234567
ask station --json 1234599

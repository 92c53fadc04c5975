# SPDX-License-Identifier: MIT
# Two poles seen.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
for language in zh en; do
    say 'one side, two sides, a corner, one pole twice'
    ask between --lang $language 1234561 1234567
    ask between --lang $language 1234565 1234566
    ask between --lang $language 1234571 1234603
    ask between --lang $language 1234567 1234567
    say 'too far: one is wrong, and a mishearing explains it; or the caller has moved'
    ask between --lang $language 1234703 1234567
    ask between --lang $language 1234799 1234567
    say 'two digits exchanged; no mishearing explains it'
    ask between --lang $language 1234565 1234657
    ask between --lang $language 1234701 0012345
    say 'one is in no table; one in part unreadable; both; one is no code'
    ask between --lang $language 1234597 1234565
    ask between --lang $language '12?4567' 1234565
    ask between --lang $language 9999999 8888888
    ask between --lang $language '没有号码' 1234565
    say 'a county: by the other pole, by name, by neither'
    ask between --lang $language 12345 12347
    ask between --lang $language --scope 五常市 12345 54321
    ask between --lang $language 12345 1234565
done
say 'a pole that was removed'
ask between --lang zh 1244501 1244503
say 'both misheard; another channel'
ask between --lang en 1234968 1234265
ask between --lang en --channel heavy --caller-lang en 1234703 1234567
ask between --lang en --channel loud 1234703 1234567
say 'JSON'
ask between --json --lang en 1234561 1234567
ask between --json --lang en --crs gcj02 1234571 1234603
ask between --json --lang zh 1234799 1234567
ask between --json --lang zh 1234597 1234565
ask between --json --lang zh '没有号码' 12345
say 'not two codes; a county that is not there'
ask between 1234567
ask between 1234567 1234569 1234571
ask between --scope 北京 1234567 1234569
ask between -k 3 1234567 1234569

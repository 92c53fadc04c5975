# SPDX-License-Identifier: MIT
# Poles around a point.
small_city
export POLELOOKUP_INDEX="$folder/small.plx"
ask near -k 3 45.7698,126.6161
ask near --lang zh -k 3 45.7698,126.6161
say 'all in a radius, and the nearest of them'
ask near --radius 40 45.7698,126.6162
ask near --radius 40 -k 1 45.7698,126.6162
say 'none'
ask near --radius 10 45.78,126.61
ask near --lang zh --radius 10 45.78,126.61
say 'negative coordinates are arguments; far from the table is said'
ask near -k 1 -31.95,115.86
ask near -q -k 1 -.5,-100.25
say 'another CRS'
ask near -k 1 --crs gcj02 45.7698,126.6161
say 'a full-width comma, blanks'
ask near -k 1 '45.7698， 126.6161'
say 'not a point'
ask near 126.6161,45.7698
ask near 325000,5070000
ask near 45.77
ask near 45.77,126.61,5
ask near 0x2d,126.61
ask near 45.77,

// SPDX-License-Identifier: MIT
// The same types by require().
import polelookup = require('polelookup');

const index: polelookup.PoleIndex = polelookup.open('city.plx');
const stations: readonly polelookup.StationHit[] = index.stationsAt(45.7, 126.6, { nearest: 3 });
const relation: polelookup.Relation = index.between('2334504', '2334502').relation;
void [stations, relation];

// SPDX-License-Identifier: MIT
// A user's program, compiled by tsc --strict without the types of Node: what must be typed so, is,
// and what must not compile is marked.
import { MATCHES, NONE, open, openAsync, PoleError, PoleIndex } from 'polelookup';
import type { Answer, Candidate, Columns, Match, ResolveOptions, Warning } from 'polelookup';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

const index: PoleIndex = open('city.plx', { mapped: true });
const lat: number = index.find('2334504').lat;
const perhaps = index.get('2334504', '')?.street;
same<typeof perhaps, string | null | undefined>(true);

const options: ResolveOptions = {
    hint: { lat, lon: 126.6, radiusM: 300, level: 0.68, crs: 'gcj02' },
    also: [{ text: '2334502', weight: 1 }],
    digits: { 3: 1 },
    box: { south: 45, west: 126, north: 46, east: 127 },
    callerLanguage: 'ru',
    channel: 'heavy',
};
const answer: Answer = index.resolve('2334504', options);
const match: Match = answer.match;
same<typeof answer.confidence, number | null>(true);
same<typeof answer.pole, Candidate | null>(true);
const placeLat: number | undefined = answer.place?.lat;
const invented: boolean | undefined = answer.pole?.sample;
const warnings: readonly Warning[] = answer.warnings;
const edits = answer.candidates.flatMap((candidate) => candidate.edits.map((edit) => edit.kind));

const columns: Columns = index.lookupMany(Uint32Array.of(2334504), { digits: 7 });
same<typeof columns.lat, Float64Array>(true);
same<typeof columns.confidence, Float64Array | null>(true);
const names = Array.from(columns.match, (number) => MATCHES[number]);
const none: boolean = columns.rows[0] === NONE;

const later: Promise<PoleIndex> = openAsync('city.plx');
const asked: Promise<Answer> = index.resolveAsync([{ text: '2334504', weight: 0.5 }]);

try {
    index.find('x');
} catch (error) {
    if (error instanceof PoleError && error.code === 'malformed_code') {
        const line: number = error.line;
        void line;
    }
}

// @ts-expect-error a code is a text: a number has lost its leading zeros
index.find(2334504);
// @ts-expect-error there is no such evidence
index.resolve('2334504', { hnit: { lat: 1, lon: 2, radiusM: 3 } });
// @ts-expect-error a hint without its radius says nothing
index.resolve('2334504', { hint: { lat: 1, lon: 2 } });
// @ts-expect-error answers are not to be changed
answer.match = 'exact';
// @ts-expect-error a candidate may not be there
answer.pole.code;
// @ts-expect-error an index is opened, not constructed
new PoleIndex('city.plx');

void [placeLat, invented, match, warnings, edits, names, none, later, asked];

// SPDX-License-Identifier: MIT
// Batches: each way in gives what the single calls and resolve() give, in the caller's order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MATCHES, NONE, open, openMemory, PoleError } from 'polelookup';
import { randomNumbers, sampleFile, source } from './where.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const index = open(sampleFile);
const refused = (error) => error instanceof PoleError && error.code === 'invalid_argument';
const arrays = (columns) => [
    columns.rows, columns.match, columns.lat, columns.lon, columns.stations, columns.confidence,
    columns.confidencePlace, columns.farShare,
];

/** Codes of which about half are poles. */
function someCodes(t, count) {
    const random = randomNumbers(t, 20080630);
    const poles = index.withinRadius(45.75, 126.65, 3000).map((hit) => hit.pole.code);
    return Array.from({ length: count }, () =>
        random(2) === 0
            ? poles[random(poles.length)]
            : String(random(10000000)).padStart(7, '0'),
    );
}

test('strings, numbers and a buffer give the same columns, at once or on a thread', async (t) => {
    const codes = someCodes(t, 3000);
    const numbers = Uint32Array.from(codes, Number);
    const texts = Buffer.from(codes.join(''));
    const spaced = Buffer.from(codes.join(';'));
    for (const judge of [true, false]) {
        const wanted = arrays(index.lookupMany(codes, { judge }));
        const ways = [
            index.lookupMany(numbers, { judge, digits: 7 }),
            index.lookupMany(texts, { judge, digits: 7 }),
            index.lookupMany(spaced, { judge, digits: 7, stride: 8 }),
            await index.lookupManyAsync(codes, { judge }),
            await index.lookupManyAsync(numbers, { judge, digits: 7 }),
            await index.lookupManyAsync(texts, { judge, digits: 7 }),
            await index.lookupManyAsync(spaced, { judge, digits: 7, stride: 8 }),
        ];
        for (const way of ways) {
            assert.deepEqual(arrays(way), wanted);
        }
    }
});

test('a column is what the single call gives', (t) => {
    const codes = someCodes(t, 2000);
    const columns = index.lookupMany(codes, { judge: false });
    codes.forEach((code, i) => {
        const pole = index.get(code);
        if (pole === undefined) {
            assert.equal(columns.rows[i], NONE);
            assert.equal(columns.stations[i], NONE);
            assert.ok(Number.isNaN(columns.lat[i]) && Number.isNaN(columns.lon[i]));
            assert.equal(columns.matchOf(i), 'unknown');
            assert.equal(columns.poleAt(i), null);
            assert.equal(columns.stationId(i), null);
        } else {
            assert.equal(columns.rows[i], pole.row);
            assert.equal(columns.lat[i], pole.lat);
            assert.equal(columns.lon[i], pole.lon);
            assert.equal(columns.matchOf(i), 'exact');
            assert.equal(columns.stationId(i), pole.station()?.id ?? null);
            assert.equal(columns.poleAt(i).code, code);
        }
    });
    assert.equal(columns.confidence, null);
    assert.equal(columns.judged, false);
});

test('what is judged is what resolve answers', (t) => {
    const codes = someCodes(t, 150);
    const columns = index.lookupMany(codes, { bestGuess: true });
    let judged = 0;
    codes.forEach((code, i) => {
        const answer = index.resolve(code);
        if (columns.matchOf(i) !== 'none' && columns.rows[i] !== NONE) {
            judged++;
            assert.equal(columns.matchOf(i), answer.match, code);
            assert.ok(Math.abs(columns.confidence[i] - answer.confidence) <= 1e-4, code);
            assert.ok(Math.abs(columns.confidencePlace[i] - answer.confidencePlace) <= 1e-4, code);
        }
    });
    assert.ok(judged > 50, `${judged} were judged`);
});

test('where it is judged, what is not sure has no place and no station, unless a guess is wanted', async (t) => {
    const codes = [...someCodes(t, 3000), '12345', ' 233450'];
    // Heard through a telephone of which little is clean, poles that are in the table are doubtful.
    const guess = index.lookupMany(codes, { bestGuess: true, clean: 0.3 });
    const found = index.lookupMany(codes, { judge: false });
    assert.deepEqual(guess.rows, found.rows);
    assert.deepEqual(guess.lat, found.lat);
    assert.deepEqual(guess.stations, found.stations);
    const numbers = Uint32Array.from(codes.slice(0, 3000), Number);
    const texts = Buffer.from(codes.slice(0, 3000).join(''));
    const ways = [
        index.lookupMany(codes, { clean: 0.3 }),
        index.lookupMany(codes, { clean: 0.3, bestGuess: false }),
        await index.lookupManyAsync(codes, { clean: 0.3 }),
        index.lookupMany(codes, { clean: 0.3, into: index.lookupMany(codes, { bestGuess: true }) }),
        index.lookupMany(numbers, { clean: 0.3, digits: 7 }),
        index.lookupMany(texts, { clean: 0.3, digits: 7 }),
        await index.lookupManyAsync(numbers, { clean: 0.3, digits: 7 }),
        await index.lookupManyAsync(texts, { clean: 0.3, digits: 7 }),
    ];
    for (const columns of ways) {
        let doubtful = 0;
        for (let i = 0; i < columns.length; i++) {
            assert.equal(columns.matchOf(i), guess.matchOf(i));
            assert.equal(columns.confidence[i], guess.confidence[i]);
            if (columns.matchOf(i) === 'exact') {
                assert.equal(columns.rows[i], guess.rows[i]);
                assert.equal(columns.lat[i], guess.lat[i]);
                assert.equal(columns.lon[i], guess.lon[i]);
                assert.equal(columns.stations[i], guess.stations[i]);
            } else {
                doubtful += guess.rows[i] === NONE ? 0 : 1;
                assert.ok(Number.isNaN(columns.lat[i]) && Number.isNaN(columns.lon[i]), codes[i]);
                assert.equal(columns.poleAt(i), null);
                assert.equal(columns.stationId(i), null);
            }
        }
        assert.ok(doubtful > 50, `${doubtful} poles are in doubt`);
    }
});

test('what is not bare digits is no code, and its neighbours are not hurt', () => {
    const codes = ['2334504', '23345-4', '２３３４５０４', ' 233450', 'abcdefg', '2334504'];
    const columns = index.lookupMany(codes);
    assert.deepEqual(
        codes.map((_, i) => columns.matchOf(i)),
        ['exact', 'no_code', 'no_code', 'no_code', 'no_code', 'exact'],
    );
});

test('codes of several lengths are never cut nor padded', async () => {
    const codes = ['2334504', '12345', '', '02334504', '2334502', '1234567890123', '334504'];
    for (const columns of [index.lookupMany(codes), await index.lookupManyAsync(codes)]) {
        assert.equal(columns.length, 7);
        const found = codes.map((_, i) => columns.poleAt(i)?.code ?? null);
        assert.deepEqual(found, ['2334504', null, null, null, '2334502', null, null]);
        assert.equal(columns.matchOf(2), 'no_code');
        assert.equal(columns.matchOf(5), 'no_code');
        for (const i of [1, 3, 6]) {
            assert.ok(['unknown', 'no_code'].includes(columns.matchOf(i)), codes[i]);
        }
    }
    const seven = index.lookupMany(codes, { digits: 7 });
    assert.equal(seven.matchOf(0), 'exact');
    assert.equal(seven.matchOf(1), 'no_code');
});

test('codes of counties, of five digits and of seven, each find their own', () => {
    const golden = openMemory(readFileSync(join(source, 'tests/golden/format-1.0.plx')));
    const all = golden.withinBox({ south: -90, west: -180, north: 90, east: 180 });
    const columns = golden.lookupMany(all.map((pole) => pole.code), { judge: false });
    let several = 0;
    all.forEach((pole, i) => {
        if (golden.findAll(pole.code).length > 1) {
            several++;
            assert.equal(columns.matchOf(i), 'ambiguous');
            assert.equal(columns.poleAt(i), null);
            assert.throws(() => golden.find(pole.code), (error) => error.code === 'several');
        } else {
            assert.equal(columns.rows[i], pole.row);
        }
        const scoped = golden.lookupMany([pole.code], { scope: pole.scope, judge: false });
        assert.equal(scoped.rows[0], pole.row);
        assert.equal(golden.find(pole.code, pole.scope).row, pole.row);
    });
    const lengths = new Set(all.map((pole) => pole.code.length));
    assert.ok(lengths.size > 1 || several > 0, 'the golden file has more than one length or scope');
});

test('columns can be filled again', () => {
    const first = index.lookupMany(['2334504', '2334502']);
    const again = index.lookupMany(Uint32Array.of(9999999, 2334504), { digits: 7, into: first });
    assert.equal(again, first);
    assert.equal(first.matchOf(1), 'exact');
    assert.equal(first.rows[0], NONE);
    assert.throws(() => index.lookupMany(['2334504'], { into: first }), refused);
    assert.throws(() => index.lookupMany(['2334504', '1'], { into: first, judge: false }), refused);
    const other = open(sampleFile);
    assert.throws(() => other.lookupMany(['2334504', '2334502'], { into: first }), refused);
    other.close();
});

test('an empty batch is a batch', async () => {
    for (const codes of [[], new Uint32Array(0), new Uint8Array(0)]) {
        assert.equal(index.lookupMany(codes, { digits: 7 }).length, 0);
        assert.equal((await index.lookupManyAsync(codes, { digits: 7 })).length, 0);
    }
});

test('what cannot be meant is refused', async () => {
    const cases = [
        [Uint32Array.of(2334504), {}],
        [Uint32Array.of(2334504), { digits: 0 }],
        [Uint32Array.of(2334504), { digits: 10 }],
        [Uint32Array.of(2334504), { digits: 6.5 }],
        [Buffer.from('2334504233'), { digits: 7 }],
        [Buffer.from('2334504'), { digits: 7, stride: 6 }],
        [[2334504], {}],
        [['2334504', null], {}],
        [Float64Array.of(2334504), { digits: 7 }],
        ['2334504', {}],
        [['2334504'], { digit: 7 }],
        [['2334504'], { bestGuess: 'no' }],
        [['2334504'], { clean: 1.5 }],
        [['2334504'], { clean: 'much' }],
    ];
    for (const [codes, options] of cases) {
        assert.throws(() => index.lookupMany(codes, options), refused, JSON.stringify(options));
        await assert.rejects(index.lookupManyAsync(codes, options), refused);
    }
    const unknown = (error) => error.code === 'not_found';
    assert.throws(() => index.lookupMany(['2334504'], { scope: 'nowhere' }), unknown);
});

test('the words of matches are those of the library', () => {
    assert.deepEqual(MATCHES.slice(1), [
        'exact', 'corrected', 'ambiguous', 'interpolated', 'unknown', 'no_code', 'malformed',
    ]);
});

// SPDX-License-Identifier: MIT
// Answers: all evidence arrives, doubt stays visible, and the JSON is the command's, byte for byte.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { open, PoleError } from 'polelookup';
import { prefix, sampleFile } from './where.mjs';

const index = open(sampleFile);
const refused = (error) => error instanceof PoleError && error.code === 'invalid_argument';

/** What the command prints; its exit status is that of the answer. */
function command(kind, ...words) {
    try {
        return execFileSync(
            join(prefix, 'bin/polelookup'),
            [...kind, '--json', '-i', sampleFile, '--lang', 'en', ...words],
            { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
        );
    } catch (error) {
        return error.stdout;
    }
}

const hint = { lat: 45.6765, lon: 126.6275, radiusM: 300 };
const cases = [
    ['2334504', {}, []],
    ['二三三四五零四', { hint: { ...hint, given: '45.6765,126.6275,300' } }, ['--hint', '45.6765,126.6275,300']],
    ['2334504', { hint: { lat: 45.67856, lon: 126.63325, radiusM: 300, level: 0.68, crs: 'gcj02', given: '45.67856,126.63325,300,0.68' } },
        ['--hint', '45.67856,126.63325,300,0.68', '--hint-crs', 'gcj02']],
    ['2334504', { street: '红旗街', district: '南岗' }, ['--street', '红旗街', '--district', '南岗']],
    ['2334504', { street: '建顺巷' }, ['--street', '建顺巷']],
    ['2334504', { also: '2334502' }, ['--also', '2334502']],
    ['2334504', { then: '2334510' }, ['--then', '2334510']],
    ['23345?4', { digits: { 6: 0 } }, ['--digit', '6=0']],
    ['二三三四五零四', { clean: 0.5, channel: 'heavy' }, ['--clean', '0.5', '--channel', 'heavy']],
    ['2334504', { limit: 7, nearM: 100 }, ['-n', '7', '--near-m', '100']],
    ['два три три четыре пять ноль четыре', { callerLanguage: 'ru' }, ['--caller-lang', 'ru']],
    ['2334504', { crs: 'bd09' }, ['--crs', 'bd09']],
    ['13945012345', {}, []],
    ['没有', {}, []],
    ['9999999', {}, []],
    ['2334504或者2334511', {}, []],
];

for (const [said, options, words] of cases) {
    test(`the command answers the same: ${said} ${words.join(' ')}`, async () => {
        const wanted = command([], '--caller-lang', options.callerLanguage ?? 'en', ...words, '--', said).trim();
        const asked = { language: 'en', callerLanguage: 'en', ...options };
        const answer = index.resolve(said, asked);
        assert.equal(answer.json, wanted);
        const later = await index.resolveAsync(said, asked);
        assert.deepEqual({ ...later }, { ...answer });
        assert.deepEqual(JSON.parse(JSON.stringify(answer)), JSON.parse(wanted));
    });
}

test('the typed answer is the JSON, unrounded', () => {
    for (const [said, options] of cases) {
        const answer = index.resolve(said, options);
        const told = answer.toJSON();
        const close = (a, b, step) => a === b || Math.abs(a - b) <= step;
        assert.equal(answer.match, told.status);
        assert.equal(answer.reason, told.reason);
        assert.equal(answer.heard, told.heard);
        assert.ok(close(answer.confidence, told.confidence, 5.1e-5));
        assert.ok(close(answer.confidencePlace, told.confidence_place, 5.1e-5));
        assert.deepEqual(answer.warnings, told.warnings.map((warning) => warning.code));
        assert.deepEqual(answer.corroboratedBy, told.corroborated_by);
        assert.equal(answer.question?.text, told.question?.text);
        assert.equal(answer.question?.say, told.question?.say);
        assert.equal(answer.farRival?.code, told.far_rival?.code);
        assert.equal(answer.candidates.length, told.candidates.length);
        answer.candidates.forEach((candidate, i) => {
            const other = told.candidates[i];
            for (const name of ['code', 'scope', 'street', 'district', 'state', 'surveyed', 'matched', 'crs']) {
                assert.equal(candidate[name], other[name], name);
            }
            assert.deepEqual(candidate.crossStreets.map(({ street }) => street), other.between_streets);
            assert.deepEqual(candidate.neighbours.map(({ code }) => code), other.neighbours.map(({ code }) => code));
            assert.deepEqual(
                candidate.stations.map(({ role, id, chosen, phone }) => [role, id, chosen, phone]),
                other.stations.map(({ role, id, chosen, phone }) => [role, id, chosen, phone]),
            );
            assert.deepEqual(
                candidate.edits.map((edit) => [edit.kind, edit.position, edit.heardPosition, edit.heard, edit.meant]),
                other.edits.map((edit) => [edit.kind, edit.position, edit.heard_position, edit.heard, edit.meant]),
            );
        });
    }
});

test('only an answer that names a pole has one', () => {
    const sure = index.resolve('2334504', { hint });
    assert.equal(sure.match, 'exact');
    assert.equal(sure.pole.code, '2334504');
    assert.equal(sure.station.id, '233');
    assert.deepEqual(sure.place, { lat: sure.pole.lat, lon: sure.pole.lon });
    const corrected = index.resolve('23345044', { hint });
    assert.equal(corrected.match, 'corrected');
    assert.deepEqual(corrected.place, sure.place);
    const torn = index.resolve('2334504', { hint: { lat: 45.77, lon: 126.64, radiusM: 500 } });
    assert.equal(torn.match, 'ambiguous');
    assert.ok(torn.candidates[0].confidence > 0.9);
    assert.equal(torn.pole, null);
    assert.equal(torn.station, null);
    assert.equal(torn.place, null);
    assert.ok(torn.warnings.includes('hint_conflict'));
    assert.equal(torn.evidence[0].agrees, -1);
    assert.match(inspect(torn), /ambiguous/);
    const none = index.resolve('没有');
    assert.equal(none.match, 'no_code');
    assert.equal(none.pole, null);
    assert.equal(none.place, null);
    assert.equal(none.heard, null);
    assert.equal(none.confidence, null);
});

test('a missing pole between two is a place, and no pole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polelookup-'));
    try {
        // One side of a street, where 1010113 was never entered.
        const rows = [3, 5, 7, 9, 11, 15, 17, 19].map(
            (pole) => `10101${String(pole).padStart(2, '0')},${45.7 + pole * 0.00013},126.6,Jia Jie`,
        );
        writeFileSync(join(folder, 'poles.csv'), ['code,lat,lon,street', ...rows, ''].join('\n'));
        const built = join(folder, 'street.plx');
        execFileSync(
            join(prefix, 'bin/polelookup'),
            ['build', '--poles', join(folder, 'poles.csv'), '-o', built],
            { stdio: 'pipe' },
        );
        const street = open(built);
        const answer = street.resolve('1010113');
        assert.equal(street.sample, false);
        assert.equal(answer.sample, false);
        assert.equal(answer.match, 'interpolated');
        assert.equal(answer.pole, null);
        assert.equal(answer.station, null);
        assert.equal(answer.estimate.code, '1010113');
        const { lat, lon } = answer.estimate;
        assert.deepEqual(answer.place, { lat, lon });
        assert.ok(answer.candidates.every((candidate) => candidate.sample === false));
        assert.equal(street.resolve('1010111').candidates[0].sample, false);
        assert.deepEqual(answer.estimate.between.map(({ code }) => code), ['1010111', '1010115']);
        assert.ok(Math.abs(answer.estimate.lat - (45.7 + 13 * 0.00013)) < 1e-6);
        assert.ok(answer.estimate.radiusM > 10 && answer.estimate.radiusM < 60);
        assert.match(inspect(answer), /1010113 is about 45\.70169/);
        assert.doesNotMatch(inspect(answer), /SAMPLE/);
        street.close();
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('a box says what it forbids', () => {
    const box = { south: 45.76, west: 126.63, north: 45.78, east: 126.65 };
    const { south, west, north, east } = box;
    const ring = [[south, west], [south, east], [north, east], [north, west]];
    for (const options of [{ box }, { polygon: [ring] }]) {
        const answer = index.resolve('2334504', options);
        assert.equal(answer.evidence[0].outside.code, '2334504');
        assert.ok(answer.evidence[0].outsideShare > 0.5);
        for (const candidate of answer.candidates) {
            assert.ok(candidate.lat >= south && candidate.lat <= north);
        }
    }
});

test('an n-best list is mixed by its weights', () => {
    const answer = index.resolve([
        { text: '2334504', weight: 0.7 },
        { text: '2334501', weight: 0.3 },
    ]);
    assert.equal(answer.toJSON().readings.length, 2);
    const heard = index.hear([
        { text: '2334504', weight: 3 },
        { text: '2334501', weight: 1 },
    ]);
    assert.equal(heard.codes[0].code, '2334504');
    assert.ok(Math.abs(heard.codes[0].weight - 0.75) < 1e-9);
    assert.throws(() => index.resolve([{ text: '2334504', weight: 0 }]), refused);
    assert.throws(() => index.resolve([{ text: '2334504', weight: NaN }]), refused);
});

test('describe tells a known pole in full; brief leaves out', () => {
    const answer = index.describe(index.find('2334504'), { crs: 'gcj02', language: 'en' });
    assert.equal(answer.match, 'exact');
    assert.equal(answer.candidates[0].crs, 'gcj02');
    assert.equal(answer.candidates[0].neighbours.length, 2);
    const brief = index.resolve('2334504', { brief: true });
    assert.equal(brief.candidates[0].neighbours.length, 0);
    assert.equal(brief.question, null);
});

test('between is what the command says', async () => {
    for (const [first, second] of [['2334504', '2334502'], ['2334504', '2334504'], ['2334504', '9999999'], ['2334504', '1210640']]) {
        const told = index.between(first, second, { language: 'en', callerLanguage: 'en' });
        assert.equal(told.json, command(['between'], '--caller-lang', 'en', first, second).trim());
        const later = await index.betweenAsync(first, second, { language: 'en', callerLanguage: 'en' });
        assert.deepEqual({ ...later }, { ...told });
        assert.match(inspect(told), new RegExp(told.relation));
    }
});

test('evidence that is misspelt or impossible is refused, never left out', async () => {
    const cases = [
        { hnit: hint },
        { hint: { lat: 45, lon: 126 } },
        { hint: { lat: 45, lon: 126, radiusM: 0 } },
        { hint: { lat: 45, lon: 126, radiusM: -1 } },
        { hint: { lat: 95, lon: 126, radiusM: 5 } },
        { hint: { lat: '45', lon: 126, radiusM: 5 } },
        { hint: { lat: 45, lon: 126, radius_m: 5 } },
        { hint: { lat: 45, lon: 126, radiusM: 5, crs: 'mars' } },
        { hint: { lat: 45, lon: 126, radiusM: 5, level: 1 } },
        { digits: { 3: 10 } },
        { digits: { x: 1 } },
        { digits: { 0: 1 } },
        { scope: 'nowhere' },
        { street: 7 },
        { also: 7 },
        { clean: 2 },
        { limit: 1000 },
        { limit: '3' },
        { brief: 1 },
        { language: 'fr' },
        { callerLanguage: 'fr' },
        { polygon: [[[45, 126]]] },
        { polygon: [] },
        { polygon: [[]] },
        { polygon: [[], []] },
        { polygon: [[[45, 126], [46, 126], [46, 127]], []] },
        { box: { south: 46, west: 126, north: 45, east: 127 } },
        { box: { south: 45 } },
    ];
    for (const options of cases) {
        assert.throws(() => index.resolve('2334504', options), refused, JSON.stringify(options));
        await assert.rejects(index.resolveAsync('2334504', options), refused, JSON.stringify(options));
    }
    for (const said of [undefined, null, 2334504, {}, [null], ['2334504'], [{}]]) {
        assert.throws(() => index.resolve(said), (error) => refused(error) || error instanceof TypeError);
    }
    assert.throws(() => index.between('2334504', '2334502', { hint }), refused);
    assert.throws(() => index.describe(index.find('2334504'), { street: 'x' }), refused);
});

test('a telephone number is masked in what is told', () => {
    const answer = index.resolve('我的电话13945012345');
    assert.equal(answer.reason, 'phone_number');
    assert.ok(!answer.json.includes('13945012345'));
    assert.ok(!answer.query.includes('13945012345'));
});

test('text that is no text of a person is answered all the same', () => {
    for (const said of ['', '\0', '2334504\0', '\ud800', '\u202e2334504', 'x'.repeat(100000)]) {
        const answer = index.resolve(said);
        JSON.parse(answer.json);
    }
});

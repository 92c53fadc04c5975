// SPDX-License-Identifier: MIT
// Opening, closing, finding: what an index says of itself, and what each failure is called.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
    Channel, fromWgs84, open, openAsync, openMemory, openMemoryAsync, Pole, PoleError, PoleIndex,
    readPolygon, toWgs84, version, warningText,
} from 'polelookup';
import { sampleFile, source } from './where.mjs';

const index = open(sampleFile);
const fails = (code) => (error) => {
    assert.ok(error instanceof PoleError, `${error}`);
    assert.ok(error instanceof Error);
    assert.equal(error.code, code);
    assert.ok(error.message.length > 0);
    return true;
};

test('the library inside is the version of the package', () => {
    assert.equal(version, readFileSync(join(source, 'VERSION'), 'utf8').trim());
    const { version: packed } = JSON.parse(readFileSync(join(source, 'bindings/node/package.json'), 'utf8'));
    assert.equal(packed, version);
});

test('a file, a mapped file and memory are the same index', async () => {
    const bytes = readFileSync(sampleFile);
    const others = [
        open(sampleFile, { mapped: true }),
        openMemory(bytes),
        openMemory(new Uint8Array(bytes)),
        await openAsync(sampleFile),
        await openMemoryAsync(bytes),
    ];
    for (const other of others) {
        assert.deepEqual(other.info, index.info);
        assert.equal(other.find('2334504').street, index.find('2334504').street);
        other.close();
    }
});

test('memory is copied: what happens to it afterwards does not matter', () => {
    const bytes = new Uint8Array(readFileSync(sampleFile));
    const copy = openMemory(bytes);
    const before = copy.find('2334504').toJSON();
    bytes.fill(0);
    assert.deepEqual(copy.find('2334504').toJSON(), before);
    copy.verify();
    copy.close();
});

test('every failure to open has its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polelookup-'));
    try {
        const bytes = readFileSync(sampleFile);
        const path = (name, content) => {
            writeFileSync(join(folder, name), content);
            return join(folder, name);
        };
        const damaged = Buffer.from(bytes);
        damaged[damaged.length >> 1] ^= 1;
        const cases = [
            ['io', join(folder, 'absent.plx')],
            ['io', folder],
            ['not_an_index', path('text.plx', 'code,lat,lon\n'.repeat(100))],
            ['damaged', path('cut.plx', bytes.subarray(0, 5000))],
            ['damaged', path('bit.plx', damaged)],
            ['invalid_argument', ''],
            ['invalid_argument', `${sampleFile}\0.txt`],
            ['invalid_argument', 7],
        ];
        for (const [code, file] of cases) {
            assert.throws(() => open(file), fails(code));
            await assert.rejects(openAsync(file), fails(code));
        }
        assert.throws(() => openMemory(damaged), fails('damaged'));
        assert.throws(() => openMemory(new Uint8Array(0)), fails('not_an_index'));
        assert.throws(() => openMemory('bytes'), fails('invalid_argument'));
        await assert.rejects(openMemoryAsync(damaged), fails('damaged'));
        assert.throws(() => open(sampleFile, { maped: true }), fails('invalid_argument'));
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('an error tells what, and as JSON what the command tells', () => {
    try {
        open('/absent.plx');
        assert.fail('it opened');
    } catch (error) {
        assert.match(error.message, /absent\.plx/);
        const told = JSON.parse(JSON.stringify(error));
        assert.deepEqual(Object.keys(told), ['error']);
        assert.deepEqual(Object.keys(told.error), ['code', 'message', 'hint', 'line', 'column']);
        assert.equal(told.error.code, 'io');
        assert.match(inspect(error), /code: 'io'/);
    }
});

test('the sample says so in each answer', () => {
    assert.equal(index.sample, true);
    assert.equal(index.info.sample, true);
    const pole = index.find('2334504');
    assert.equal(pole.sample, true);
    assert.equal(JSON.parse(JSON.stringify(pole)).sample, true);
    assert.match(inspect(pole), /SAMPLE/);
    assert.match(inspect(index), /SAMPLE/);
    assert.equal(index.lookupMany(['2334504']).sample, true);
    assert.match(inspect(index.lookupMany(['2334504'])), /SAMPLE/);
    const answer = index.resolve('2334504', { hint: { lat: pole.lat, lon: pole.lon, radiusM: 100 } });
    assert.equal(answer.sample, true);
    assert.equal(answer.pole.sample, true);
    assert.equal({ ...answer.pole }.sample, true);
    assert.ok(answer.candidates.length > 1);
    assert.ok(answer.candidates.every((candidate) => candidate.sample === true));
    assert.ok(index.between('2334504', '2334502').poles.every((one) => one.sample === true));
    assert.match(inspect(index.resolve('2334504')), /SAMPLE/);
    assert.equal(index.between('2334504', '2334502').sample, true);
    assert.equal(index.nearest(45.77, 126.64)[0].pole.sample, true);
});

test('a pole that was found is printed so that it can be read', () => {
    assert.equal(
        inspect(index.find('2334504')),
        'Pole <SAMPLE 2334504 红旗街, 南岗区 45.6762803, 126.6272838 (WGS 84)>',
    );
    assert.match(inspect(index), /115900 poles, 153 stations/);
});

test('a pole is told by an index that has its row, and by no other', async () => {
    const other = open(join(source, 'tests/golden/format-1.0.plx'));
    const copy = index.retain();
    const again = open(sampleFile);
    // A row that both have: what would be told, were it not refused.
    const [pole] = other.findAll(other.withinBox({ south: -90, west: -180, north: 90, east: 180 })[0].code);
    assert.ok(pole.row < index.info.poles);
    const hit = { pole, distanceM: 1, bearingDeg: 2 };
    assert.throws(() => index.describe(pole), fails('invalid_argument'));
    await assert.rejects(index.describeAsync(pole), fails('invalid_argument'));
    assert.throws(() => index.hitJSON(hit), fails('invalid_argument'));
    assert.equal(other.describe(pole).candidates[0].code, pole.code);
    assert.equal((await other.describeAsync(pole)).candidates[0].code, pole.code);
    assert.match(other.hitJSON(hit), new RegExp(`"${pole.code}"`));
    const own = index.find('2334504');
    for (const same of [index, copy, again]) {
        assert.equal(same.describe(own).pole.code, '2334504');
        assert.match(same.hitJSON({ pole: own, distanceM: 1, bearingDeg: 2 }), /2334504/);
    }
    assert.throws(() => index.describe({ row: own.row }), fails('invalid_argument'));
    assert.throws(() => index.describe('2334504'), fails('invalid_argument'));
    for (const opened of [other, copy, again]) {
        opened.close();
    }
    await assert.rejects(index.describeAsync(pole), fails('invalid_argument'));
});

test('info as JSON is what the command prints', () => {
    const told = JSON.parse(index.infoJSON());
    assert.equal(told.index.id, index.info.id);
    assert.equal(told.poles, index.info.poles);
    assert.equal(told.index.sample, true);
});

test('find and get differ in one thing: a pole that is not there', () => {
    assert.ok(index.find('2 33 45 04') instanceof Pole);
    assert.equal(index.get('0000000'), undefined);
    assert.throws(() => index.find('0000000'), fails('not_found'));
    for (const call of ['find', 'get', 'findAll']) {
        assert.throws(() => index[call]('233450'), fails('malformed_code'));
        assert.throws(() => index[call]('2'.repeat(100)), fails('malformed_code'));
        assert.throws(() => index[call]('2334504', 'nowhere'), fails('not_found'));
        assert.throws(() => index[call](2334504), fails('invalid_argument'));
        assert.throws(() => index[call](), fails('invalid_argument'));
    }
    assert.deepEqual(index.findAll('0000000'), []);
    assert.deepEqual(index.findAll('2334504').map((pole) => pole.code), ['2334504']);
});

test('a code is parsed as the index divides it', () => {
    assert.deepEqual(index.parse(' 2334504 '), {
        code: '2334504', digits: 7, number: 2334504, grouped: '2 33 45 04',
    });
    assert.equal(index.parse('００１２３４５').code, '0012345');
});

test('the fields of a pole one by one are those of its record', () => {
    for (const hit of index.nearest(45.75, 126.65, { k: 300 })) {
        const { pole } = hit;
        const record = pole.toJSON();
        for (const [name, value] of Object.entries(record)) {
            assert.equal(pole[name], value, `${pole.code}.${name}`);
        }
    }
});

test('another owner keeps the index open', () => {
    const first = open(sampleFile);
    const second = first.retain();
    const pole = second.find('2334504');
    first.close();
    assert.throws(() => first.find('2334504'), fails('invalid_argument'));
    assert.equal(pole.street, '红旗街');
    second.close();
    second.close();
    assert.throws(() => second.resolve('2334504'), fails('invalid_argument'));
    assert.throws(() => pole.street, fails('invalid_argument'));
    assert.throws(() => second.retain(), fails('invalid_argument'));
    assert.equal(second.info.poles, 115900);
});

test('a handle that was closed is never another index', () => {
    const closed = open(sampleFile);
    closed.close();
    const others = Array.from({ length: 20 }, () => open(sampleFile));
    assert.throws(() => closed.find('2334504'), fails('invalid_argument'));
    others.forEach((other) => other.close());
});

test('places: nearest, within, stations agree with each other', () => {
    const hits = index.nearest(45.77, 126.64, { k: 50 });
    assert.equal(hits.length, 50);
    const radius = hits[49].distanceM;
    const within = index.withinRadius(45.77, 126.64, radius);
    assert.deepEqual(within.map((hit) => hit.pole.row), hits.map((hit) => hit.pole.row));
    const many = index.nearestMany([[45.77, 126.64], [45.7, 126.6]], { k: 3 });
    assert.deepEqual(many.map((some) => some.length), [3, 3]);
    assert.equal(many[0][2].pole.row, hits[2].pole.row);
    assert.equal(many[0][2].distanceM, hits[2].distanceM);
    assert.equal(many[1][0].pole.row, index.nearest(45.7, 126.6)[0].pole.row);
    assert.deepEqual(index.nearest(45.77, 126.64, { maxM: 1 }), []);
    assert.throws(() => index.nearest(91, 126.64), fails('invalid_argument'));
    assert.throws(() => index.nearest(45.77, 126.64, { k: 1025 }), fails('invalid_argument'));
    assert.throws(() => index.nearest(45.77, 126.64, { n: 2 }), fails('invalid_argument'));
    assert.throws(() => index.nearestMany([[95, 0]]), fails('invalid_argument'));
    const box = { south: 45.76, west: 126.63, north: 45.77, east: 126.64 };
    const { south, west, north, east } = box;
    const ring = [[south, west], [south, east], [north, east], [north, west]];
    const boxed = index.withinBox(box).map((pole) => pole.row);
    assert.ok(boxed.length > 10);
    assert.deepEqual(index.withinPolygon([ring]).map((pole) => pole.row), boxed);
    assert.throws(() => index.withinPolygon([[[45, 126]]]), fails('invalid_argument'));
});

test('a polygon of GeoJSON is rings of latitude and longitude', () => {
    const coordinates = [[[126.63, 45.76], [126.64, 45.76], [126.64, 45.77], [126.63, 45.76]]];
    const feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } };
    const rings = readPolygon(JSON.stringify(feature));
    assert.deepEqual(rings[0].slice(0, 3), [[45.76, 126.63], [45.76, 126.64], [45.77, 126.64]]);
    assert.throws(() => readPolygon('{"type": 7'), fails('bad_input'));
    assert.throws(() => readPolygon(`{"type": "Feature", "geometry": ${'['.repeat(10000)}`), fails('limit'));
});

test('stations: one is chosen, and found by its id', () => {
    const hits = index.stationsOf('2334504');
    assert.equal(hits.filter((hit) => hit.chosen).length, 1);
    const chosen = index.find('2334504').station();
    assert.equal(chosen.id, '233');
    assert.equal(index.station('233').name, chosen.name);
    assert.equal(index.station('no such'), undefined);
    assert.equal(index.stationId(chosen.number), '233');
    assert.throws(() => index.stationId(4000000), fails('not_found'));
    assert.deepEqual(index.stationsAt(45.77, 126.64, { kind: 'no such kind' }), []);
    assert.equal(index.stationsAt(45.77, 126.64, { nearest: 5 }).filter((hit) => hit.role === 'nearest').length, 5);
    const told = JSON.parse(index.stationsJSON(45.77, 126.64, { nearest: 2 }, 'en'));
    assert.equal(told.index.sample, true);
    assert.equal(told.query, '45.77,126.64');
    const [hit] = index.nearest(45.77, 126.64);
    assert.equal(JSON.parse(index.hitJSON(hit, 'en')).pole.code, hit.pole.code);
    assert.equal(typeof index.areaEdge(45.77, 126.64).distanceM, 'number');
    assert.equal(index.areaEdge(45.77, 126.64, 0), null);
});

test('other datums: there and back', () => {
    const moved = fromWgs84('gcj02', 45.77, 126.64);
    assert.ok(Math.abs(moved.y - 45.77) > 1e-3);
    assert.equal(moved.geographic, true);
    const back = toWgs84('gcj02', moved.x, moved.y);
    assert.ok(Math.abs(back.lat - 45.77) < 1e-7 && Math.abs(back.lon - 126.64) < 1e-7);
    assert.equal(fromWgs84('EPSG:4490', 45.77, 126.64).crs, 'EPSG:4490');
    assert.throws(() => toWgs84('EPSG:4530', 1, 2), fails('unsupported'));
    assert.throws(() => toWgs84('nothing', 1, 2), fails('invalid_argument'));
});

test('channels: named, read, and refused', () => {
    const heavy = Channel.named('heavy');
    assert.equal(heavy.clean, 0.28);
    assert.equal(index.resolve('2334504', { channel: heavy }).channel, 'heavy');
    heavy.close();
    assert.throws(() => index.resolve('2334504', { channel: heavy }), fails('invalid_argument'));
    assert.throws(() => index.resolve('2334504', { channel: 'none' }), fails('not_found'));
    assert.throws(() => Channel.read('not a table', 'mine'), fails('bad_input'));
});

test('warnings have sentences', () => {
    assert.match(warningText('sample_data', 'en'), /invented/);
    assert.match(warningText('sample_data'), /样例|样本|虚构/);
    assert.equal(warningText('of a later version'), '');
});

test('verify finds nothing in a sound index', async () => {
    index.verify();
    await index.verifyAsync();
    assert.ok(index instanceof PoleIndex);
});

// SPDX-License-Identifier: MIT
// The answers that every language must give: tests/vectors of the project, each case a test.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, openMemory } from 'polelookup';
import { sampleFile, source } from './where.mjs';

const folder = process.env.POLELOOKUP_VECTORS ?? join(source, 'tests/vectors');
const fileOf = (name) =>
    name === 'sample'
        ? sampleFile
        : name === 'golden'
          ? join(source, 'tests/golden/format-1.0.plx')
          : join(folder, `${name}.plx`);

const opened = new Map();
const indexOf = (name) => {
    if (!opened.has(name)) {
        opened.set(name, open(fileOf(name)));
    }
    return opened.get(name);
};

// Calls that this language cannot make, with the reason; so far it can make all.
const impossible = new Map();

const chosen = (stations) => stations.find((hit) => hit.chosen)?.id ?? null;
const sorted = (words) => [...words].sort();
const absent = (value) => (value === null ? undefined : value);
const numberOrNull = (value) => (Number.isNaN(value) ? null : value);
const codesOf = (poles) => poles.map((pole) => pole.code);
const hitsOf = (hits) =>
    hits.map(({ pole, distanceM, bearingDeg }) => ({
        code: pole.code,
        scope: pole.scope,
        distance_m: distanceM,
        bearing_deg: bearingDeg,
    }));

/** Leaves out what is absent, so that it is the default. */
const given = (options) =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const poleOf = (pole) => ({
    code: pole.code,
    scope: pole.scope,
    lat: pole.lat,
    lon: pole.lon,
    street: pole.street,
    district: pole.district,
    note: pole.note,
    state: pole.state,
    successor: pole.successor,
    surveyed: pole.surveyed,
    alias: pole.alias,
    alias_owner: pole.aliasOwner,
});

const answerOf = (answer) => ({
    ...answer,
    status: answer.match,
    confidence_place: answer.confidencePlace,
    no_pole: answer.noPole,
    warnings: sorted(answer.warnings),
    corroborated_by: sorted(answer.corroboratedBy),
    candidates: answer.candidates.map((candidate) => ({
        ...candidate,
        station: chosen(candidate.stations),
    })),
    far_rival: answer.farRival && { ...answer.farRival, distance_m: answer.farRival.distanceM },
});

const calls = {
    open: (_, { of, set = [], cut, append = 0 }) => {
        const bytes = Buffer.from(readFileSync(fileOf(of)));
        for (const [offset, byte] of set) {
            bytes[offset] = byte;
        }
        openMemory(Buffer.concat([bytes.subarray(0, cut ?? bytes.length), Buffer.alloc(append)])).close();
        return {};
    },
    info: (index) => {
        const { info } = index;
        return {
            ...info,
            format_major: info.formatMajor,
            format_minor: info.formatMinor,
            file_bytes: info.fileBytes,
            bounds: [info.south, info.west, info.north, info.east],
        };
    },
    parse: (index, { text }) => index.parse(text),
    find: (index, { code, scope }) => {
        const pole = index.find(code, absent(scope));
        return { ...poleOf(pole), station: pole.station()?.id ?? null };
    },
    find_many: (index, { codes, scope, judged }) => {
        const options = given({ scope: absent(scope), judge: judged === true, bestGuess: true });
        const texts = Buffer.from(codes.join(''), 'latin1');
        const ways = [
            index.lookupMany(codes, options),
            index.lookupMany(texts, { ...options, digits: codes[0].length }),
        ];
        const outs = ways.map((columns) => ({
            match: codes.map((_code, i) => columns.matchOf(i)),
            lat: Array.from(columns.lat, numberOrNull),
            lon: Array.from(columns.lon, numberOrNull),
            station: codes.map((_code, i) => columns.stationId(i)),
            confidence: columns.confidence && Array.from(columns.confidence, numberOrNull),
        }));
        assert.deepEqual(outs[0], outs[1], 'strings and a buffer of texts give the same');
        return outs[0];
    },
    alias: (index, { alias }) => {
        const poles = index.findAlias(alias);
        // Here an empty list says what the library says by a status.
        return poles.length === 0 ? { error: 'not_found' } : { codes: codesOf(poles) };
    },
    nearest: (index, { lat, lon, k, max_m }) => ({
        hits: hitsOf(index.nearest(lat, lon, given({ k, maxM: absent(max_m) }))),
    }),
    within: (index, { lat, lon, radius_m }) => ({ hits: hitsOf(index.withinRadius(lat, lon, radius_m)) }),
    box: (index, box) => ({ codes: codesOf(index.withinBox(box)) }),
    polygon: (index, { rings }) => ({ codes: codesOf(index.withinPolygon(rings)) }),
    stations: (index, { code, scope, lat, lon, kind, nearest }) => {
        const hits =
            code === undefined
                ? index.stationsAt(lat, lon, given({ kind: absent(kind), nearest }))
                : index.stationsOf(code, absent(scope));
        return { stations: hits.map((hit) => ({ ...hit, distance_m: hit.distanceM })) };
    },
    resolve: (index, asked) => {
        const { text, texts, hint, near_m, language, box, ...others } = asked;
        const options = given({
            ...others,
            hint:
                hint &&
                given({
                    lat: hint.lat,
                    lon: hint.lon,
                    radiusM: hint.radius_m,
                    level: hint.level,
                    crs: hint.crs,
                }),
            nearM: near_m,
            callerLanguage: language,
            box: box && { south: box[0], west: box[1], north: box[2], east: box[3] },
        });
        return answerOf(index.resolve(texts ?? text, options));
    },
    between: (index, { first, second, scope }) => {
        const told = index.between(first, second, given({ scope: absent(scope) }));
        return {
            relation: told.relation,
            distance_m: told.distanceM,
            bearing_deg: told.bearingDeg,
            same_street: told.sameStreet,
            same_side: told.sameSide,
            poles_between: told.polesBetween,
            middle: told.middle && [told.middle.lat, told.middle.lon],
        };
    },
};

const tolerances = {
    lat: 1e-9,
    lon: 1e-9,
    middle: 1e-9,
    distance_m: 1e-6,
    confidence: 1e-9,
    confidence_place: 1e-9,
    no_pole: 1e-9,
};

/** Compares what is wanted, and nothing else; key names the tolerance. */
function compare(wanted, got, key, path) {
    if (typeof wanted === 'number' && typeof got === 'number') {
        if (key === 'bearing_deg') {
            const apart = Math.abs(wanted - got) % 360;
            assert.ok(Math.min(apart, 360 - apart) <= 1e-4, `${path}: ${got}, not ${wanted}`);
        } else {
            const apart = Math.abs(wanted - got);
            assert.ok(apart <= (tolerances[key] ?? 0), `${path}: ${got}, not ${wanted}`);
        }
    } else if (Array.isArray(wanted)) {
        assert.ok(Array.isArray(got), `${path}: a list`);
        assert.equal(got.length, wanted.length, `${path}: how many`);
        wanted.forEach((element, i) => compare(element, got[i], key, `${path}[${i}]`));
    } else if (wanted !== null && typeof wanted === 'object') {
        assert.ok(got !== null && typeof got === 'object', `${path}: ${got}, not an object`);
        for (const [name, value] of Object.entries(wanted)) {
            assert.ok(name in got, `${path}.${name} is not told`);
            compare(value, got[name], name, `${path}.${name}`);
        }
    } else {
        assert.equal(got, wanted, path);
    }
}

function run({ call, index, in: asked, out: wanted }) {
    assert.ok(call in calls, `the call ${call} is not known`);
    let got;
    try {
        got = calls[call](call === 'open' ? undefined : indexOf(index), asked);
    } catch (error) {
        if (error.name !== 'PoleError') {
            throw error;
        }
        got = { error: error.code };
    }
    if (wanted.error === undefined) {
        assert.equal(got.error, undefined, `it failed with ${got.error}`);
    }
    compare(wanted, got, '', 'out');
}

let files = [];
try {
    files = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort();
} catch {
    files = [];
}
if (files.length === 0) {
    test('vectors', { skip: `SKIPPED: there are no vectors in ${folder}` }, () => {});
}
for (const file of files) {
    const cases = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean);
    for (const line of cases) {
        const one = JSON.parse(line);
        const reason = impossible.get(one.call);
        test(one.id, reason === undefined ? {} : { skip: reason }, () => run(one));
    }
}

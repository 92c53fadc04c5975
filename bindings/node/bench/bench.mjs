// SPDX-License-Identifier: MIT
// What a call costs here, and in C (bench.c, compiled by this program): nanoseconds a row, the best
// of several rounds. Nothing passes or fails by it.
// usage: node bench.mjs PREFIX [ROWS [ROUNDS]], where the package polelookup is installed
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from 'polelookup';

const [prefix, rows = '100000', rounds = '15'] = process.argv.slice(2);
if (prefix === undefined) {
    console.error('usage: node bench.mjs PREFIX [ROWS [ROUNDS]]');
    process.exit(2);
}
const count = Number(rows);
const file = join(prefix, 'share/polelookup/sample.plx');
const index = open(file);

// Nine of ten are poles, in no order; the same codes each time.
let state = 20080630;
const random = (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
};
const { south, west, north, east } = index.info;
const poles = index.withinBox({ south, west, north, east }).map((pole) => pole.code);
// Split from one text, as a log's rows are read: strings of their own, in the batch's order.
const codes = Array.from({ length: count }, () =>
    random(10) > 0 ? poles[random(poles.length)] : String(random(10 ** 7)).padStart(7, '0'),
)
    .join('\n')
    .split('\n');
const numbers = Uint32Array.from(codes, Number);
const texts = Buffer.from(codes.map((code) => `${code}\n`).join(''));
const known = codes.filter((code) => index.get(code) !== undefined);

const measured = new Map();
async function measure(name, size, call) {
    let best = Infinity;
    for (let round = 0; round < Number(rounds); round++) {
        const begin = process.hrtime.bigint();
        await call();
        best = Math.min(best, Number(process.hrtime.bigint() - begin));
    }
    measured.set(name, best / size);
}

let kept = 0;
await measure('single: find', known.length, () => {
    for (const code of known) {
        kept += index.find(code).row;
    }
});
await measure('single: find, lat, lon', known.length, () => {
    for (const code of known) {
        const pole = index.find(code);
        kept += pole.lat + pole.lon;
    }
});
await measure('single: find, lat, lon, street', known.length, () => {
    for (const code of known) {
        const pole = index.find(code);
        kept += pole.lat + pole.lon + (pole.street?.length ?? 0);
    }
});
for (const judge of [false, true]) {
    const word = judge ? ', judged' : '';
    const spaced = { judge, digits: 7, stride: 8 };
    const into = index.lookupMany(codes, { judge });
    await measure(`numbers${word}`, count, () => index.lookupMany(numbers, { judge, digits: 7 }));
    await measure(`numbers into columns${word}`, count, () =>
        index.lookupMany(numbers, { judge, digits: 7, into }),
    );
    await measure(`texts in a buffer${word}`, count, () => index.lookupMany(texts, spaced));
    await measure(`texts in a buffer into columns${word}`, count, () =>
        index.lookupMany(texts, { ...spaced, into }),
    );
    await measure(`strings${word}`, count, () => index.lookupMany(codes, { judge }));
    await measure(`strings into columns${word}`, count, () => index.lookupMany(codes, { judge, into }));
}
await measure('resolve', 1000, () => {
    for (let i = 0; i < 1000; i++) {
        index.resolve(codes[i % count]);
    }
});
await measure('resolveAsync, 16 at once', 1000, async () => {
    for (let i = 0; i < 992; i += 16) {
        await Promise.all(Array.from({ length: 16 }, (_, k) => index.resolveAsync(codes[(i + k) % count])));
    }
});

const folder = mkdtempSync(join(tmpdir(), 'polelookup-'));
const inC = new Map();
try {
    const program = join(folder, 'bench');
    const pkgConfig = execFileSync('pkg-config', ['--static', '--cflags', '--libs', 'polelookup'], {
        encoding: 'utf8',
        env: { ...process.env, PKG_CONFIG_PATH: join(prefix, 'lib/pkgconfig') },
    });
    const source = fileURLToPath(new URL('bench.c', import.meta.url));
    // The static library, as in the addon.
    const flags = pkgConfig.trim().split(/\s+/).map((flag) => (flag === '-lpolelookup' ? '-l:libpolelookup.a' : flag));
    execFileSync('cc', ['-std=c11', '-O2', source, ...flags, '-o', program], { stdio: 'inherit' });
    writeFileSync(join(folder, 'codes'), texts);
    const told = execFileSync(program, [file, join(folder, 'codes'), rounds], { encoding: 'utf8' });
    for (const line of told.trim().split('\n')) {
        const [name, ns] = line.split(' ');
        inC.set(name, Number(ns));
    }
} finally {
    rmSync(folder, { recursive: true });
}

console.log(`Node ${process.version}, ${count} codes, best of ${rounds}; ns a row`);
for (const [name, ns] of measured) {
    const judged = name.endsWith('judged') ? '-judged' : '';
    const like = name.startsWith('single')
        ? 'single'
        : name.startsWith('resolve')
          ? 'resolve'
          : name.startsWith('numbers')
            ? `numbers${judged}`
            : `texts${judged}`;
    const c = inC.get(like);
    console.log(`${name.padEnd(44)} ${ns.toFixed(1).padStart(10)}   C ${c.toFixed(1).padStart(8)}   ${(ns / c).toFixed(2)} times`);
}
if (Number.isNaN(kept)) {
    console.log('never: it keeps the loops');
}

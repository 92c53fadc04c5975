// SPDX-License-Identifier: MIT
// What was packed is whole: both module systems, the layout of the binaries, nothing linked that a
// user may not have, and every public function of C has its counterpart or a reason.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as imported from 'polelookup';
import { prefix, sampleFile, source } from './where.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../node_modules/polelookup', import.meta.url));
const built = process.env.POLELOOKUP_BUILT;

test('require and import give the same things', () => {
    const required = require('polelookup');
    const names = Object.keys(imported).filter((name) => name !== 'default' && name !== 'module.exports');
    assert.deepEqual(names.filter((name) => name !== '__esModule').sort(), Object.keys(required).sort());
    for (const name of Object.keys(required)) {
        assert.equal(required[name], imported[name], name);
    }
    assert.ok(required.open(sampleFile).find('2334504') instanceof imported.Pole);
});

test('a program of each kind runs by itself', () => {
    const say = `console.log(open(process.argv[1]).find('2334504').street)`;
    const run = (...words) =>
        execFileSync(process.execPath, [...words, sampleFile], { encoding: 'utf8', cwd: join(root, '../..') });
    assert.equal(run('-e', `const { open } = require('polelookup'); ${say}`), '红旗街\n');
    assert.equal(run('--input-type=module', '-e', `import { open } from 'polelookup'; ${say}`), '红旗街\n');
});

test('the binary lies where prebuildify puts it, and node-gyp-build finds it', () => {
    const folder = join(root, 'prebuilds', `${process.platform}-${process.arch}`);
    const [name] = readdirSync(folder);
    assert.match(name, /^polelookup\.napi(\.glibc|\.musl)?\.node$/);
    const find = require(join(built, 'node_modules/node-gyp-build'));
    assert.equal(find.path(root), join(folder, name));
});

test('the binary needs nothing but the C library', () => {
    const [name] = readdirSync(join(root, 'prebuilds', `${process.platform}-${process.arch}`));
    const file = join(root, 'prebuilds', `${process.platform}-${process.arch}`, name);
    const told = execFileSync('readelf', ['-d', file], { encoding: 'utf8' });
    const needed = [...told.matchAll(/NEEDED.*\[(.*?)\]/g)].map(([, library]) => library);
    for (const library of needed) {
        assert.match(library, /^(libc|libm|libpthread|ld-linux[-\w]*)\.(so\.)?/, library);
    }
    const symbols = execFileSync('readelf', ['--dyn-syms', '-W', file], { encoding: 'utf8' });
    const given = [...symbols.matchAll(/GLOBAL +DEFAULT +\d+ (\S+)/g)].map(([, symbol]) => symbol);
    assert.deepEqual(given.sort(), ['napi_register_module_v1', 'node_api_module_get_api_version_v1'].filter((symbol) => given.includes(symbol)));
    assert.ok(given.includes('napi_register_module_v1'));
});

test('it asks for no more than version 8 of the interface', () => {
    const addon = require(
        join(root, 'prebuilds', `${process.platform}-${process.arch}`,
            readdirSync(join(root, 'prebuilds', `${process.platform}-${process.arch}`))[0]),
    );
    assert.ok(Number(process.versions.napi) >= 8);
    assert.equal(typeof addon.open, 'function');
    const header = readFileSync(join(source, 'bindings/node/native/addon.h'), 'utf8');
    assert.match(header, /#define NAPI_VERSION 8\n/);
});

test('the package holds what it must, and no more', () => {
    const files = readdirSync(root).sort();
    assert.deepEqual(files, [
        'LICENSE', 'README.md', 'THIRD-PARTY.md', 'dist', 'native', 'package.json', 'prebuilds', 'scripts',
    ]);
    const { dependencies, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.equal(dependencies, undefined);
    assert.equal(scripts.install, undefined);
});

/** The functions that the headers declare. */
function publicFunctions() {
    const names = new Set();
    const folder = join(prefix, 'include/polelookup');
    for (const header of readdirSync(folder)) {
        const text = readFileSync(join(folder, header), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
        for (const [declaration] of text.matchAll(/POLE_API[^;{]*?;/g)) {
            const name = /\b(pole_\w+)\s*\(/.exec(declaration)?.[1];
            if (name !== undefined) {
                names.add(name);
            }
        }
    }
    return [...names].sort();
}

test('every public function has a counterpart here, or a reason why not', () => {
    const lines = readFileSync(join(source, 'bindings/node/functions.tsv'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split('\t'));
    const functions = publicFunctions();
    assert.ok(functions.length > 100, `${functions.length} functions`);
    assert.deepEqual(lines.map(([name]) => name).sort(), functions);
    const folder = join(source, 'bindings/node/src');
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const [name, counterpart, reason] of lines) {
        if (counterpart === '-') {
            assert.ok(reason?.length > 10, `${name} has no reason`);
            continue;
        }
        // Each step is really there: of the module, or of a class of it.
        const [owner, member] = counterpart.replace(/\(\)$/, '').split('.');
        assert.ok(owner in imported || new RegExp(`export (interface|type) ${owner}\\b`).test(sources), `${counterpart} of ${name}`);
        if (member !== undefined) {
            assert.match(sources, new RegExp(`\\b${member}\\b`), `${counterpart} of ${name}`);
        }
    }
});

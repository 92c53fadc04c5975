// SPDX-License-Identifier: MIT
// The desk of example/: started as a user starts it, asked over HTTP, told to read its index again.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { open } from 'polelookup';
import { prefix, sampleFile } from './where.mjs';

const program = fileURLToPath(new URL('../example/desk.mjs', import.meta.url));
const index = open(sampleFile);
let desk;
let base;
let printed = '';

/** Waits until the desk has printed this; a minute at most. */
async function until(pattern) {
    for (let waited = 0; !pattern.test(printed); waited++) {
        assert.ok(waited < 6000 && desk.exitCode === null, `the desk printed: ${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return pattern.exec(printed);
}

before(async () => {
    desk = spawn(process.execPath, [program, sampleFile, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    desk.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    [, base] = await until(/(http:\/\/127\.0\.0\.1:\d+\/)/);
});
after(async () => {
    desk.kill('SIGKILL');
    await once(desk, 'exit');
});

const ask = async (path, query = {}) => {
    const reply = await fetch(`${base}${path}?${new URLSearchParams(query)}`);
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
};

test('it says that it serves a sample', () => {
    assert.match(printed, /SAMPLE, 115900 poles/);
});

test('a question is answered as the library answers it', async () => {
    const { status, text, headers } = await ask('resolve', {
        said: '二三三四五零四', lat: '45.6765', lon: '126.6275', radius: '300', street: '', also: '',
    });
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    const hint = { lat: 45.6765, lon: 126.6275, radiusM: 300 };
    assert.equal(text, index.resolve('二三三四五零四', { hint }).json);
});

test('two poles, the nearest ones, and what the index is', async () => {
    const pair = await ask('between', { first: '2334504', second: '2334502' });
    assert.equal(JSON.parse(pair.text).relation, 'stretch');
    const near = JSON.parse((await ask('near', { lat: '45.77', lon: '126.64', k: '3' })).text);
    assert.deepEqual(near.map((hit) => hit.pole.code), index.nearest(45.77, 126.64, { k: 3 }).map((hit) => hit.pole.code));
    assert.equal(JSON.parse((await ask('info')).text).index.sample, true);
});

test('evidence that cannot be read is an error, not left out', async () => {
    for (const query of [
        { said: '2334504', lat: 'north', lon: '126', radius: '300' },
        { said: '2334504', lat: '45.6', lon: '126' },
        { said: '2334504', scope: 'nowhere' },
        { said: '2334504', caller: 'fr' },
    ]) {
        const { status, text } = await ask('resolve', query);
        assert.equal(status, 400, text);
        assert.equal(JSON.parse(text).error.code, 'invalid_argument');
    }
    assert.equal((await ask('constructor')).status, 404);
});

test('the page is there, and asks nobody else', async () => {
    const { text, headers } = await ask('');
    assert.match(text, /SAMPLE/);
    assert.match(headers.get('content-security-policy'), /default-src 'self'/);
    assert.doesNotMatch(text, /https?:/);
});

test('the index is read again while questions are asked', async () => {
    const questions = Array.from({ length: 50 }, () => ask('resolve', { said: '2334504' }));
    desk.kill('SIGHUP');
    const replies = await Promise.all(questions);
    await until(/index [0-9a-f]{32}/);
    const wanted = index.resolve('2334504').json;
    for (const { text } of [...replies, await ask('resolve', { said: '2334504' })]) {
        assert.equal(text, wanted);
    }
});

test('the bench runs, and compares each call with C', async () => {
    const bench = fileURLToPath(new URL('../bench/bench.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [bench, prefix, '2000', '1']);
    const lines = stdout.trim().split('\n').slice(1);
    assert.equal(lines.length, 17);
    for (const line of lines) {
        assert.match(line, / \d+\.\d   C +\d+\.\d +\d+\.\d\d times$/);
    }
});

// SPDX-License-Identifier: MIT
// Threads: promises by the hundred, an index closed under them, workers, what nobody closed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { Channel, open, openAsync } from 'polelookup';
import { sampleFile } from './where.mjs';

const index = open(sampleFile);

test('a hundred questions at once are each answered as one alone', async () => {
    const codes = index.nearest(45.75, 126.65, { k: 100 }).map((hit) => hit.pole.code);
    const answers = await Promise.all(
        codes.map((code, i) =>
            index.resolveAsync(code, { limit: 1 + (i % 3), channel: i % 2 ? 'heavy' : 'everyday' }),
        ),
    );
    answers.forEach((answer, i) => {
        const alone = index.resolve(codes[i], {
            limit: 1 + (i % 3),
            channel: i % 2 ? 'heavy' : 'everyday',
        });
        assert.equal(answer.json, alone.json);
    });
});

test('what was begun before close() ends well', async () => {
    const closing = await openAsync(sampleFile);
    const channel = Channel.named('heavy');
    const wanted = index.resolve('2334504', { channel: 'heavy' }).json;
    const numbers = Uint32Array.from({ length: 200000 }, (_, i) => 2000000 + i);
    const work = [
        ...Array.from({ length: 20 }, () => closing.resolveAsync('2334504', { channel })),
        closing.lookupManyAsync(numbers, { digits: 7, judge: false }),
        closing.verifyAsync(),
    ];
    closing.close();
    channel.close();
    numbers.fill(0); // nor does it matter what becomes of the codes
    const done = await Promise.all(work);
    for (const answer of done.slice(0, 20)) {
        assert.equal(answer.json, wanted);
    }
    const columns = done[20];
    const again = index.lookupMany(numbers.map((_, i) => 2000000 + i), { digits: 7, judge: false });
    assert.deepEqual(columns.rows, again.rows);
    await assert.rejects(closing.resolveAsync('2334504'), (error) => error.code === 'invalid_argument');
});

test('the loop turns while a thread works', async () => {
    const numbers = Uint32Array.from({ length: 2000000 }, (_, i) => i);
    let turns = 0;
    let done = false;
    const work = index.lookupManyAsync(numbers, { digits: 7 }).then(() => (done = true));
    while (!done) {
        await new Promise(setImmediate);
        turns++;
    }
    await work;
    assert.ok(turns > 1, `${turns} turns`);
});

test('an index is replaced under those who ask', async () => {
    let current = open(sampleFile);
    const wanted = index.resolve('2334504').json;
    const asked = [];
    for (let i = 0; i < 50; i++) {
        asked.push(current.resolveAsync('2334504'));
        const old = current;
        current = await openAsync(sampleFile);
        old.close();
    }
    for (const answer of await Promise.all(asked)) {
        assert.equal(answer.json, wanted);
    }
    current.close();
});

const inWorker = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { open } = require(workerData.module);
    const index = open(workerData.file);
    (async () => {
        for (let i = 0; i < workerData.rounds; i++) {
            await Promise.all(Array.from({ length: 8 }, () => index.resolveAsync('2334504')));
        }
        parentPort.postMessage(index.resolve('2334504').json);
    })();
`;
const startWorker = (rounds) => {
    const module = fileURLToPath(new URL('../node_modules/polelookup', import.meta.url));
    return new Worker(inWorker, { eval: true, workerData: { module, file: sampleFile, rounds } });
};

test('workers share nothing, and agree', async () => {
    const wanted = index.resolve('2334504').json;
    const told = await Promise.all(
        Array.from({ length: 3 }, () => {
            const worker = startWorker(10);
            return new Promise((resolve, reject) => {
                worker.once('message', resolve);
                worker.once('error', reject);
            });
        }),
    );
    assert.deepEqual(told, [wanted, wanted, wanted]);
});

test('a worker may be ended in the middle of its work', async () => {
    for (let i = 0; i < 5; i++) {
        const worker = startWorker(100000);
        await new Promise((resolve) => worker.once('online', resolve));
        await new Promise((resolve) => setTimeout(resolve, 100 + 20 * i));
        await worker.terminate();
    }
    assert.equal(index.find('2334504').street, '红旗街');
});

test('what nobody closed is freed when nobody refers to it', () => {
    const program = `
        const { open } = require(process.argv[1]);
        (async () => {
            const resident = () => process.memoryUsage().rss / 2 ** 20;
            let after = 0;
            for (let round = 0; round < 30; round++) {
                for (let i = 0; i < 20; i++) {
                    open(process.argv[2]).find('2334504');
                }
                global.gc();
                await new Promise((resolve) => setTimeout(resolve, 5));
                if (round === 9) after = resident();
            }
            console.log(Math.round(resident() - after));
        })();
    `;
    const module = fileURLToPath(new URL('../node_modules/polelookup', import.meta.url));
    const grown = Number(
        execFileSync(process.execPath, ['--expose-gc', '-e', program, module, sampleFile], {
            encoding: 'utf8',
        }),
    );
    // 400 more indexes of over 2 MB each would be 800 MB and more.
    assert.ok(grown < 200, `grew by ${grown} MB`);
});

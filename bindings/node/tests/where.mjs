// SPDX-License-Identifier: MIT
// Where the tests find things; tests/run.sh says so.
import assert from 'node:assert/strict';
import { join } from 'node:path';

const needed = (name) => {
    assert.ok(process.env[name], `${name} must be set: run tests/run.sh`);
    return process.env[name];
};

/** The project's sources; the installed library. */
export const source = needed('POLELOOKUP_SOURCE');
export const prefix = needed('POLELOOKUP_PREFIX');
export const sampleFile = join(prefix, 'share/polelookup/sample.plx');

/** A random number generator that can be started again (xorshift32); says its seed. */
export function randomNumbers(t, fixed) {
    const seed = Number(process.env.POLE_TEST_SEED ?? fixed) >>> 0 || 1;
    t.diagnostic(`POLE_TEST_SEED=${seed}`);
    let state = seed;
    return (below) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % below;
    };
}

// SPDX-License-Identifier: MIT
// Finds and loads the addon: prebuilds/PLATFORM-ARCH/NAME.TAGS.node, the layout of prebuildify,
// which node-gyp-build reads, too.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Engine } from './engine.js';
import { PoleError } from './errors.js';

function load(): Engine {
    const libc = existsSync('/etc/alpine-release') ? 'musl' : 'glibc';
    const folder = join(resolve(__dirname, '..'), 'prebuilds', `${process.platform}-${process.arch}`);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.node')) : [];
    const fits = names.find((name) => {
        const tags = name.split('.');
        return tags.includes(libc) || !(tags.includes('glibc') || tags.includes('musl'));
    });
    if (fits === undefined) {
        throw new PoleError(
            'unsupported',
            `polelookup has no binary for ${process.platform}-${process.arch} (${libc})`,
            'build one: node scripts/build-native.mjs PREFIX, where libpolelookup is installed',
        );
    }
    const engine = require(join(folder, fits)) as Engine;
    engine.setErrors(
        (code, message, hint, line, column, offset) =>
            new PoleError(code, message, hint, line, column, offset),
    );
    return engine;
}

export const engine: Engine = load();

// What its user forgot to close is closed when nothing refers to it any more.
const forgotten = new FinalizationRegistry<number>((handle) => engine.close(handle));

export function watch(owner: object, handle: number): void {
    forgotten.register(owner, handle, owner);
}

export function close(owner: object, handle: number): void {
    forgotten.unregister(owner);
    engine.close(handle);
}

// SPDX-License-Identifier: MIT
// Compiles the addon into prebuilds/PLATFORM-ARCH/, with the headers of the running Node and the
// static libpolelookup of PREFIX. Nothing is downloaded.
// usage: node build-native.mjs PREFIX [OUTPUT-FOLDER]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const prefix = process.argv[2] ?? process.env.POLELOOKUP_PREFIX;
const output = resolve(process.argv[3] ?? root);
if (!prefix) {
    console.error('usage: node build-native.mjs PREFIX [OUTPUT-FOLDER]');
    process.exit(2);
}

const first = (paths, what) => {
    const found = paths.find((path) => existsSync(path));
    if (!found) {
        console.error(`no ${what}: looked for ${paths.join(', ')}`);
        process.exit(1);
    }
    return found;
};

// Beside the Node that runs this; Debian keeps them in libnode-dev.
const headers = dirname(
    first(
        [
            ...(process.env.NODE_INCLUDE ? [join(process.env.NODE_INCLUDE, 'node_api.h')] : []),
            join(dirname(dirname(process.execPath)), 'include/node/node_api.h'),
            '/usr/include/node/node_api.h',
            '/usr/include/nodejs/src/node_api.h',
        ],
        'headers of Node (node_api.h; the package libnode-dev has them, or name their folder in NODE_INCLUDE)',
    ),
);
const libraries = ['lib', 'lib64', `lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`];
const archive = first(
    libraries.map((folder) => join(prefix, folder, 'libpolelookup.a')),
    'static libpolelookup',
);
const description = readFileSync(join(dirname(archive), 'pkgconfig/polelookup.pc'), 'utf8');
const compiler = process.env.CC ?? 'cc';
const others = [];
if (/^Requires\.private:.*libdeflate/m.test(description)) {
    // Static: what is in the package is whole.
    const path = execFileSync(compiler, ['-print-file-name=libdeflate.a'], { encoding: 'utf8' });
    others.push(first([path.trim()], 'static libdeflate (the package libdeflate-dev has it)'));
}

const libc = process.platform === 'linux' ? (existsSync('/etc/alpine-release') ? '.musl' : '.glibc') : '';
const folder = join(output, 'prebuilds', `${process.platform}-${process.arch}`);
const result = join(folder, `polelookup.napi${libc}.node`);
const native = join(root, 'native');
const sources = readdirSync(native).filter((name) => name.endsWith('.c')).sort();
mkdirSync(folder, { recursive: true });
execFileSync(
    compiler,
    [
        '-std=c11', '-O2', '-fPIC', '-ffp-contract=off', '-fvisibility=hidden',
        '-Wall', '-Wextra', '-Wshadow', '-Wconversion', '-Wmissing-prototypes', '-Werror',
        '-isystem', headers, '-I', join(prefix, 'include'),
        ...sources.map((name) => join(native, name)),
        archive, ...others,
        '-shared', '-Wl,--exclude-libs,ALL', '-Wl,--gc-sections', '-Wl,-s',
        '-lm', '-pthread', '-o', result,
    ],
    { stdio: 'inherit' },
);
console.log(result);

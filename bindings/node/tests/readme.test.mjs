// SPDX-License-Identifier: MIT
// The first example of the page, typed as a user would, prints what the page says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleFile } from './where.mjs';

const root = fileURLToPath(new URL('../node_modules', import.meta.url));
const page = readFileSync(join(root, 'polelookup/README.md'), 'utf8');
const blocks = [...page.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind, text]) => ({ kind, text }));

test('the example prints what the page says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polelookup-'));
    try {
        copyFileSync(sampleFile, join(folder, 'sample.plx'));
        symlinkSync(root, join(folder, 'node_modules'));
        const [program, output] = blocks;
        assert.equal(program.kind, 'js');
        writeFileSync(join(folder, 'example.mjs'), program.text);
        const printed = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
        assert.equal(printed, output.text);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('every call that the page names is there', () => {
    const types = ['index', 'poleindex', 'columns', 'answer', 'request', 'types', 'pole', 'geo']
        .map((name) => readFileSync(join(root, 'polelookup/dist', `${name}.d.ts`), 'utf8'))
        .join('\n');
    const table = page.slice(page.indexOf('## What can be asked'), page.indexOf('**Never silently'));
    const names = [...table.matchAll(/`\.?([a-z]\w+)/g)].map(([, name]) => name);
    assert.ok(names.length > 30);
    for (const name of names.filter((word) => !['path', 'bytes'].includes(word))) {
        assert.match(types, new RegExp(`\\b${name}\\b`), name);
    }
});

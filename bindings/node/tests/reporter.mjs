// SPDX-License-Identifier: MIT
// JUnit XML with its counts on one testsuite: what node:test writes from Node 20 on lacks these,
// and Node 18 has no such writer. Failures and the sum go to stderr.
const escape = (text) =>
    String(text)
        .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '?')
        .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export default async function* junit(events) {
    const cases = [];
    let failures = 0;
    let skipped = 0;
    for await (const { type, data } of events) {
        if (type === 'test:stderr' || type === 'test:stdout') {
            process.stderr.write(data.message);
        }
        if (type !== 'test:pass' && type !== 'test:fail') {
            continue;
        }
        // A file is a test of its own where it runs as a process; its tests are counted.
        if (data.name.endsWith('.mjs') && type === 'test:pass') {
            continue;
        }
        const seconds = ((data.details?.duration_ms ?? 0) / 1000).toFixed(6);
        const start = `<testcase name="${escape(data.name)}" time="${seconds}"`;
        if (data.skip !== undefined) {
            skipped++;
            process.stderr.write(`${data.skip}\n`);
            cases.push(`${start}><skipped message="${escape(data.skip)}"/></testcase>`);
        } else if (type === 'test:fail') {
            failures++;
            const { error } = data.details;
            const why = error?.cause?.stack ?? error?.cause ?? error?.message ?? error;
            process.stderr.write(`FAILED: ${data.name}\n${why}\n`);
            cases.push(`${start}><failure>${escape(why)}</failure></testcase>`);
        } else {
            cases.push(`${start}/>`);
        }
    }
    process.stderr.write(`${cases.length} tests, ${failures} failed, ${skipped} skipped\n`);
    const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield `<testsuite name="node ${process.version}" ${counts}>\n${cases.join('\n')}\n</testsuite>\n`;
}

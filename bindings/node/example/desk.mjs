// SPDX-License-Identifier: MIT
// A dispatcher's desk: one page that asks, and a server that answers. Nothing but Node.
// usage: node desk.mjs INDEX.plx [PORT]      SIGHUP: the index file is read again
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { openAsync, PoleError } from 'polelookup';

const [file, port = '8110'] = process.argv.slice(2);
if (file === undefined) {
    console.error('usage: node desk.mjs INDEX.plx [PORT]');
    process.exit(2);
}
const page = readFileSync(new URL('desk.html', import.meta.url));
let current = await openAsync(file);

// Who has asked already gets his answer from the old index: work under way keeps it alive.
process.on('SIGHUP', async () => {
    try {
        const next = await openAsync(file);
        const old = current;
        current = next;
        old.close();
        console.log(`index ${next.info.id}`);
    } catch (error) {
        console.error(`the old index stays: ${error.message}`);
    }
});

/** A number of the query; absent where none is given. What is no number is refused, not left out. */
function number(query, name) {
    const text = query.get(name);
    if (text === null || text === '') {
        return undefined;
    }
    if (text.trim() === '' || !Number.isFinite(Number(text))) {
        throw new PoleError('invalid_argument', `${name} must be a number`);
    }
    return Number(text);
}

/** The evidence of a query: only what was given. */
function evidence(query) {
    const given = { language: query.get('language') ?? 'zh', callerLanguage: query.get('caller') ?? 'zh' };
    for (const name of ['street', 'district', 'also', 'then', 'scope']) {
        if (query.get(name)) {
            given[name] = query.get(name);
        }
    }
    const [lat, lon, radiusM] = ['lat', 'lon', 'radius'].map((name) => number(query, name));
    if (lat !== undefined || lon !== undefined || radiusM !== undefined) {
        // All three, or the library says which is missing.
        given.hint = { lat, lon, radiusM, ...(query.get('crs') ? { crs: query.get('crs') } : {}) };
    }
    return given;
}

const answers = {
    '/resolve': async (query) =>
        (await current.resolveAsync(query.get('said') ?? '', evidence(query))).json,
    '/between': async (query) => {
        const language = query.get('language') ?? 'zh';
        return (await current.betweenAsync(query.get('first') ?? '', query.get('second') ?? '', { language })).json;
    },
    '/near': (query) => {
        const index = current;
        const hits = index.nearest(number(query, 'lat'), number(query, 'lon'), { k: number(query, 'k') ?? 5 });
        return `[${hits.map((hit) => index.hitJSON(hit)).join(',')}]`;
    },
    '/info': () => current.infoJSON(),
};

const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://desk');
    // An answer is of this moment, and nobody else's.
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (pathname === '/') {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.setHeader('Content-Security-Policy', "default-src 'self' 'unsafe-inline'");
        response.end(page);
        return;
    }
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    if (request.method !== 'GET' || !Object.hasOwn(answers, pathname)) {
        response.statusCode = 404;
        response.end('{"error":{"code":"not_found","message":"no such page"}}');
        return;
    }
    try {
        response.end(await answers[pathname](searchParams));
    } catch (error) {
        const known = error instanceof PoleError;
        response.statusCode = known ? 400 : 500;
        response.end(JSON.stringify(known ? error : { error: { code: 'failed', message: 'see the log' } }));
        if (!known) {
            console.error(error);
        }
    }
});
// For this machine alone: what is asked here is about people in trouble.
server.listen(Number(port), '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}/  (${current.sample ? 'SAMPLE, ' : ''}${current.info.poles} poles)`);
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));

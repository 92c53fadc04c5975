// SPDX-License-Identifier: MIT
// An open index: all that can be asked of it.
import { Answer, Between } from './answer.js';
import { Columns, lookup, lookupAsync } from './columns.js';
import type { Codes, LookupOptions } from './columns.js';
import type { Handle, Hits } from './engine.js';
import { invalid, PoleError } from './errors.js';
import { close, engine, watch } from './native.js';
import { Pole } from './pole.js';
import { checkKeys, flatten, languageOf, requestOf, textsOf } from './request.js';
import type { BetweenOptions, DescribeOptions, ResolveOptions } from './request.js';
import type {
    AreaEdge,
    Box,
    Heard,
    Info,
    ParsedCode,
    Rings,
    Saying,
    Station,
    StationHit,
} from './types.js';

/** A pole and how it lies from the place asked. */
export interface Hit {
    readonly pole: Pole;
    readonly distanceM: number;
    /** At the place asked, towards the pole. */
    readonly bearingDeg: number;
}

export interface NearestOptions {
    /** How many: 1 to 1024; 1 when not said. */
    readonly k?: number;
    /** None farther. */
    readonly maxM?: number;
}

export interface StationsOptions {
    /** 'police' when not said. */
    readonly kind?: string;
    /** How many of the nearest; 1 when not said. */
    readonly nearest?: number;
}

export interface OpenOptions {
    /** Map the file instead of reading it: faster by milliseconds, but if another process truncates
     * the file, this one dies. */
    readonly mapped?: boolean;
}

const ofDescribe = new Set(['crs', 'language', 'callerLanguage']);
const ofBetween = new Set([...ofDescribe, 'scope', 'channel', 'clean']);
const ofNearest = new Set(['k', 'maxM']);
const ofStations = new Set(['kind', 'nearest']);
const ofOpen = new Set(['mapped']);

export class PoleIndex {
    readonly #handle: Handle;
    readonly #info: Info;
    readonly #stationIds = new Map<number, string>();

    /** Of an invented city: no answer is a real place. */
    readonly sample: boolean;

    /** @internal */
    constructor(handle: Handle) {
        this.#handle = handle;
        watch(this, handle);
        this.#info = engine.info(handle);
        this.sample = this.#info.sample;
    }

    /** @internal */
    get handle(): Handle {
        return this.#handle;
    }

    /** What it holds; also after close(). */
    get info(): Info {
        return this.#info;
    }

    infoJSON(): string {
        return engine.infoJson(this.#handle);
    }

    /** Lets go of the index now; else that happens when nothing refers to it any more. Work under way
     * ends well; poles whose fields were not read yet can not be read any more. Twice is nothing. */
    close(): void {
        close(this, this.#handle);
    }

    /** Another owner of the same index: it is freed when all have closed. */
    retain(): PoleIndex {
        return new PoleIndex(engine.retain(this.#handle));
    }

    /** What opening does not ask: recomputes what the build derived. Throws 'damaged'. */
    verify(): void {
        engine.verify(this.#handle);
    }

    async verifyAsync(): Promise<void> {
        await engine.verifyAsync(this.#handle);
    }

    /** Reads a code, with or without blanks and hyphens. Throws 'malformed_code'. */
    parse(text: string): ParsedCode {
        return engine.parse(this.#handle, text);
    }

    /** The pole of a code: found, no more. What a caller meant is the question of resolve().
     * Throws 'not_found', 'several' (name the scope) or 'malformed_code'. */
    find(code: string, scope?: string): Pole {
        const row = engine.find(this.#handle, code, scope);
        if (row < 0) {
            throw new PoleError('not_found', 'no pole has this code');
        }
        return new Pole(this, row);
    }

    /** The same, undefined where the table has no such pole. */
    get(code: string, scope?: string): Pole | undefined {
        const row = engine.find(this.#handle, code, scope);
        return row < 0 ? undefined : new Pole(this, row);
    }

    /** The poles of a code in every scope. */
    findAll(code: string, scope?: string): Pole[] {
        return this.#poles(engine.findAll(this.#handle, code, scope));
    }

    /** The poles that have another owner's number, compared byte for byte. */
    findAlias(alias: string): Pole[] {
        return this.#poles(engine.findAlias(this.#handle, alias));
    }

    lookupMany(codes: Codes, options?: LookupOptions): Columns {
        return lookup(this, codes, options);
    }

    lookupManyAsync(codes: Codes, options?: LookupOptions): Promise<Columns> {
        return lookupAsync(this, codes, options);
    }

    /** The nearest poles, nearest first. */
    nearest(lat: number, lon: number, options: NearestOptions = {}): Hit[] {
        checkKeys(options, ofNearest, 'options');
        const { k = 1, maxM = Infinity } = options;
        return this.#hits(engine.nearest(this.#handle, lat, lon, k, maxM));
    }

    /** nearest() for many points, [latitude, longitude] or one array of latitude, longitude, ... */
    nearestMany(
        points: readonly (readonly [lat: number, lon: number])[] | Float64Array,
        options: NearestOptions = {},
    ): Hit[][] {
        checkKeys(options, ofNearest, 'options');
        const { k = 1, maxM = Infinity } = options;
        const flat = points instanceof Float64Array ? points : flatten([points]).points;
        const found = engine.nearestMany(this.#handle, flat, k, maxM);
        const hits = this.#hits(found);
        let at = 0;
        return Array.from(found.counts, (count) => hits.slice(at, (at += count)));
    }

    /** All poles within a radius, nearest first. */
    withinRadius(lat: number, lon: number, radiusM: number): Hit[] {
        return this.#hits(engine.withinRadius(this.#handle, lat, lon, radiusM));
    }

    /** All poles in a box, its border included. */
    withinBox(box: Box): Pole[] {
        const { south, west, north, east } = box;
        return this.#poles(engine.withinBox(this.#handle, south, west, north, east));
    }

    /** All poles in a polygon, its border included. */
    withinPolygon(rings: Rings): Pole[] {
        const flat = flatten(rings);
        return this.#poles(engine.withinPolygon(this.#handle, flat.points, flat.rings));
    }

    /** A hit as the JSON that the command prints. Throws 'invalid_argument' for a hit of another
     * index. */
    hitJSON(hit: Hit, language: 'zh' | 'en' = 'zh'): string {
        const request = { language: languageOf(language) };
        const row = this.#rowOf(hit.pole);
        return engine.hitJson(this.#handle, row, request, hit.distanceM, hit.bearingDeg);
    }

    /** The police stations of a pole, one a role; the chosen one is the one to send. */
    stationsOf(code: string | Pole, scope?: string): StationHit[] {
        return (typeof code === 'string' ? this.find(code, scope) : code).stations();
    }

    /** The stations of any place, by role, then distance; the first one is chosen. */
    stationsAt(lat: number, lon: number, options: StationsOptions = {}): StationHit[] {
        checkKeys(options, ofStations, 'options');
        const { kind = '', nearest = 1 } = options;
        return engine.stationsAt(this.#handle, lat, lon, kind, nearest);
    }

    /** The same as the JSON that the command prints. */
    stationsJSON(
        lat: number,
        lon: number,
        options: StationsOptions = {},
        language: 'zh' | 'en' = 'zh',
    ): string {
        checkKeys(options, ofStations, 'options');
        const { kind = '', nearest = 1 } = options;
        const number = languageOf(language);
        return engine.stationsAt(this.#handle, lat, lon, kind, nearest, `${lat},${lon}`, number);
    }

    /** A station by its id. */
    station(id: string): Station | undefined {
        return engine.station(this.#handle, id) ?? undefined;
    }

    /** The id of a station's number, as batches give them. */
    stationId(number: number): string {
        let id = this.#stationIds.get(number);
        if (id === undefined) {
            const station = engine.station(this.#handle, number);
            if (station === null) {
                throw new PoleError('not_found', 'no station has this number');
            }
            id = station.id;
            this.#stationIds.set(number, id);
        }
        return id;
    }

    /** The nearest area of another police station than the one responsible. */
    areaEdge(lat: number, lon: number, maxM = 20000): AreaEdge | null {
        return engine.areaEdge(this.#handle, lat, lon, maxM);
    }

    /** The digits in a text, before any pole is thought of. */
    hear(said: Saying): Heard {
        return engine.hear(this.#handle, textsOf(said));
    }

    /** The pole that was meant: what it can be, how sure that is, whom to send, what to ask. */
    resolve(said: Saying, options?: ResolveOptions): Answer {
        return new Answer(engine.resolve(this.#handle, textsOf(said), requestOf(options)));
    }

    async resolveAsync(said: Saying, options?: ResolveOptions): Promise<Answer> {
        const request = requestOf(options);
        return new Answer(await engine.resolveAsync(this.#handle, textsOf(said), request));
    }

    /** A known pole told in full, as an answer with one candidate. Throws 'invalid_argument' for a
     * pole of another index: find it in this one. */
    describe(pole: Pole, options: DescribeOptions = {}): Answer {
        checkKeys(options, ofDescribe, 'options');
        return new Answer(engine.describe(this.#handle, this.#rowOf(pole), requestOf(options)));
    }

    async describeAsync(pole: Pole, options: DescribeOptions = {}): Promise<Answer> {
        checkKeys(options, ofDescribe, 'options');
        const request = requestOf(options);
        return new Answer(await engine.describeAsync(this.#handle, this.#rowOf(pole), request));
    }

    /** Two poles seen from one spot: a stretch of street, or a contradiction. */
    between(first: Saying, second: Saying, options: BetweenOptions = {}): Between {
        checkKeys(options, ofBetween, 'options');
        const [one, other] = [textsOf(first), textsOf(second)];
        return new Between(engine.between(this.#handle, one, other, requestOf(options)));
    }

    async betweenAsync(first: Saying, second: Saying, options: BetweenOptions = {}): Promise<Between> {
        checkKeys(options, ofBetween, 'options');
        const [one, other] = [textsOf(first), textsOf(second)];
        return new Between(await engine.betweenAsync(this.#handle, one, other, requestOf(options)));
    }

    /** A row is one of its own index: in another, as after a reload, it is another pole. */
    #rowOf(pole: Pole): number {
        if (!(pole instanceof Pole)) {
            throw invalid('pole must be a Pole, as find() gives it');
        }
        if (pole.index !== this && pole.index.info.id !== this.#info.id) {
            throw invalid('the pole is of another index: find it in this one by its code and scope');
        }
        return pole.row;
    }

    #poles(rows: Uint32Array): Pole[] {
        return Array.from(rows, (row) => new Pole(this, row));
    }

    #hits(hits: Hits): Hit[] {
        return Array.from(hits.rows, (row, i) => ({
            pole: new Pole(this, row),
            distanceM: hits.distanceM[i]!,
            bearingDeg: hits.bearingDeg[i]!,
        }));
    }

    /** @internal */
    [Symbol.for('nodejs.util.inspect.custom')](): string {
        const { name, poles, stations, id } = this.#info;
        return (
            `PoleIndex <${this.sample ? 'SAMPLE ' : ''}${name ?? '(no name)'}: ` +
            `${poles} poles, ${stations} stations, id ${id}>`
        );
    }
}

function mapped(options: OpenOptions): boolean {
    checkKeys(options, ofOpen, 'options');
    return options.mapped ?? false;
}

/** Opens an index file, and checks all of it. Throws 'io', 'not_an_index', 'damaged',
 * 'newer_format', 'limit'. */
export function open(path: string, options: OpenOptions = {}): PoleIndex {
    return new PoleIndex(engine.open(path, mapped(options)));
}

export async function openAsync(path: string, options: OpenOptions = {}): Promise<PoleIndex> {
    return new PoleIndex(await engine.openAsync(path, mapped(options)));
}

function bytesOf(bytes: Uint8Array): Uint8Array {
    if (!(bytes instanceof Uint8Array)) {
        throw invalid('bytes must be a Uint8Array (a Buffer is one)');
    }
    return bytes;
}

/** The same from memory; the bytes are copied. */
export function openMemory(bytes: Uint8Array): PoleIndex {
    return new PoleIndex(engine.openMemory(bytesOf(bytes)));
}

export async function openMemoryAsync(bytes: Uint8Array): Promise<PoleIndex> {
    return new PoleIndex(await engine.openMemoryAsync(bytesOf(bytes)));
}

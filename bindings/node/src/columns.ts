// SPDX-License-Identifier: MIT
// Batches: many codes to columns of typed arrays.
import type { ColumnArguments } from './engine.js';
import { invalid } from './errors.js';
import { engine } from './native.js';
import { Pole } from './pole.js';
import type { PoleIndex } from './poleindex.js';
import { checkKeys } from './request.js';
import type { Match } from './types.js';

/** The words for the numbers in `match`. */
export const MATCHES: readonly Match[] = [
    'none',
    'exact',
    'corrected',
    'ambiguous',
    'interpolated',
    'unknown',
    'no_code',
    'malformed',
];
const EXACT = MATCHES.indexOf('exact');
/** In `rows` and `stations`: there is none. */
export const NONE = 0xffffffff;

/** Codes: strings of bare digits; numbers (their digits must be told, for the leading zeros); or
 * one buffer of ASCII texts, each as wide as `digits`, or `stride` apart. */
export type Codes = readonly string[] | Uint32Array | Uint8Array;

export interface LookupOptions {
    /** How many digits the codes have. Needed but for strings: there it is what is not no_code. */
    readonly digits?: number;
    /** Bytes from one text to the next, of a buffer of texts; `digits` when not said. */
    readonly stride?: number;
    /** The county; '' for the urban districts. Not said: any, and a code of several is ambiguous. */
    readonly scope?: string;
    /** Judge how sure each code is if a caller said just its digits: `match` is then what resolve()
     * answers, 'none' where only that can tell. false: `match` 'exact' says that the code is in the
     * table, no more. true when not said. */
    readonly judge?: boolean;
    /** Where it is judged, what is not 'exact' has no pole, place or station, so that no guess is taken
     * for one. true: the pole of the code itself is told all the same. */
    readonly bestGuess?: boolean;
    /** The share of codes heard clean, for judging. */
    readonly clean?: number;
    /** Fill these columns of an earlier batch of the same length and judging again. */
    readonly into?: Columns;
}

const known = new Set(['digits', 'stride', 'scope', 'judge', 'bestGuess', 'clean', 'into']);

/** What became of each code, in its order. Where there is no pole, or none that is sure: NaN and
 * NONE. */
export class Columns {
    readonly #index: PoleIndex;
    readonly length: number;
    /** Whether mishearing was judged; if not, the confidences are null. */
    readonly judged: boolean;
    /** Of an invented city: no real place. */
    readonly sample: boolean;
    readonly rows: Uint32Array;
    /** See MATCHES, and matchOf(). */
    readonly match: Int32Array;
    readonly lat: Float64Array;
    readonly lon: Float64Array;
    /** Numbers of the stations to send; see stationId(). */
    readonly stations: Uint32Array;
    /** NaN where resolve() must tell. */
    readonly confidence: Float64Array | null;
    readonly confidencePlace: Float64Array | null;
    readonly farShare: Float64Array | null;

    /** @internal */
    constructor(index: PoleIndex, length: number, judged: boolean) {
        this.#index = index;
        this.length = length;
        this.judged = judged;
        this.sample = index.sample;
        this.rows = new Uint32Array(length);
        this.match = new Int32Array(length);
        this.lat = new Float64Array(length);
        this.lon = new Float64Array(length);
        this.stations = new Uint32Array(length);
        this.confidence = judged ? new Float64Array(length) : null;
        this.confidencePlace = judged ? new Float64Array(length) : null;
        this.farShare = judged ? new Float64Array(length) : null;
    }

    /** @internal */
    get index(): PoleIndex {
        return this.#index;
    }

    /** @internal */
    arrays(): ColumnArguments {
        return [
            this.rows,
            this.match,
            this.lat,
            this.lon,
            this.stations,
            this.confidence ?? undefined,
            this.confidencePlace ?? undefined,
            this.farShare ?? undefined,
        ];
    }

    matchOf(i: number): Match {
        return MATCHES[this.match[i]!] ?? 'unknown';
    }

    /** The id of the station to send; null: none. */
    stationId(i: number): string | null {
        const number = this.stations[i];
        return number === undefined || number === NONE ? null : this.#index.stationId(number);
    }

    /** The pole; null: none. */
    poleAt(i: number): Pole | null {
        const row = this.rows[i];
        return row === undefined || row === NONE ? null : new Pole(this.#index, row);
    }

    /** How many there are of each match. */
    summary(): Partial<Record<Match, number>> {
        const counts: Partial<Record<Match, number>> = {};
        for (let i = 0; i < this.length; i++) {
            const match = this.matchOf(i);
            counts[match] = (counts[match] ?? 0) + 1;
        }
        return counts;
    }

    /** @internal */
    [Symbol.for('nodejs.util.inspect.custom')](): string {
        const counts = Object.entries(this.summary()).map(([match, count]) => `${match} ${count}`);
        const judged = this.judged ? '' : ', mishearing not judged';
        return `Columns <${this.sample ? 'SAMPLE ' : ''}${this.length} codes: ${counts.join(', ')}${judged}>`;
    }
}

/** Codes of one length, and their places in the batch (absent: all, in order). */
interface Part {
    digits: number;
    numbers: Uint32Array;
    places?: number[];
}

/** The number of a text of bare digits; NONE, which no code of nine digits is, for another. Without
 * a branch for each digit: a negative difference leaves its sign in `bad`. */
function numberOf(text: string): number {
    let number = 0;
    let bad = 0;
    for (let i = 0; i < text.length; i++) {
        const digit = (text.charCodeAt(i) - 48) | 0;
        bad |= digit | (9 - digit);
        number = (Math.imul(number, 10) + digit) | 0;
    }
    return bad < 0 ? NONE : number;
}

function widthOf(code: unknown, i: number): number {
    if (typeof code !== 'string') {
        throw invalid(`codes[${i}] must be a string (a number has lost its leading zeros)`);
    }
    return code.length;
}

/** Writes the numbers of codes from..to, if all are of this width. */
function fill(codes: readonly string[], from: number, to: number, digits: number, numbers: Uint32Array): boolean {
    for (let i = from; i < to; i++) {
        const code = codes[i]!;
        if (typeof code !== 'string' || code.length !== digits) {
            return false;
        }
        numbers[i - from] = numberOf(code);
    }
    return true;
}

function uniform(codes: readonly string[], digits: number): Uint32Array | undefined {
    const numbers = new Uint32Array(codes.length);
    return fill(codes, 0, codes.length, digits, numbers) ? numbers : undefined;
}

// Numbers on their way into the engine: as many as stay in the processor's first caches.
const block = new Uint32Array(4096);

/** The usual batch of strings, all of one width; false: it is not, and has to be done again. */
function lookupBlocks(index: PoleIndex, codes: readonly string[], options: LookupOptions, columns: Columns): boolean {
    const { scope, clean = 0 } = options;
    const digits = options.digits ?? (codes.length > 0 ? widthOf(codes[0], 0) : 1);
    if (digits < 1 || digits > 9) {
        return false;
    }
    const all = columns.arrays();
    for (let from = 0; from < codes.length; from += block.length) {
        const to = Math.min(from + block.length, codes.length);
        if (!fill(codes, from, to, digits, block)) {
            return false;
        }
        const part = all.map((column) => column?.subarray(from, to)) as ColumnArguments;
        engine.findNumbers(index.handle, block.subarray(0, to - from), digits, scope, clean, ...part);
    }
    return true;
}

/** Parts by length; what can be no code of the wanted lengths is a part of numbers that are none. */
function partsOf(codes: readonly string[], wanted: number | undefined): Part[] {
    const first = wanted ?? (codes.length > 0 ? widthOf(codes[0], 0) : 1);
    const all = first >= 1 && first <= 9 ? uniform(codes, first) : undefined;
    if (all !== undefined) {
        return [{ digits: first, numbers: all }];
    }
    const byWidth = new Map<number, { numbers: number[]; places: number[] }>();
    codes.forEach((code, i) => {
        const width = widthOf(code, i);
        const fits = width >= 1 && width <= 9 && (wanted === undefined || width === wanted);
        const digits = fits ? width : (wanted ?? 9);
        let part = byWidth.get(digits);
        if (part === undefined) {
            part = { numbers: [], places: [] };
            byWidth.set(digits, part);
        }
        part.numbers.push(fits ? numberOf(code) : NONE);
        part.places.push(i);
    });
    return [...byWidth].map(([digits, { numbers, places }]) => ({
        digits,
        numbers: Uint32Array.from(numbers),
        places,
    }));
}

function scatter(from: Columns, to: Columns, places: readonly number[]): void {
    const target = to.arrays();
    from.arrays().forEach((column, k) => {
        const filled = target[k];
        if (column !== undefined && filled !== undefined) {
            places.forEach((place, i) => {
                filled[place] = column[i]!;
            });
        }
    });
}

function digitsOf(options: LookupOptions): number {
    const { digits } = options;
    if (digits === undefined || !Number.isInteger(digits) || digits < 1 || digits > 9) {
        throw invalid('digits must say how many digits the codes have: 1 to 9');
    }
    return digits;
}

function columnsFor(index: PoleIndex, count: number, options: LookupOptions): Columns {
    const judge = options.judge ?? true;
    const { into } = options;
    if (into === undefined) {
        return new Columns(index, count, judge);
    }
    if (into.length !== count || into.judged !== judge || into.index !== index) {
        throw invalid('into must be columns of the same index, length and judging');
    }
    return into;
}

function countOfTexts(codes: Uint8Array, digits: number, stride: number): number {
    if (!Number.isInteger(stride) || stride < digits) {
        throw invalid('stride must be at least digits');
    }
    const rest = codes.length % stride;
    if (rest !== 0 && rest < digits) {
        throw invalid('the last text of the buffer is cut');
    }
    return Math.ceil(codes.length / stride);
}

function findMany(index: PoleIndex, codes: Codes, options: LookupOptions): Columns {
    const { handle } = index;
    const { scope, clean = 0 } = options;
    if (codes instanceof Uint32Array) {
        const digits = digitsOf(options);
        const columns = columnsFor(index, codes.length, options);
        engine.findNumbers(handle, codes, digits, scope, clean, ...columns.arrays());
        return columns;
    }
    if (codes instanceof Uint8Array) {
        const digits = digitsOf(options);
        const { stride = digits } = options;
        const columns = columnsFor(index, countOfTexts(codes, digits, stride), options);
        engine.findTexts(handle, codes, digits, scope, clean, ...columns.arrays(), stride);
        return columns;
    }
    checkStrings(codes, options);
    const columns = columnsFor(index, codes.length, options);
    if (codes.length > 0 && lookupBlocks(index, codes, options, columns)) {
        return columns;
    }
    for (const { digits, numbers, places } of partsOf(codes, options.digits)) {
        const filled = places === undefined ? columns : new Columns(index, places.length, columns.judged);
        engine.findNumbers(handle, numbers, digits, scope, clean, ...filled.arrays());
        if (places !== undefined) {
            scatter(filled, columns, places);
        }
    }
    return columns;
}

/** What is not sure enough to be a match must not pass for one. */
function keepSure(columns: Columns, options: LookupOptions): Columns {
    if (!columns.judged || options.bestGuess === true) {
        return columns;
    }
    const { length, rows, match, lat, lon, stations } = columns;
    for (let i = 0; i < length; i++) {
        if (match[i] !== EXACT) {
            rows[i] = NONE;
            lat[i] = NaN;
            lon[i] = NaN;
            stations[i] = NONE;
        }
    }
    return columns;
}

function check(options: LookupOptions): void {
    checkKeys(options, known, 'options');
    const { bestGuess } = options;
    if (bestGuess !== undefined && typeof bestGuess !== 'boolean') {
        throw invalid('bestGuess must be true or false');
    }
}

function checkStrings(codes: readonly string[], options: LookupOptions): void {
    if (!Array.isArray(codes)) {
        throw invalid('codes must be strings, a Uint32Array or a Uint8Array');
    }
    if (options.digits !== undefined) {
        digitsOf(options);
    }
}

export function lookup(index: PoleIndex, codes: Codes, options: LookupOptions = {}): Columns {
    check(options);
    return keepSure(findMany(index, codes, options), options);
}

/** The same on a thread of Node's pool. Codes are copied first, and the columns are not seen before
 * they are filled, so that nobody else touches what the thread works on. */
async function findManyAsync(index: PoleIndex, codes: Codes, options: LookupOptions): Promise<Columns> {
    if (options.into !== undefined) {
        throw invalid('into is for lookupMany() alone');
    }
    const { handle } = index;
    const { scope, clean = 0 } = options;
    if (codes instanceof Uint32Array) {
        const digits = digitsOf(options);
        const columns = columnsFor(index, codes.length, options);
        const copy = new Uint32Array(codes);
        await engine.findNumbersAsync(handle, copy, digits, scope, clean, ...columns.arrays());
        return columns;
    }
    if (codes instanceof Uint8Array) {
        const digits = digitsOf(options);
        const { stride = digits } = options;
        const columns = columnsFor(index, countOfTexts(codes, digits, stride), options);
        const copy = new Uint8Array(codes);
        await engine.findTextsAsync(handle, copy, digits, scope, clean, ...columns.arrays(), stride);
        return columns;
    }
    checkStrings(codes, options);
    const parts = partsOf(codes, options.digits);
    const columns = columnsFor(index, codes.length, options);
    await Promise.all(
        parts.map(async ({ digits, numbers, places }) => {
            const filled =
                places === undefined ? columns : new Columns(index, places.length, columns.judged);
            await engine.findNumbersAsync(handle, numbers, digits, scope, clean, ...filled.arrays());
            if (places !== undefined) {
                scatter(filled, columns, places);
            }
        }),
    );
    return columns;
}

export async function lookupAsync(
    index: PoleIndex,
    codes: Codes,
    options: LookupOptions = {},
): Promise<Columns> {
    check(options);
    return keepSure(await findManyAsync(index, codes, options), options);
}

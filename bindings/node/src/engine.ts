// SPDX-License-Identifier: MIT
// What the layer of TypeScript asks of the library. The addon is one Engine; a WebAssembly build
// would be another. Handles are numbers, arrays are typed arrays, failures are thrown as what the
// function given to setErrors makes.
import type {
    AnswerFields,
    AreaEdge,
    BetweenFields,
    Heard,
    Info,
    ParsedCode,
    PoleRecord,
    Station,
    StationHit,
} from './types.js';

export type Handle = number;
export type Texts = string | readonly (readonly [text: string, weight: number])[];

export interface Hits {
    rows: Uint32Array;
    distanceM: Float64Array;
    bearingDeg: Float64Array;
}

export interface FlatPolygon {
    /** Latitude, longitude, latitude, ... of all rings. */
    points: Float64Array;
    /** How many points each ring has. */
    rings: Uint32Array;
}

export interface Request {
    hint?: { lat: number; lon: number; radiusM: number; level?: number; crs?: string; given?: string };
    street?: string;
    district?: string;
    scope?: string;
    also?: Texts;
    then?: Texts;
    digits?: readonly (readonly [position: number, digit: number])[];
    box?: readonly [south: number, west: number, north: number, east: number];
    polygon?: FlatPolygon;
    channel?: Handle;
    clean?: number;
    limit?: number;
    nearM?: number;
    exactConfidence?: number;
    exactPlace?: number;
    correctedConfidence?: number;
    correctedPlace?: number;
    crs?: string;
    brief?: boolean;
    /** 0 Chinese, 1 English, 2 Russian. */
    language?: number;
    callerLanguage?: number;
}

type Wanted<T> = T | undefined;
export type ColumnArguments = [
    rows: Wanted<Uint32Array>,
    match: Wanted<Int32Array>,
    lat: Wanted<Float64Array>,
    lon: Wanted<Float64Array>,
    stations: Wanted<Uint32Array>,
    confidence: Wanted<Float64Array>,
    confidencePlace: Wanted<Float64Array>,
    farShare: Wanted<Float64Array>,
];
type Scope = string | undefined;

export interface Engine {
    readonly version: string;
    setErrors(
        make: (
            code: string,
            message: string,
            hint: string,
            line: number,
            column: number,
            offsetBytes: number,
        ) => Error,
    ): void;

    open(path: string, mapped: boolean): Handle;
    openAsync(path: string, mapped: boolean): Promise<Handle>;
    openMemory(bytes: Uint8Array): Handle;
    openMemoryAsync(bytes: Uint8Array): Promise<Handle>;
    retain(index: Handle): Handle;
    /** Of an index or a channel. Work under way goes on; closing twice is nothing. */
    close(handle: Handle): void;
    channel(name: string, table?: string): Handle;
    channelInfo(channel: Handle): { name: string; id: string; clean: number };
    info(index: Handle): Info;
    infoJson(index: Handle): string;
    verify(index: Handle): void;
    verifyAsync(index: Handle): Promise<void>;

    /** -1: there is none. */
    find(index: Handle, code: string, scope: Scope): number;
    findAll(index: Handle, code: string, scope: Scope): Uint32Array;
    findAlias(index: Handle, alias: string): Uint32Array;
    parse(index: Handle, text: string): ParsedCode;
    point(index: Handle, row: number, out: Float64Array): void;
    record(index: Handle, row: number): PoleRecord;
    /** 0 code, 1 scope, 2 street, 3 district, 4 note, 5 successor, 6 alias, 7 aliasOwner. */
    text(index: Handle, row: number, field: number): string | null;
    findNumbers(
        index: Handle,
        numbers: Uint32Array,
        digits: number,
        scope: Scope,
        clean: number,
        ...columns: ColumnArguments
    ): void;
    findTexts(
        index: Handle,
        texts: Uint8Array,
        digits: number,
        scope: Scope,
        clean: number,
        ...columnsAndStride: [...ColumnArguments, number]
    ): void;
    /** The arrays belong to the work until it is done. */
    findNumbersAsync(...as: Parameters<Engine['findNumbers']>): Promise<void>;
    findTextsAsync(...as: Parameters<Engine['findTexts']>): Promise<void>;

    nearest(index: Handle, lat: number, lon: number, k: number, maxM: number): Hits;
    nearestMany(index: Handle, points: Float64Array, k: number, maxM: number): Hits & { counts: Uint32Array };
    withinRadius(index: Handle, lat: number, lon: number, radiusM: number): Hits;
    withinBox(index: Handle, south: number, west: number, north: number, east: number): Uint32Array;
    withinPolygon(index: Handle, points: Float64Array, rings: Uint32Array): Uint32Array;
    readPolygon(geojson: string): FlatPolygon;
    stationsOf(index: Handle, row: number): StationHit[];
    stationsAt(index: Handle, lat: number, lon: number, kind: string, nearest: number): StationHit[];
    /** As JSON, for a query. */
    stationsAt(
        index: Handle,
        lat: number,
        lon: number,
        kind: string,
        nearest: number,
        query: string,
        language: number,
    ): string;
    station(index: Handle, numberOrId: number | string): Station | null;
    areaEdge(index: Handle, lat: number, lon: number, maxM: number): AreaEdge | null;
    convert(
        crs: string,
        toWgs84: boolean,
        x: Float64Array,
        y: Float64Array,
    ): { crs: string; unit: string; geographic: boolean; accuracyM: number | null };

    hear(index: Handle, texts: Texts): Heard;
    resolve(index: Handle, texts: Texts, request?: Request): AnswerFields;
    resolveAsync(index: Handle, texts: Texts, request?: Request): Promise<AnswerFields>;
    describe(index: Handle, row: number, request?: Request): AnswerFields;
    describeAsync(index: Handle, row: number, request?: Request): Promise<AnswerFields>;
    hitJson(index: Handle, row: number, request: Request, distanceM: number, bearingDeg: number): string;
    between(index: Handle, first: Texts, second: Texts, request?: Request): BetweenFields;
    betweenAsync(index: Handle, first: Texts, second: Texts, request?: Request): Promise<BetweenFields>;
    warningText(warning: string, language: number): string;
}

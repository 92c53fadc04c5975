// SPDX-License-Identifier: MIT
// What a caller asks, checked and laid out for the engine. A key that is not known is an error:
// evidence that was misspelt must not be left out in silence.
import { Channel, channelOf } from './channel.js';
import type { FlatPolygon, Request, Texts } from './engine.js';
import { invalid } from './errors.js';
import type { Evidence, Language, Rings, Saying } from './types.js';

export interface ResolveOptions extends Evidence {
    /** 'everyday' (the default), 'heavy', or one of your own. */
    readonly channel?: string | Channel;
    /** The share of codes heard clean, below 1. */
    readonly clean?: number;
    /** Candidates told in full: 1 to 100; 3 when not said. */
    readonly limit?: number;
    /** What counts as near, in metres; 200 when not said. */
    readonly nearM?: number;
    /** The thresholds of 'exact' (0.90, 0.95) and 'corrected' (0.70, 0.90). */
    readonly exactConfidence?: number;
    readonly exactPlace?: number;
    readonly correctedConfidence?: number;
    readonly correctedPlace?: number;
    /** Also give x and y in this CRS: 'gcj02', 'bd09', 'EPSG:4490'. */
    readonly crs?: string;
    /** Without question, neighbours and cross streets: for many, none of them put to a caller. */
    readonly brief?: boolean;
    /** The dispatcher's: 'zh' when not said. */
    readonly language?: 'zh' | 'en';
    /** The caller's: whose digits are confused how, and the words of question.say. */
    readonly callerLanguage?: Language;
}

export type BetweenOptions = Pick<
    ResolveOptions,
    'scope' | 'crs' | 'channel' | 'clean' | 'language' | 'callerLanguage'
>;
export type DescribeOptions = Pick<ResolveOptions, 'crs' | 'language' | 'callerLanguage'>;

const passed = [
    'street',
    'district',
    'scope',
    'clean',
    'limit',
    'nearM',
    'exactConfidence',
    'exactPlace',
    'correctedConfidence',
    'correctedPlace',
    'crs',
    'brief',
] as const;
const known = new Set<string>([
    ...passed,
    'hint',
    'also',
    'then',
    'digits',
    'box',
    'polygon',
    'channel',
    'language',
    'callerLanguage',
]);
const ofHint = new Set(['lat', 'lon', 'radiusM', 'level', 'crs', 'given']);
const languages: readonly string[] = ['zh', 'en', 'ru'];

export function checkKeys(object: object, allowed: ReadonlySet<string>, what: string): void {
    for (const key of Object.keys(object)) {
        if (!allowed.has(key)) {
            throw invalid(`${what}: there is no '${key}' (it has ${[...allowed].join(', ')})`);
        }
    }
}

export function languageOf(language: string | undefined): number {
    const number = language === undefined ? 0 : languages.indexOf(language);
    if (number < 0) {
        throw invalid(`language '${String(language)}' is none of ${languages.join(', ')}`);
    }
    return number;
}

export function textsOf(saying: Saying): Texts {
    if (typeof saying === 'string') {
        return saying;
    }
    if (!Array.isArray(saying)) {
        throw invalid('what was said must be a string, or an array of {text, weight}');
    }
    return saying.map(({ text, weight }) => [text, weight] as const);
}

export function flatten(rings: Rings): FlatPolygon {
    const points = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0));
    let at = 0;
    for (const ring of rings) {
        for (const [lat, lon] of ring) {
            points[at++] = lat;
            points[at++] = lon;
        }
    }
    return { points, rings: Uint32Array.from(rings, (ring) => ring.length) };
}

export function requestOf(options: ResolveOptions | undefined): Request | undefined {
    if (options === undefined) {
        return undefined;
    }
    checkKeys(options, known, 'options');
    const request: Record<string, unknown> = {};
    for (const key of passed) {
        if (options[key] !== undefined) {
            request[key] = options[key];
        }
    }
    const { hint, also, then, digits, box, polygon, channel, language, callerLanguage } = options;
    if (hint !== undefined) {
        checkKeys(hint, ofHint, 'hint');
        request['hint'] = hint;
    }
    if (also !== undefined) {
        request['also'] = textsOf(also);
    }
    if (then !== undefined) {
        request['then'] = textsOf(then);
    }
    if (digits !== undefined) {
        request['digits'] = Object.entries(digits).map(([place, digit]) => [Number(place), digit]);
    }
    if (box !== undefined) {
        request['box'] = [box.south, box.west, box.north, box.east];
    }
    if (polygon !== undefined) {
        request['polygon'] = flatten(polygon);
    }
    if (channel !== undefined) {
        request['channel'] = channelOf(channel);
    }
    request['language'] = languageOf(language);
    request['callerLanguage'] = languageOf(callerLanguage);
    return request as Request;
}

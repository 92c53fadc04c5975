// SPDX-License-Identifier: MIT
// What questions and answers are made of. Coordinates are WGS 84 degrees, lengths metres, bearings
// degrees clockwise from north. null: not known, or there is none.

/** What a text or code turned out to be. */
export type Match =
    | 'none'
    | 'exact'
    | 'corrected'
    | 'ambiguous'
    | 'interpolated'
    | 'unknown'
    | 'no_code'
    | 'malformed';

export type Reason = 'no_digits' | 'too_few' | 'too_many' | 'phone_number' | 'other_number';
export type Role = 'coded' | 'responsible' | 'road' | 'nearest';
export type PoleState = 'active' | 'moved' | 'removed';
export type Language = 'zh' | 'en' | 'ru';
export type EvidenceKind =
    | 'hint'
    | 'street'
    | 'district'
    | 'scope'
    | 'also'
    | 'then'
    | 'digit'
    | 'box'
    | 'polygon';
export type EditKind =
    | 'substitution'
    | 'transposition'
    | 'twin'
    | 'omission'
    | 'insertion'
    | 'doubling'
    | 'unknown';
export type QuestionKind =
    | 'read_back'
    | 'digit'
    | 'digits'
    | 'neighbour'
    | 'side'
    | 'street'
    | 'county'
    | 'object'
    | 'place';
/** New ones may come: show what you do not know. */
export type Warning =
    | 'sample_data'
    | 'uncorroborated'
    | 'scope_needed'
    | 'station_conflict'
    | 'area_edge'
    | 'no_area'
    | 'retired_pole'
    | 'other_length'
    | 'confusable_far'
    | 'hint_conflict'
    | 'hint_outside'
    | 'hint_datum_suspect'
    | 'street_conflict'
    | 'street_unmatched'
    | 'also_conflict'
    | 'several_codes'
    | (string & {});

/** A code and the county that it is unique in; '' for the urban districts. */
export interface CodeInScope {
    readonly code: string;
    readonly scope: string;
}

/** A pole as the table has it; null where the table says nothing. */
export interface PoleRecord extends CodeInScope {
    /** The pole's place in this open index. */
    readonly row: number;
    readonly lat: number;
    readonly lon: number;
    readonly street: string | null;
    readonly district: string | null;
    readonly note: string | null;
    /** The code of the pole that replaced this one. */
    readonly successor: string | null;
    /** Another owner's number on the same pole. */
    readonly alias: string | null;
    readonly aliasOwner: string | null;
    readonly state: PoleState;
    /** YYYY-MM-DD */
    readonly surveyed: string | null;
}

export interface StationFields {
    readonly number: number;
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly phone: string | null;
    readonly group: string | null;
    readonly district: string | null;
    readonly lat: number;
    readonly lon: number;
}

export interface Station extends StationFields {
    /** The digits that the codes of its poles begin with, and their scope. */
    readonly prefix: string | null;
    readonly scope: string;
    /** The id of the station that took over. */
    readonly successor: string | null;
}

/** A station and why it is named. */
export interface StationHit extends StationFields {
    readonly role: Role;
    /** The one to send; at most one of a list. */
    readonly chosen: boolean;
    readonly distanceM: number;
    /** At the place, towards the station. */
    readonly bearingDeg: number;
    readonly roadM: number | null;
    readonly roadS: number | null;
}

export interface AreaEdge {
    readonly distanceM: number;
    readonly stationId: string;
}

/** How a heard code differs from the one meant; positions count from 1. */
export interface Edit {
    readonly kind: EditKind;
    readonly position: number | null;
    readonly heardPosition: number | null;
    readonly heard: string | null;
    readonly meant: string | null;
}

export interface Neighbour extends CodeInScope {
    readonly distanceM: number;
    readonly bearingDeg: number;
}

/** A pole that an answer can mean, told in full. */
export interface Candidate extends PoleRecord {
    /** Of an invented city: no real place. */
    readonly sample: boolean;
    readonly matched: 'code' | 'alias';
    readonly confidence: number | null;
    readonly distanceToFirstM: number | null;
    readonly distanceToHintM: number | null;
    /** In the CRS that was asked for: easting or longitude, northing or latitude. */
    readonly x: number | null;
    readonly y: number | null;
    readonly crs: string | null;
    readonly crossStreets: readonly { readonly street: string; readonly distanceM: number }[];
    readonly neighbours: readonly Neighbour[];
    readonly stations: readonly StationHit[];
    readonly areaEdge: AreaEdge | null;
    readonly edits: readonly Edit[];
}

/** The likeliest pole that is not near the first candidate. */
export interface FarRival extends CodeInScope {
    readonly row: number;
    readonly confidence: number;
    readonly distanceM: number;
    readonly stationId: string | null;
    /** The digits (from 1) that tell the two codes apart. */
    readonly digits: readonly number[];
}

/** A place for a code that the table lacks, between two poles of its street and side. */
export interface Estimate extends CodeInScope {
    readonly lat: number;
    readonly lon: number;
    readonly radiusM: number;
    readonly confidence: number;
    readonly between: readonly [CodeInScope, CodeInScope];
    readonly stations: readonly StationHit[];
    readonly areaEdge: AreaEdge | null;
}

export interface Question {
    readonly kind: QuestionKind;
    /** From 1: the digit asked for, or the first of several. */
    readonly digit: number | null;
    readonly digitCount: number;
    /** How many digits a code has here. */
    readonly codeDigits: number | null;
    /** The two digits to choose from, in the order to say them; empty: the question is open. */
    readonly choice: readonly number[];
    /** In the dispatcher's language. */
    readonly text: string;
    /** In the caller's language. */
    readonly say: string;
    readonly options: readonly { readonly answer: string; readonly poles: readonly CodeInScope[] }[];
}

/** A piece of evidence as it was used. */
export interface EvidenceUsed {
    readonly kind: EvidenceKind;
    readonly lat: number | null;
    readonly lon: number | null;
    readonly sigmaM: number | null;
    readonly given: string | null;
    readonly crs: string | null;
    /** With the first candidate: 1 it speaks for it, 0 neither, -1 against. */
    readonly agrees: -1 | 0 | 1;
    /** Of box and polygon: the likeliest pole that they forbid, and what would be believed of it. */
    readonly outside: CodeInScope | null;
    readonly outsideShare: number | null;
}

/** All of an answer. */
export interface AnswerFields {
    readonly match: Match;
    /** Why there is no code. */
    readonly reason: Reason | null;
    /** As given, long runs of digits masked. */
    readonly query: string;
    /** The digits, '?' for an unknown one. */
    readonly heard: string | null;
    /** Of the first candidate's code, of its neighbourhood, and that no pole was meant. */
    readonly confidence: number | null;
    readonly confidencePlace: number | null;
    readonly noPole: number | null;
    /** What is believed of all that is not near the first candidate. */
    readonly farShare: number | null;
    readonly corroboratedBy: readonly EvidenceKind[];
    readonly warnings: readonly Warning[];
    readonly candidates: readonly Candidate[];
    /** Listed or not. */
    readonly candidatesFound: number;
    readonly farRival: FarRival | null;
    readonly estimate: Estimate | null;
    readonly question: Question | null;
    readonly evidence: readonly EvidenceUsed[];
    /** The model of errors that was assumed. */
    readonly channel: string | null;
    readonly channelId: string | null;
    readonly clean: number | null;
    /** The answer as `polelookup --json` prints it. */
    readonly json: string;
}

export interface Heard {
    readonly query: string;
    readonly digits: string | null;
    readonly codes: readonly { readonly code: string; readonly weight: number }[];
    readonly several: boolean;
    readonly reason: Reason | null;
}

export type Relation = 'unknown' | 'same' | 'stretch' | 'corner' | 'apart';

export interface BetweenFields {
    readonly relation: Relation;
    readonly poles: readonly [Candidate | null, Candidate | null];
    readonly sameStreet: boolean | null;
    readonly sameSide: boolean | null;
    readonly polesBetween: number | null;
    readonly distanceM: number | null;
    readonly bearingDeg: number | null;
    /** The side of the street that both are on, as a bearing across it. */
    readonly sideDeg: number | null;
    readonly middle: { readonly lat: number; readonly lon: number } | null;
    readonly radiusM: number | null;
    readonly warnings: readonly Warning[];
    /** What one of the two (query 0 or 1) may have meant instead. */
    readonly corrections: readonly {
        readonly query: 0 | 1;
        readonly distanceM: number | null;
        readonly pole: Candidate;
    }[];
    readonly json: string;
}

/** What an index holds. */
export interface Info {
    readonly id: string;
    readonly name: string | null;
    /** An invented city; no answer of it is a real place. */
    readonly sample: boolean;
    readonly poles: number;
    readonly stations: number;
    readonly areas: number;
    readonly scopes: readonly string[];
    readonly schemes: readonly {
        readonly scope: string;
        readonly digits: number;
        readonly poles: number;
        readonly fields: readonly {
            readonly kind: 'district' | 'station' | 'street' | 'pole' | 'other';
            readonly digits: number;
        }[];
    }[];
    readonly sources: readonly {
        readonly table: 'poles' | 'stations' | 'areas';
        readonly fileName: string;
        readonly hash: string;
        readonly crs: string;
        readonly sizeBytes: number;
        readonly rowsRead: number;
        readonly rowsRefused: number;
    }[];
    readonly formatMajor: number;
    readonly formatMinor: number;
    readonly fileBytes: number;
    /** Seconds since 1970-01-01, UTC; dataDateS 0: not known. */
    readonly builtAtS: number;
    readonly dataDateS: number;
    readonly south: number | null;
    readonly west: number | null;
    readonly north: number | null;
    readonly east: number | null;
    readonly rowsRead: number;
    readonly rowsRefused: number;
    readonly rowsCollapsed: number;
    readonly doubtsUsed: boolean;
    readonly doubtChannel: string | null;
    readonly builder: string;
    /** Bit n: a code may have n digits. */
    readonly lengths: number;
}

export interface ParsedCode {
    readonly code: string;
    readonly digits: number;
    /** Without its leading zeros. */
    readonly number: number;
    /** With a space between its fields: '1 23 45 67'. */
    readonly grouped: string;
}

export interface Box {
    readonly south: number;
    readonly west: number;
    readonly north: number;
    /** Less than west: the box crosses the antimeridian. */
    readonly east: number;
}

/** Rings of [latitude, longitude], holes among them; even-odd. */
export type Rings = readonly (readonly (readonly [lat: number, lon: number])[])[];

/** A text, or several of one saying with their weights (a recogniser's n-best list). */
export type Saying = string | readonly { readonly text: string; readonly weight: number }[];

export interface Hint {
    readonly lat: number;
    readonly lon: number;
    readonly radiusM: number;
    /** The share of cases inside the radius; 0.39 (one sigma on each axis) when not said. */
    readonly level?: number;
    /** 'gcj02', 'bd09', 'EPSG:4490'; WGS 84 when not said. */
    readonly crs?: string;
    /** The text to echo in the answer. */
    readonly given?: string;
}

/** What else is known. All soft, but box and polygon. */
export interface Evidence {
    readonly hint?: Hint;
    readonly street?: string;
    readonly district?: string;
    /** The county. '' says that it is not known, as does leaving it out; it does not say the urban
     * districts, as it does in find() and lookupMany(). */
    readonly scope?: string;
    /** A second pole in sight now, as said. */
    readonly also?: Saying;
    /** A later pole: the caller has moved. */
    readonly then?: Saying;
    /** Answered questions: position (from 1) to digit. */
    readonly digits?: Readonly<Record<number, number>>;
    readonly box?: Box;
    readonly polygon?: Rings;
}

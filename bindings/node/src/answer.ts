// SPDX-License-Identifier: MIT
// Answers: what the engine tells, with the few questions that everybody has.
import { engine } from './native.js';
import { describePole } from './pole.js';
import { languageOf } from './request.js';
import type { AnswerFields, BetweenFields, Candidate, StationHit, Warning } from './types.js';

const inspect = Symbol.for('nodejs.util.inspect.custom');
const show = (share: number | null): string => (share === null ? 'not assessed' : share.toFixed(4));

export interface Answer extends AnswerFields {}

export class Answer {
    /** @internal */
    constructor(fields: AnswerFields) {
        Object.assign(this, fields);
    }

    /** Of an invented city: no real place. */
    get sample(): boolean {
        return this.warnings.includes('sample_data');
    }

    /** The pole, where the answer names one: 'exact' and 'corrected'. An ambiguous answer has none,
     * however likely its first candidate is. */
    get pole(): Candidate | null {
        return this.match === 'exact' || this.match === 'corrected' ? this.candidates[0]! : null;
    }

    /** What is sure enough to send somebody to: the pole, or the estimate of an 'interpolated' answer
     * (within its radiusM); WGS 84. null: nothing is. */
    get place(): { readonly lat: number; readonly lon: number } | null {
        const at = this.match === 'interpolated' ? this.estimate : this.pole;
        return at && { lat: at.lat, lon: at.lon };
    }

    /** The station to send to that pole, or to the place of an 'interpolated' answer. */
    get station(): StationHit | null {
        const stations =
            this.match === 'interpolated' ? this.estimate?.stations : this.pole?.stations;
        return stations?.find((hit) => hit.chosen) ?? null;
    }

    /** The object of the contract, as `polelookup --json` prints it. */
    toJSON(): unknown {
        return JSON.parse(this.json);
    }

    /** @internal */
    [inspect](): string {
        const lines = [
            `Answer <${this.sample ? 'SAMPLE ' : ''}${this.match}` +
                `${this.heard === null ? '' : ` heard ${this.heard}`}` +
                `${this.reason === null ? '' : ` (${this.reason})`}` +
                ` confidence ${show(this.confidence)} place ${show(this.confidencePlace)}`,
        ];
        for (const candidate of this.candidates) {
            lines.push(`  ${show(candidate.confidence)} ${describePole(candidate, false)}`);
        }
        if (this.estimate !== null) {
            const { code, lat, lon, radiusM } = this.estimate;
            lines.push(
                `  ${show(this.estimate.confidence)} ${code} is about ` +
                    `${lat.toFixed(7)}, ${lon.toFixed(7)} (WGS 84), within ${radiusM.toFixed(0)} m`,
            );
        }
        if (this.station !== null) {
            lines.push(`  send ${this.station.name} ${this.station.phone ?? ''}`.trimEnd());
        }
        if (this.question !== null) {
            lines.push(`  ask ${this.question.text}`);
        }
        lines.push(`  warnings ${this.warnings.join(', ') || 'none'}>`);
        return lines.join('\n');
    }
}

export interface Between extends BetweenFields {}

export class Between {
    /** @internal */
    constructor(fields: BetweenFields) {
        Object.assign(this, fields);
    }

    get sample(): boolean {
        return this.warnings.includes('sample_data');
    }

    /** The object of the contract, as `polelookup between --json` prints it. */
    toJSON(): unknown {
        return JSON.parse(this.json);
    }

    /** @internal */
    [inspect](): string {
        const distance = this.distanceM === null ? '' : ` ${this.distanceM.toFixed(1)} m`;
        const codes = this.poles.map((pole) => pole?.code ?? '(no pole)').join(' to ');
        return (
            `Between <${this.sample ? 'SAMPLE ' : ''}${this.relation} ${codes}${distance}` +
            `${this.warnings.length > 0 ? ` warnings ${this.warnings.join(', ')}` : ''}>`
        );
    }
}

/** A sentence for a warning; '' for one that is not known. */
export function warningText(warning: Warning, language: 'zh' | 'en' = 'zh'): string {
    return engine.warningText(warning, languageOf(language));
}

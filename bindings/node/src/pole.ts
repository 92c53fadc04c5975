// SPDX-License-Identifier: MIT
// A pole of an open index. Its fields are read when they are asked for.
import { engine } from './native.js';
import type { PoleIndex } from './poleindex.js';
import type { PoleRecord, PoleState, StationHit } from './types.js';

const at = new Float64Array(2);
const inspect = Symbol.for('nodejs.util.inspect.custom');

export class Pole implements PoleRecord {
    readonly #index: PoleIndex;
    #record: PoleRecord | undefined;
    #lat = NaN;
    #lon = NaN;

    /** Its place in this open index. */
    readonly row: number;

    /** @internal */
    constructor(index: PoleIndex, row: number) {
        this.#index = index;
        this.row = row;
    }

    /** @internal */
    get index(): PoleIndex {
        return this.#index;
    }

    #point(): void {
        if (this.#lat !== this.#lat) {
            engine.point(this.#index.handle, this.row, at);
            this.#lat = at[0]!;
            this.#lon = at[1]!;
        }
    }

    #text(field: number): string | null {
        return engine.text(this.#index.handle, this.row, field);
    }

    #all(): PoleRecord {
        return (this.#record ??= engine.record(this.#index.handle, this.row));
    }

    get lat(): number {
        this.#point();
        return this.#lat;
    }

    get lon(): number {
        this.#point();
        return this.#lon;
    }

    get code(): string {
        return this.#text(0)!;
    }

    /** '' for the urban districts. */
    get scope(): string {
        return this.#text(1)!;
    }

    get street(): string | null {
        return this.#text(2);
    }

    get district(): string | null {
        return this.#text(3);
    }

    get note(): string | null {
        return this.#text(4);
    }

    get successor(): string | null {
        return this.#text(5);
    }

    get alias(): string | null {
        return this.#text(6);
    }

    get aliasOwner(): string | null {
        return this.#text(7);
    }

    get state(): PoleState {
        return this.#all().state;
    }

    get surveyed(): string | null {
        return this.#all().surveyed;
    }

    /** Of an invented city: no real place. */
    get sample(): boolean {
        return this.#index.sample;
    }

    /** Its police stations, one a role; one of them is chosen: the one to send. */
    stations(): StationHit[] {
        return engine.stationsOf(this.#index.handle, this.row);
    }

    /** The station to send. */
    station(): StationHit | null {
        return this.stations().find((hit) => hit.chosen) ?? null;
    }

    /** All fields, and whether it is a sample's. */
    toJSON(): PoleRecord & { readonly sample: boolean } {
        return { ...this.#all(), sample: this.sample };
    }

    toString(): string {
        return describePole(this, this.sample);
    }

    /** @internal */
    [inspect](): string {
        return `Pole <${this.toString()}>`;
    }
}

/** @internal */
export function describePole(pole: PoleRecord, sample: boolean): string {
    const place = [pole.street, pole.district, pole.scope].filter((word) => word).join(', ');
    const state = pole.state === 'active' ? '' : ` (${pole.state})`;
    const position = `${pole.lat.toFixed(7)}, ${pole.lon.toFixed(7)} (WGS 84)`;
    return `${sample ? 'SAMPLE ' : ''}${pole.code}${state} ${place} ${position}`.replace(/ +/g, ' ');
}

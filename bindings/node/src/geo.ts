// SPDX-License-Identifier: MIT
// Other datums, and polygons of GeoJSON.
import { engine } from './native.js';
import type { Rings } from './types.js';

export interface Converted {
    /** Easting or longitude. */
    readonly x: number;
    /** Northing or latitude. */
    readonly y: number;
    /** The name of the CRS in its one form, and how well its datum is known against WGS 84. */
    readonly crs: string;
    readonly accuracyM: number | null;
    /** Whether x and y are degrees; else in `unit`. */
    readonly geographic: boolean;
    readonly unit: string;
}

function convert(crs: string, toWgs84: boolean, x: number, y: number): Converted {
    const [xs, ys] = [Float64Array.of(x), Float64Array.of(y)];
    const told = engine.convert(crs, toWgs84, xs, ys);
    return { x: xs[0]!, y: ys[0]!, ...told };
}

/** From 'gcj02', 'bd09', 'EPSG:4490'; other EPSG codes are the command's. NaN: it can not be. */
export function toWgs84(crs: string, x: number, y: number): { lat: number; lon: number } {
    const converted = convert(crs, true, x, y);
    return { lat: converted.y, lon: converted.x };
}

export function fromWgs84(crs: string, lat: number, lon: number): Converted {
    return convert(crs, false, lon, lat);
}

/** The rings of one Feature with a Polygon or MultiPolygon (RFC 7946). Throws 'bad_input'. */
export function readPolygon(geojson: string): Rings {
    const { points, rings } = engine.readPolygon(geojson);
    let at = 0;
    return Array.from(rings, (size) =>
        Array.from({ length: size }, () => [points[at++]!, points[at++]!] as const),
    );
}

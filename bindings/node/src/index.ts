// SPDX-License-Identifier: MIT
// What this package gives. The form for `import` (index.mts) is this one, so that there is one
// PoleError and one addon in a process whichever way it is loaded.
import { engine } from './native.js';

export { open, openAsync, openMemory, openMemoryAsync, PoleIndex } from './poleindex.js';
export type { Hit, NearestOptions, OpenOptions, StationsOptions } from './poleindex.js';
export { Answer, Between, warningText } from './answer.js';
export { Channel } from './channel.js';
export { Columns, MATCHES, NONE } from './columns.js';
export type { Codes, LookupOptions } from './columns.js';
export { PoleError } from './errors.js';
export type { ErrorCode } from './errors.js';
export { fromWgs84, readPolygon, toWgs84 } from './geo.js';
export type { Converted } from './geo.js';
export { Pole } from './pole.js';
export type { BetweenOptions, DescribeOptions, ResolveOptions } from './request.js';
export type * from './types.js';

/** The version of the library inside. */
export const version: string = engine.version;

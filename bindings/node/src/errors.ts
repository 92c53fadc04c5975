// SPDX-License-Identifier: MIT
// The one error of this package.

/** The stable word for what went wrong; new ones may come. */
export type ErrorCode =
    | 'not_found'
    | 'several'
    | 'invalid_argument'
    | 'no_memory'
    | 'io'
    | 'not_an_index'
    | 'damaged'
    | 'newer_format'
    | 'unsupported'
    | 'limit'
    | 'malformed_code'
    | 'bad_input'
    | 'refused'
    | 'stopped'
    | (string & {});

export class PoleError extends Error {
    override readonly name = 'PoleError';

    constructor(
        /** The stable name of the library's status. */
        readonly code: ErrorCode,
        message: string,
        /** What to do; may be empty. */
        readonly hint: string = '',
        /** From 1, in a table; 0: does not apply. */
        readonly line: number = 0,
        readonly column: number = 0,
        /** In the file; 0 when it does not apply. */
        readonly offsetBytes: number = 0,
    ) {
        super(message);
    }

    /** The object that the command prints for an error. */
    toJSON(): { error: { code: string; message: string; hint: string | null; line: number | null; column: number | null } } {
        const { code, message, hint, line, column } = this;
        return {
            error: { code, message, hint: hint || null, line: line || null, column: column || null },
        };
    }
}

/** @internal */
export const invalid = (message: string): PoleError => new PoleError('invalid_argument', message);

// SPDX-License-Identifier: MIT

/** A lamp pole's spoken code to its place and its police station. */
module polelookup {
    exports polelookup;
}

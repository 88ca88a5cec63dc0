// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

/** The type of a term; a term may be replaced by another of its sort. */
enum Sort {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    TIME,
    STRINGS,
    DOUBLES,
    STREAM,
    /** What {@code product()} is asked about: an id, or an id and a variant. */
    PRODUCT,
    DURATION
}

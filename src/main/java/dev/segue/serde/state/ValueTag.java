// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

/** The byte before a stored value that identifies its type. Stored states contain these numbers: never renumber. */
final class ValueTag {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int LONG = 3;
    static final int DOUBLE = 4;
    /** A double without a fraction. */
    static final int WHOLE = 5;

    static final int TEXT = 6;
    static final int INSTANT = 7;
    static final int DECIMAL = 8;
    static final int LIST = 9;
    static final int MAP = 10;
    static final int BUCKET = 11;
    /** A double with at most two decimals. */
    static final int HUNDREDTHS = 12;
    /** This and all higher numbers: a value that occurred before in its column or among orders, by its number there. */
    static final int KNOWN = 13;

    private ValueTag() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/** The way in which a row marks a missing value. May be a cell of a row, where it reads as an empty text. */
public enum Absence {
    /** No mark: there is a value, or no such member, or the empty cell of a format in which every cell is written. */
    UNSAID,
    /** JSON null. */
    NULL,
    /** An empty JSON text. */
    EMPTY;

    @Override
    public String toString() {
        return "";
    }
}

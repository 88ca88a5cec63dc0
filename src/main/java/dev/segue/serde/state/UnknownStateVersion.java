// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

/** A stored state in a format that this version of Segue does not read. The store is not damaged. */
public final class UnknownStateVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStateVersion(int found, int known) {
        super("customers were stored in format " + found + " by another version of Segue; this version reads format "
                + known);
    }
}

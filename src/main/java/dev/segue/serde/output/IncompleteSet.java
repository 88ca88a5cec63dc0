// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import java.util.SortedSet;

/** A published set names definitions that are not there. */
public final class IncompleteSet extends Exception {
    private static final long serialVersionUID = 1;

    IncompleteSet(long revision, SortedSet<String> missing) {
        super("revision " + revision + " was published without " + missing.size() + " of its definitions, such as "
                + missing.first() + ". Publish the definitions again with 'segue apply'.");
    }
}

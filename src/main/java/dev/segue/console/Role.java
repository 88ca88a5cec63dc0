// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.util.Locale;

/** What someone may do in the console. Each role may do what those before it may. */
public enum Role {
    /** Looks at everything. */
    VIEWER,
    /** Also changes definitions. */
    EDITOR,
    /** Also sends dead letters back and the like. */
    OPERATOR;

    /** The word in files and pages. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}

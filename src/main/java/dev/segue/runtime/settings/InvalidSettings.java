// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import java.util.List;

/** Contains every problem of the settings; each message says what is wrong, where, and how to mend it. */
public final class InvalidSettings extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

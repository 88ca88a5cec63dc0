// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.List;

/** Several settings are invalid. */
public final class InvalidValues extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems a message for each setting, most of which begin with its path, such as {@code topics.partitions} */
    InvalidValues(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/** The members of a JSON object that have a value, with the names of the null members kept separately. */
public final class JsonObject extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    private final HashSet<String> nulls = new HashSet<>();

    /** Notes a member that is null. */
    public void addNull(String name) {
        nulls.add(name);
    }

    public Set<String> nulls() {
        return nulls;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.Set;

/**
 * The definitions of a task that do not know their past yet.
 *
 * @param ids of definitions that are evaluated, or that are only kept because a replaced set had them; see {@link
 *     dev.segue.definition.DefinitionSource#id}
 * @param told names of those to which customers may already belong, by an earlier version
 */
record Unfilled(Set<String> ids, Set<String> told) {
    static final Unfilled NONE = new Unfilled(Set.of(), Set.of());

    Unfilled {
        ids = Set.copyOf(ids);
        told = Set.copyOf(told);
    }
}

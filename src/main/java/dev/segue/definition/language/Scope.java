// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Variable;
import dev.segue.event.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lambda variables that an expression can see, innermost last.
 *
 * @param allowsStreams whether streams can be read here: outside every lambda, inside lambdas over groups, whose variables
 *     are streams, and inside lambdas over values
 * @param hidden variables of values that the condition of a stream or of a group cannot see
 */
record Scope(List<Variable> variables, boolean allowsStreams, Set<String> hidden) {
    /** Outside every lambda. */
    static final Scope TOP = new Scope(List.of(), true, Set.of());

    boolean isTop() {
        return variables.isEmpty();
    }

    /** Returns whether the customer's streams can be read here. */
    boolean seesStreams() {
        return allowsStreams && variables.stream().allMatch(variable -> variable.type() instanceof FieldType.Scalar);
    }

    /** Returns the scope inside a lambda over elements. */
    Scope with(Variable variable) {
        return new Scope(append(variable), false, notSeenBy(variable));
    }

    /** Returns the scope inside a lambda over groups. */
    Scope withGroup(Variable variable) {
        return new Scope(append(variable), allowsStreams, notSeenBy(variable));
    }

    /** What is read of a stream is found without the values of lists around it. */
    private Set<String> notSeenBy(Variable variable) {
        Set<String> notSeen = new HashSet<>(hidden);
        if (seesStreams()) {
            variables.forEach(value -> notSeen.add(value.name()));
        }
        notSeen.remove(variable.name());
        return Set.copyOf(notSeen);
    }

    /** Returns the scope inside a lambda over values that do not come from a stream. */
    Scope withValue(Variable variable) {
        return new Scope(append(variable), allowsStreams, hidden);
    }

    private List<Variable> append(Variable variable) {
        List<Variable> inner = new ArrayList<>(variables);
        inner.add(variable);
        return List.copyOf(inner);
    }

    @Nullable
    Variable find(String name) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(name)) {
                return variables.get(i);
            }
        }
        return null;
    }
}

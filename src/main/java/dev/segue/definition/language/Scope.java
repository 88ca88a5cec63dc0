// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lambda variables that an expression can see, innermost last.
 *
 * @param allowsStreams whether streams can be read here: outside every lambda, or only inside lambdas over groups, whose
 *     variables are streams
 */
record Scope(List<Variable> variables, boolean allowsStreams) {
    /** Outside every lambda. */
    static final Scope TOP = new Scope(List.of(), true);

    boolean isTop() {
        return variables.isEmpty();
    }

    /** Returns the scope inside a lambda over elements. */
    Scope with(Variable variable) {
        return new Scope(append(variable), false);
    }

    /** Returns the scope inside a lambda over groups. */
    Scope withGroup(Variable variable) {
        return new Scope(append(variable), allowsStreams);
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

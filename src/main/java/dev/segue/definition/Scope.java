package dev.segue.definition;

import dev.segue.definition.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lambda variables that an expression can see, innermost last. */
record Scope(List<Variable> variables) {
    /** Outside every lambda: here streams can be asked. */
    static final Scope TOP = new Scope(List.of());

    boolean isTop() {
        return variables.isEmpty();
    }

    Scope with(Variable variable) {
        List<Variable> inner = new ArrayList<>(variables);
        inner.add(variable);
        return new Scope(List.copyOf(inner));
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

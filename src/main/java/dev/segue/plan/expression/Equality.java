// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Operators;
import dev.segue.plan.state.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code field == constant}, a necessary part of a condition. */
record Equality(FieldValue field, Object constant) {

    /** Returns the first equality on a field of the event that a condition requires; null if there is none. */
    static @Nullable Equality in(Node condition) {
        if (condition instanceof Junction junction && !junction.dominant()) {
            Equality left = in(junction.left());
            return left == null ? in(junction.right()) : left;
        }
        if (condition instanceof Applied applied && applied.function() == Functions.named(Operators.EQUALS)) {
            List<Node> sides = applied.arguments();
            Equality equality = of(sides.get(0), sides.get(1));
            return equality == null ? of(sides.get(1), sides.get(0)) : equality;
        }
        return null;
    }

    private static @Nullable Equality of(Node field, Node constant) {
        // Doubles compare by value (0.0 == -0.0), which a hash does not.
        boolean indexable = field instanceof FieldValue value
                && value.operand() instanceof Element
                && constant instanceof Node.Constant known
                && !(known.constant() instanceof Double);
        return indexable ? new Equality((FieldValue) field, ((Node.Constant) constant).constant()) : null;
    }
}

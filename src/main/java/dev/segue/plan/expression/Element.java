// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import java.util.Map;

/** The element to which a lambda is applied; depth 0 is the outermost lambda. */
record Element(int depth) implements Node {
    @Override
    public Object value(Frame frame) {
        return frame.element(depth);
    }

    /** The event type's name of an element of {@code activity}. */
    record TypeName(Node operand) implements Node {
        /** The field that contains the name. */
        static final String FIELD = "type";

        @Override
        public Object value(Frame frame) {
            Object element = operand.value(frame);
            return element instanceof Event event ? event.type().name() : ((Map<?, ?>) element).get(FIELD);
        }
    }
}

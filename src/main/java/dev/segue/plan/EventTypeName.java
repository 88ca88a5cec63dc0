package dev.segue.plan;

import dev.segue.event.Event;

/** The type's name of the element, an event of {@code activity}. */
record EventTypeName(Node operand) implements Node {
    @Override
    public Object value(Frame frame) {
        return ((Event) operand.value(frame)).type().name();
    }
}

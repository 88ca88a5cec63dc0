package dev.segue.plan;

import dev.segue.event.Event;
import java.time.Instant;

/** When the element, an event, happened. */
record EventTime(Node operand) implements Node {
    @Override
    public Object value(Frame frame) {
        return Instant.ofEpochMilli(((Event) operand.value(frame)).time());
    }
}

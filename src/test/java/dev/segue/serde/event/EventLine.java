// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.Event;

/** Writes events as the canonical JSON lines that {@link EventJson} reads. */
public final class EventLine {
    private EventLine() {}

    /** Returns one line, without a line end: type, customer, then the set fields in the schema's order. */
    public static String of(Event event) {
        return JsonLines.write(json -> {
            json.writeStartObject();
            json.writeStringField(EventBuilder.TYPE, event.type().name());
            json.writeStringField(EventBuilder.CUSTOMER_ID, event.customerId());
            JsonLines.writeFields(json, event.fields());
            json.writeEndObject();
        });
    }
}

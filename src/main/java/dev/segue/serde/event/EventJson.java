// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.util.Map;

/**
 * Reads events from canonical JSON lines: {@code type}, {@code customer_id} and the fields of the type. Money is read
 * exactly from a number or a string; times are ISO 8601. Safe for several threads.
 */
public final class EventJson {
    private static final ObjectReader OBJECTS = JsonLines.MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});

    private final EventBuilder builder;

    public EventJson(Vocabulary vocabulary) {
        this.builder = new EventBuilder(vocabulary);
    }

    /**
     * Reads one line.
     *
     * @throws BadRecord if the line is not a valid event; the message names the field and the value
     */
    public Event read(String line) throws BadRecord {
        if (line.length() > EventLimits.RECORD) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the line has " + line.length() + " characters; at most " + EventLimits.RECORD + " are allowed");
        }
        try {
            Map<String, Object> values = OBJECTS.readValue(line);
            if (values == null) {
                throw new BadRecord(Reason.MALFORMED, "the line is not a JSON object");
            }
            return builder.build(values);
        } catch (JsonProcessingException problem) {
            throw JsonLines.malformed(problem);
        }
    }
}

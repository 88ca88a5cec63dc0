// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message became.
 *
 * @param ignored why it became no event, if the mapping ignores such messages on purpose; else null
 * @param dropped the number of its properties that limits kept out of the events
 */
public record MappedMessage(List<Event> events, @Nullable String ignored, int dropped) {
    public MappedMessage {
        events = List.copyOf(events);
    }
}

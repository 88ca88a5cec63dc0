// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one customer, as far back as was read.
 *
 * @param events in the order of the log
 * @param since the time of the first record that was read, if there may be earlier ones; null if everything retained was read
 * @param trouble why not everything could be read; null if it could
 */
public record CustomerTrail(
        List<Event> events,
        List<Change> changes,
        List<TriggerDecision> decisions,
        @Nullable Instant since,
        @Nullable String trouble) {
    public static final CustomerTrail EMPTY = new CustomerTrail(List.of(), List.of(), List.of(), null, null);

    public CustomerTrail {
        events = List.copyOf(events);
        changes = List.copyOf(changes);
        decisions = List.copyOf(decisions);
    }

    public boolean isEmpty() {
        return events.isEmpty() && changes.isEmpty() && decisions.isEmpty();
    }
}

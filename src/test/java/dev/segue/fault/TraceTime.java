// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/** How far time may advance in a trace: never past an event that is not processed yet, or that event would be late. */
final class TraceTime {
    /** By partition and position: the earliest time of this event and all after it. */
    private final Map<Integer, List<Long>> earliest = new TreeMap<>();

    private final long last;

    /** @param places of the events, in the same order */
    TraceTime(List<Event> events, List<RecordMetadata> places) {
        long latest = Long.MIN_VALUE;
        for (int number = 0; number < events.size(); number++) {
            long time = events.get(number).time();
            earliest.computeIfAbsent(places.get(number).partition(), partition -> new ArrayList<>())
                    .add(time);
            latest = Math.max(latest, time);
        }
        last = latest;
        for (List<Long> times : earliest.values()) {
            for (int place = times.size() - 2; place >= 0; place--) {
                times.set(place, Math.min(times.get(place), times.get(place + 1)));
            }
        }
    }

    /** @param committed the number of processed events of each partition */
    Instant at(Map<Integer, Long> committed) {
        long time = last;
        for (Map.Entry<Integer, List<Long>> partition : earliest.entrySet()) {
            int next = Math.toIntExact(committed.getOrDefault(partition.getKey(), 0L));
            if (next < partition.getValue().size()) {
                time = Math.min(time, partition.getValue().get(next));
            }
        }
        return Instant.ofEpochMilli(time - 1);
    }

    /** The time of the last event. */
    Instant last() {
        return Instant.ofEpochMilli(last);
    }
}

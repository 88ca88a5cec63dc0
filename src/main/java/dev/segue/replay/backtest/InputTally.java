// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.Effects;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events of a backtest. */
final class InputTally {
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long read;
    private long inWindow;
    private long leftOut;
    private long duplicates;
    private long late;
    private long dropped;
    private long links;
    private long customers;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long engineNanos;

    /** @param time of the event, in milliseconds since the epoch */
    void event(long time, boolean isReported) {
        read++;
        inWindow += isReported ? 1 : 0;
        first = Math.min(first, time);
        last = Math.max(last, time);
    }

    void leftOut(long time) {
        leftOut++;
        first = Math.min(first, time);
    }

    void dropped() {
        dropped++;
    }

    /** The event names another id of its customer. */
    void link() {
        links++;
    }

    /** @param isBehind true if the event is older than the customer's time */
    void applied(Effects effects, boolean isBehind) {
        boolean twice = effects.outcome() == Effects.Outcome.DUPLICATE;
        duplicates += twice ? 1 : 0;
        late += isBehind && !twice ? 1 : 0;
        fail(effects);
    }

    void fail(Effects effects) {
        effects.failures().forEach(definition -> failures.merge(definition, 1L, Long::sum));
    }

    void refused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    void customers(long more) {
        customers += more;
    }

    void engine(long nanos) {
        engineNanos += nanos;
    }

    long last() {
        return last;
    }

    void add(InputTally other) {
        other.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        other.failures.forEach((definition, count) -> failures.merge(definition, count, Long::sum));
        read += other.read;
        inWindow += other.inWindow;
        leftOut += other.leftOut;
        duplicates += other.duplicates;
        late += other.late;
        dropped += other.dropped;
        links += other.links;
        customers += other.customers;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        engineNanos += other.engineNanos;
    }

    InputCounts counts() {
        return new InputCounts(
                read,
                inWindow,
                leftOut,
                duplicates,
                late,
                dropped,
                links,
                customers,
                Map.copyOf(refused),
                Map.copyOf(failures),
                first,
                last,
                engineNanos);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import dev.segue.event.Change;
import dev.segue.plan.Effects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Counts the customers of one instance and the members of each segment: the sum over the instance's tasks. Safe for
 * several threads.
 *
 * <p>A task counts while it scans its customers at the start, and updates the counts with every change. The counts are
 * not stored: they always match the states.
 */
public final class Audience {
    private final MeterRegistry registry;
    private final Supplier<WidthRule> rule;
    private final Consumer<SegmentWidth> warn;
    private final AtomicLong customers = new AtomicLong();
    private final LongAdder applied = new LongAdder();
    /** At its start, a task looks one up for each membership of each customer. */
    private final Map<String, Held> segments = new ConcurrentHashMap<>();

    /**
     * @param rule returns the rule for the definitions that are evaluated, which change
     * @param warn receives each segment that has become too narrow or too wide, once per kind
     */
    public Audience(MeterRegistry registry, Supplier<WidthRule> rule, Consumer<SegmentWidth> warn) {
        this.registry = registry;
        this.rule = rule;
        this.warn = warn;
        Gauge.builder("segue.customers", customers, AtomicLong::doubleValue)
                .description("Customers of this instance's partitions")
                .register(registry);
        rule.get().segments().forEach(this::held);
    }

    private Held held(String segment) {
        return segments.computeIfAbsent(segment, absent -> {
            Held held = new Held(applied.sum());
            Gauge.builder("segue.segment.members", held.members, AtomicLong::doubleValue)
                    .description("Customers of this instance's partitions who are in the segment")
                    .tag("segment", absent)
                    .register(registry);
            return held;
        });
    }

    /** Counts of one segment. */
    private static final class Held {
        private final AtomicLong members = new AtomicLong();
        private final AtomicBoolean narrowReported = new AtomicBoolean();
        private final AtomicBoolean wideReported = new AtomicBoolean();
        private final long appliedBefore;
        private volatile boolean entered;

        /** @param appliedBefore events that had been applied before the segment was known */
        private Held(long appliedBefore) {
            this.appliedBefore = appliedBefore;
        }

        private void noteEntered() {
            // Only the first write matters; repeating it would slow all threads down.
            if (!entered) {
                entered = true;
            }
        }

        private boolean isNews(SegmentWidth width) {
            return (width.isEmpty() ? narrowReported : wideReported).compareAndSet(false, true);
        }
    }

    /** Returns the share of one task, empty at first. */
    public Share share() {
        return new Share();
    }

    /** Reports segments that have become too narrow or too wide. Costs a few nanoseconds per segment. */
    public void look() {
        WidthRule now = rule.get();
        long all = customers.get();
        long events = applied.sum();
        for (String segment : now.segments()) {
            Held held = held(segment);
            // Right after a restart, a segment that fills and empties again may happen to be empty, and a new one is:
            // it gets
            // time for some events first.
            boolean early = events - held.appliedBefore < now.afterCustomers();
            now.judge(segment, all, held.members.get(), held.entered || early).ifPresent(width -> {
                if (held.isNews(width)) {
                    warn.accept(width);
                }
            });
        }
    }

    /** One task's count of the members of a segment. */
    private static final class Part {
        private final Held held;
        private long members;

        private Part(Held held) {
            this.held = held;
        }

        private void add(long more) {
            members += more;
            held.members.addAndGet(more);
        }

        private void count(Change.Kind kind) {
            switch (kind) {
                case ENTERED -> {
                    add(1);
                    held.noteEntered();
                }
                case EXITED -> add(-1);
                case UPDATED -> {}
            }
        }
    }

    /** The customers of one task. Not safe for several threads. */
    public final class Share {
        private final Map<String, Part> parts = new HashMap<>();
        private long known;

        private Share() {}

        private Part part(String segment) {
            Part known = parts.get(segment);
            if (known == null) {
                known = new Part(held(segment));
                parts.put(segment, known);
            }
            return known;
        }

        /** Counts a customer who is new to this task. */
        public void customer() {
            known++;
            customers.incrementAndGet();
        }

        /** Counts a customer whose state was deleted. */
        public void gone() {
            known--;
            customers.decrementAndGet();
        }

        /** Counts a membership of a known customer. */
        public void member(String segment) {
            part(segment).add(1);
        }

        public void count(Effects effects) {
            if (effects.outcome() == Effects.Outcome.APPLIED) {
                applied.increment();
            }
            for (Change change : effects.changes()) {
                part(change.segment()).count(change.kind());
            }
        }

        /** Removes the task's share from the sum: another instance may take it over. */
        public void close() {
            customers.addAndGet(-known);
            known = 0;
            parts.values().forEach(part -> part.add(-part.members));
        }
    }
}

package dev.segue.audience;

import dev.segue.event.Change;
import dev.segue.plan.Effects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * How many customers one instance has, and how many of them each segment holds: the sum over the instance's tasks. Safe
 * for several threads.
 *
 * <p>A task counts while it scans its customers at the start, and goes on with every change. Nothing of it is stored:
 * the numbers are always those of the states.
 */
public final class Audience {
    private final WidthRule rule;
    private final Consumer<SegmentWidth> tell;
    private final AtomicLong customers = new AtomicLong();
    private final LongAdder applied = new LongAdder();
    /** In order of their names. A task that begins looks one up for each membership of each customer. */
    private final Map<String, Held> segments = new LinkedHashMap<>();

    /** @param tell gets each segment that has become too narrow or too wide, once for either */
    public Audience(MeterRegistry registry, WidthRule rule, Consumer<SegmentWidth> tell) {
        this.rule = rule;
        this.tell = tell;
        Gauge.builder("segue.customers", customers, AtomicLong::doubleValue)
                .description("Customers of this instance's partitions")
                .register(registry);
        for (String segment : rule.segments()) {
            Held held = new Held();
            segments.put(segment, held);
            Gauge.builder("segue.segment.members", held.members, AtomicLong::doubleValue)
                    .description("Customers of this instance's partitions whom the segment holds")
                    .tag("segment", segment)
                    .register(registry);
        }
    }

    /** What is known of one segment. */
    private static final class Held {
        private final AtomicLong members = new AtomicLong();
        private final AtomicBoolean narrowTold = new AtomicBoolean();
        private final AtomicBoolean wideTold = new AtomicBoolean();
        private volatile boolean entered;

        private void noteEntered() {
            // To write it each time would cost all threads what only the first time is news.
            if (!entered) {
                entered = true;
            }
        }

        private boolean isNews(SegmentWidth width) {
            return (width.isNobody() ? narrowTold : wideTold).compareAndSet(false, true);
        }
    }

    /** A task's part, empty at first. */
    public Share share() {
        return new Share();
    }

    /** Tells of segments that have become too narrow or too wide. Costs a few nanoseconds a segment. */
    public void look() {
        long all = customers.get();
        // Right after a restart, a segment that fills and empties again may happen to be empty: it gets some events'
        // time.
        boolean early = applied.sum() < rule.afterCustomers();
        segments.forEach((segment, held) -> rule.judge(segment, all, held.members.get(), held.entered || early)
                .ifPresent(width -> {
                    if (held.isNews(width)) {
                        tell.accept(width);
                    }
                }));
    }

    /** One task's part of whom a segment holds. */
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

        private Share() {
            segments.forEach((segment, held) -> parts.put(segment, new Part(held)));
        }

        /** A customer of whom nothing was known to this task. */
        public void customer() {
            known++;
            customers.incrementAndGet();
        }

        /** A known customer of whom nothing is known any more. */
        public void gone() {
            known--;
            customers.decrementAndGet();
        }

        /** A known customer whom a segment holds. Segments of definitions that are gone count nowhere. */
        public void member(String segment) {
            Part part = parts.get(segment);
            if (part != null) {
                part.add(1);
            }
        }

        public void count(Effects effects) {
            if (effects.outcome() == Effects.Outcome.APPLIED) {
                applied.increment();
            }
            for (Change change : effects.changes()) {
                Part part = parts.get(change.segment());
                if (part != null) {
                    part.count(change.kind());
                }
            }
        }

        /** Takes the task's part out of the sum: another instance may have it from now on. */
        public void close() {
            customers.addAndGet(-known);
            known = 0;
            parts.values().forEach(part -> part.add(-part.members));
        }
    }
}

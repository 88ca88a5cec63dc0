// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of one contender over the whole workload, from the first event to the last answer. */
final class Drain {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** If no output arrives for this long, the run is complete. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private final Launch launch;
    private final Stage stage;
    private final Feed feed;
    private final Workload workload;
    private final Entry entry;
    private final Duration patience;

    Drain(Launch launch, Feed feed, Workload workload, Duration patience) {
        this.launch = launch;
        this.stage = launch.stage();
        this.feed = feed;
        this.workload = workload;
        this.entry = launch.entry();
        this.patience = patience;
    }

    /** @param expected null if answers are not compared */
    Measurement run(Workload.@Nullable Answer expected) throws Exception {
        // Only Segue reads the ticks.
        try (TickLog ticks = new TickLog(stage, launch.control())) {
            stage.create(launch.events());
            if (!entry.isSegue()) {
                stage.create(launch.changes());
            }
            ticks.write(feed.write(launch.events(), 0, workload.inAdvance()));
            if (workload.trouble().restart()) {
                try (Child killed = launch.start()) {
                    await(killed, Mark.start(), ticks, workload.shopEvents() - workload.events() / 2);
                }
            }
            Mark start = Mark.start();
            try (Child child = launch.start()) {
                return measure(child, start, ticks, expected);
            }
        } finally {
            launch.clear();
        }
    }

    private Measurement measure(Child child, Mark launched, TickLog ticks, Workload.@Nullable Answer expected)
            throws Exception {
        Mark start = await(child, launched, ticks, workload.before());
        Snapshot before = Snapshot.NOTHING;
        if (workload.inAdvance() < workload.shopEvents()) {
            awaitTicks(child, ticks);
            before = Snapshot.take(launch, child);
            start = Mark.of(child, workload.inAdvance(), System.nanoTime());
            ticks.hold(feed.write(launch.events(), workload.inAdvance(), workload.shopEvents()));
        }
        Mark end = await(child, start, ticks, workload.shopEvents());
        awaitTicks(child, ticks);
        Snapshot after = Snapshot.take(launch, child);
        ticks.write(List.of(feed.writeLast(launch.events())));
        await(child, end, ticks, workload.all());
        Answers answers = finish(child, ticks);
        // A contender that was killed has only just started, and its counts began anew.
        boolean isKnown = !workload.trouble().restart();
        return new Measurement(
                isKnown ? start.eventsPerSecondUntil(end) : -1,
                isKnown ? start.cpuMicrosUntil(end) : -1,
                isKnown ? start.workMicrosUntil(end) : -1,
                child.peakBytes(),
                changelogPerEvent(before),
                isKnown ? WorkPerEvent.between(launch, before, after, workload.events()) : WorkPerEvent.UNKNOWN,
                expected == null || !entry.isSegue() ? null : expected.states(),
                answers.size(),
                expected == null ? "" : wrong(expected.changes(), answers));
    }

    private double changelogPerEvent(Snapshot before) throws Exception {
        long bytes = stage.bytes(launch.name(), "-changelog");
        return bytes < 0 ? -1 : (double) (bytes - before.changelogBytes()) / workload.events();
    }

    /** A late event changes answers when it arrives, and contenders assign different instants to these changes. */
    private String wrong(Answers expected, Answers answers) {
        return workload.trouble().late()
                ? expected.wrongInTheEndIn(answers)
                : expected.wrongIn(answers, entry.exactlyOnce());
    }

    /**
     * Waits until so many events are committed.
     *
     * @param from an earlier mark
     * @return the last commit of no more events: one commit may cover many of those that follow
     */
    private Mark await(Child child, Mark from, TickLog ticks, long events) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        Mark latest = from;
        while (true) {
            Map<Integer, Long> processed = stage.committedByPartition(launch.name(), launch.events());
            long now = System.nanoTime();
            ticks.follow(processed);
            long done = Stage.sum(processed);
            if (done > latest.events() && done <= events) {
                latest = Mark.of(child, done, now);
            }
            if (done >= events) {
                return latest;
            }
            child.requireAlive();
            stage.requireAlive();
            if (now > until) {
                throw new IllegalStateException(
                        entry.name() + " was at " + done + " events after " + patience + "; it said: " + child.said());
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private void awaitTicks(Child child, TickLog ticks) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (isBehind(ticks)) {
            child.requireAlive();
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        entry.name() + " has not processed its ticks after " + patience + "; it said: " + child.said());
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Changes after the last event are not part of the rate, but of the answers. */
    private Answers finish(Child child, TickLog ticks) throws Exception {
        Answers answers = new Answers();
        if (entry.definitions() == null) {
            return answers;
        }
        try (Told told = new Told(stage, launch.changes(), entry.isSegue())) {
            long until = System.nanoTime() + patience.toNanos();
            long latest = System.nanoTime();
            while (System.nanoTime() < until && (System.nanoTime() - latest < QUIET.toNanos() || isBehind(ticks))) {
                child.requireAlive();
                if (told.readOn(arrival -> answers.add(arrival.change()))) {
                    latest = System.nanoTime();
                }
            }
            return answers;
        }
    }

    private boolean isBehind(TickLog ticks) throws Exception {
        return entry.isSegue() && stage.committed(launch.name(), launch.control()) < ticks.written();
    }
}

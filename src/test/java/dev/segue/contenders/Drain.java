// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of one contender over the whole topic, from the first event to the last answer. */
final class Drain {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** If no output arrives for this long, the run is complete. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final double LEAST_MEASURED = 2 / 3.0;

    private final Launch launch;
    private final Stage stage;
    private final Feed feed;
    private @Nullable TickLog ticks;
    private final Workload workload;
    private final Entry entry;
    private final Duration patience;

    /** @param feed of the topic that the launch reads */
    Drain(Launch launch, Feed feed, Workload workload, Duration patience) {
        this.launch = launch;
        this.feed = feed;
        this.stage = launch.stage();
        this.workload = workload;
        this.entry = launch.entry();
        this.patience = patience;
    }

    /** @param expected null if answers are not compared */
    Measurement run(Workload.@Nullable Answer expected) throws Exception {
        try (TickLog log = entry.isSegue() ? new TickLog(stage, launch.control()) : null) {
            ticks = log;
            if (log != null) {
                log.write(feed.ticks());
            } else {
                stage.create(launch.changes());
            }
            if (workload.trouble().restart()) {
                killHalfway();
            }
            try (Child child = launch.start()) {
                return measure(child, expected);
            }
        } finally {
            launch.clear();
        }
    }

    private void killHalfway() throws Exception {
        try (Child killed = launch.start()) {
            awaitHistory(killed);
            feed.publishMeasured(ticks);
            await(killed, workload.shopEvents() - workload.events() / 2);
        }
    }

    private Measurement measure(Child child, Workload.@Nullable Answer expected) throws Exception {
        awaitHistory(child);
        Snapshot before = snapshot(child);
        feed.publishMeasured(ticks);
        Mark start = await(child, workload.before());
        Mark counted = await(child, workload.counted());
        Snapshot after = snapshot(child);
        Mark end = workload.hasHistory() ? counted : await(child, workload.shopEvents());
        feed.publishLast(ticks);
        await(child, workload.all());
        Answers answers = finish(child);
        long peak = child.peakBytes();
        long changelog = stage.bytes(launch.name(), "-changelog");
        double events = end.events() - start.events();
        int measured = workload.shopEvents() - workload.before();
        // If one commit covered most events, too few are left to compute a rate; and a killed contender has only just
        // started.
        boolean isKnown = !workload.trouble().restart() && events >= measured * LEAST_MEASURED;
        return new Measurement(
                isKnown ? events / (end.nanos() - start.nanos()) * 1e9 : -1,
                isKnown ? micros(start.cpu(), end.cpu()) / events : -1,
                isKnown ? (micros(start.cpu(), end.cpu()) - micros(start.compiling(), end.compiling())) / events : -1,
                peak,
                changelog < 0 ? -1 : changelogPerEvent(changelog, before, after),
                isKnown && before != null && after != null ? work(before, after) : WorkPerEvent.UNKNOWN,
                entry.isSegue() && expected != null
                        ? StoredStates.read(
                                stage, launch.name(), expected.states().customers())
                        : null,
                answers.size(),
                expected == null ? "" : wrong(expected.changes(), answers));
    }

    /** Null if the contender has only just been restarted: its counts began anew. */
    private @Nullable Snapshot snapshot(Child child) throws Exception {
        return workload.trouble().restart() ? null : Snapshot.take(launch, child);
    }

    private double changelogPerEvent(long bytes, @Nullable Snapshot before, @Nullable Snapshot after) {
        if (!workload.hasHistory()) {
            return (double) bytes / workload.events();
        }
        return before == null || after == null
                ? -1
                : (double) (after.changelogBytes() - before.changelogBytes()) / workload.events();
    }

    private WorkPerEvent work(Snapshot before, Snapshot after) {
        WorkDone done = before.work() == null || after.work() == null
                ? null
                : after.work().minus(before.work());
        return WorkPerEvent.of(
                done, RecordsOut.between(stage, before.outputs(), after.outputs()), after.events() - before.events());
    }

    /** A late event changes answers when it arrives, and contenders assign different instants to these changes. */
    private String wrong(Answers expected, Answers answers) {
        return workload.trouble().late()
                ? expected.wrongInTheEndIn(answers)
                : expected.wrongIn(answers, entry.exactlyOnce());
    }

    private static double micros(Duration from, Duration to) {
        return to.minus(from).toNanos() / 1e3;
    }

    private record Mark(long events, long nanos, Duration cpu, Duration compiling) {}

    /** Waits until the history is processed, with its ticks; without a history, until the contender is half through. */
    private void awaitHistory(Child child) throws Exception {
        await(child, workload.before());
        while (workload.hasHistory() && isBehind()) {
            child.requireAlive();
            Thread.sleep(LOOK.toMillis());
        }
    }

    private Mark await(Child child, long events) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<Integer, Long> processed = stage.committedByPartition(launch.name(), launch.events());
            long now = System.nanoTime();
            if (ticks != null) {
                ticks.follow(processed);
            }
            long done = processed.values().stream().mapToLong(Long::longValue).sum();
            if (done >= events) {
                return new Mark(done, now, child.cpu(), child.compiling());
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

    /** Changes after the last event are not part of the rate, but of the answers. */
    private Answers finish(Child child) throws Exception {
        Answers answers = new Answers();
        if (entry.definitions() == null) {
            return answers;
        }
        try (Told told = new Told(stage, launch.changes(), entry.isSegue())) {
            long until = System.nanoTime() + patience.toNanos();
            long latest = System.nanoTime();
            while (System.nanoTime() < until && (System.nanoTime() - latest < QUIET.toNanos() || isBehind())) {
                child.requireAlive();
                if (told.readOn(arrival -> answers.add(arrival.change()))) {
                    latest = System.nanoTime();
                }
            }
            return answers;
        }
    }

    private boolean isBehind() throws Exception {
        return ticks != null && stage.committed(launch.name(), launch.control()) < ticks.size();
    }
}

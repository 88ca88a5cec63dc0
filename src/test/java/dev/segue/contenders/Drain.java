// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One run of one contender over the whole topic, from the first event to the last answer. */
final class Drain {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** If no output arrives for this long, the run is complete. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private final Launch launch;
    private final Stage stage;
    private final Workload workload;
    private final Entry entry;
    private final Duration patience;

    Drain(Launch launch, Workload workload, Duration patience) {
        this.launch = launch;
        this.stage = launch.stage();
        this.workload = workload;
        this.entry = launch.entry();
        this.patience = patience;
    }

    /** @param expected null if answers are not compared */
    Measurement run(@Nullable Answers expected) throws Exception {
        if (entry.isSegue()) {
            stage.publishTicks(launch.control());
        } else {
            stage.create(launch.changes());
        }
        if (workload.trouble().restart()) {
            try (Child killed = launch.start()) {
                await(killed, workload.events() / 2);
            }
        }
        try (Child child = launch.start()) {
            return measure(child, expected);
        } finally {
            launch.clear();
        }
    }

    private Measurement measure(Child child, @Nullable Answers expected) throws Exception {
        // Until then the JVM compiles: half of the processor time in the first minute, which a service pays once.
        Mark start = await(child, workload.events() / 2);
        Mark end = await(child, workload.events());
        await(child, workload.all());
        Answers answers = finish(child);
        long peak = child.peakBytes();
        long changelog = stage.bytes(launch.name(), "-changelog");
        double events = end.events() - start.events();
        // If one commit covered most events, too few are left to compute a rate; and a killed contender has only just
        // started.
        boolean isKnown = !workload.trouble().restart() && events >= workload.events() / 3.0;
        return new Measurement(
                isKnown ? events / (end.nanos() - start.nanos()) * 1e9 : -1,
                isKnown ? micros(start.cpu(), end.cpu()) / events : -1,
                isKnown ? (micros(start.cpu(), end.cpu()) - micros(start.compiling(), end.compiling())) / events : -1,
                peak,
                changelog < 0 ? -1 : (double) changelog / workload.events(),
                answers.size(),
                expected == null ? "" : wrong(expected, answers));
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

    private Mark await(Child child, long events) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            long done = stage.committed(launch.name(), launch.events());
            long now = System.nanoTime();
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
        return entry.isSegue() && stage.committed(launch.name(), launch.control()) < stage.ticks();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 3: an instance is frozen for longer than allowed, another takes over its work, and it resumes. */
class FrozenProcessorIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_133);
    private static final int EVENTS = 12_000;
    private static final Duration LONGEST_BETWEEN_POLLS = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    @Test
    @Tag("faults")
    void resumedInstanceIsFencedAndWritesNoOldWork() throws Exception {
        System.out.println("frozen processor: seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            stage.processing("standby_replicas", 1);
            stage.kafka("main.consumer.max.poll.interval.ms", LONGEST_BETWEEN_POLLS.toMillis());
            stage.kafka("main.consumer.max.poll.records", 20);
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 600);
            try (ChildJvm sleeper = stage.startProcessor("a");
                    ChildJvm other = stage.startProcessor("b")) {
                stage.awaitShared();
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(other, 1_000);
                Set<Integer> partitions = stage.progress().partitionsOf("a");
                sleeper.freeze();
                long start = System.nanoTime();
                Map<Integer, Long> done = stage.progress().committed();
                FaultStage.await("the other has taken over", () -> {
                    other.requireAlive();
                    return GroupProgress.ahead(stage.progress().committed(), done, partitions);
                });
                long takenOver = System.nanoTime() - start;
                // The fault itself: it must be frozen for longer than allowed.
                Thread.sleep(Math.max(0, LONGEST_BETWEEN_POLLS.toMillis() + 500 - takenOver / 1_000_000));
                stage.requireNotFinished("when the frozen one awakes");
                String saidBefore = sleeper.said();
                sleeper.thaw();
                long awake = System.nanoTime();
                FaultStage.await(
                        "the awakened one works again or has ended",
                        () -> !sleeper.isAlive()
                                || (sleeper.said().length() > saidBefore.length()
                                        && !stage.progress().partitionsOf("a").isEmpty()));
                String said = sleeper.said().substring(saidBefore.length()).strip();
                System.out.println("frozen processor: taken over after " + takenOver / 1_000_000 + " ms; "
                        + (sleeper.isAlive() ? "has partitions again " : "ended ")
                        + (System.nanoTime() - awake) / 1_000_000 + " ms after it awoke, and said first: "
                        + said.lines().findFirst().orElse("nothing"));
                assertThat(said).as("it notices").isNotEmpty();
                Checker.Report report = sleeper.isAlive() ? stage.finish(other, sleeper) : stage.finish(other);
                assertThat(report.changes()).isPositive();
                System.out.println("frozen processor: " + report);
            }
        }
    }
}

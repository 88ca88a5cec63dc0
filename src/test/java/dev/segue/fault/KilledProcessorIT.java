// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 1: the processor is killed in the middle of its transactions. */
class KilledProcessorIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_125);

    @TempDir
    Path directory;

    @Test
    void losesAndRepeatsNothingAfterThreeKills() throws Exception {
        kill(3, 4_000, 200);
    }

    @Test
    @Tag("faults")
    void losesAndRepeatsNothingAfterFortyKills() throws Exception {
        kill(40, 20_000, 600);
    }

    /** Statistics count each change once, also what was counted when the processor was killed. */
    private static void requireCounted(FaultStage stage, ChildJvm processor) throws Exception {
        // What the drain has found since the last tick is sent with the next one.
        long last = stage.sent().stream()
                .mapToLong(Sent::timestamp)
                .filter(time -> time < 4e12)
                .max()
                .orElseThrow();
        processor.write(Instant.ofEpochMilli(last)
                .plus(Duration.ofDays(365))
                .plusSeconds(11)
                .toString());
        CountedChanges counted = new CountedChanges(stage.settings());
        FaultStage.await("statistics equal the changes", () -> {
            processor.requireAlive();
            return counted.ofStatistics().equals(counted.oneByOne());
        });
    }

    private void kill(int times, int events, int customers) throws Exception {
        System.out.println("killed processor: seed " + SEED);
        Random random = new Random(SEED);
        List<Long> recoveries = new ArrayList<>();
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), customers);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.configure(stage.settings().topics().names().statisticsParts(), "retention.ms", "-1");
                stage.publish(stage.records(shop.events(events)));
                for (int kill = 1; kill <= times; kill++) {
                    stage.awaitCommitted(processor, (long) events * kill / (times + 2));
                    // At a random point between two commits.
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    stage.requireNotFinished("at kill " + kill + " of seed " + SEED);
                    long done = stage.committed();
                    long start = System.nanoTime();
                    processor = stage.startProcessor();
                    stage.awaitCommitted(processor, done + 1);
                    recoveries.add((System.nanoTime() - start) / 1_000_000);
                }
                Checker.Report report = stage.finish(processor);
                assertThat(report.changes()).isPositive();
                requireCounted(stage, processor);
                Collections.sort(recoveries);
                System.out.println("killed processor: " + times + " kills, " + report + "; recovery in ms: median "
                        + recoveries.get(times / 2) + ", longest " + recoveries.get(times - 1));
            } finally {
                processor.close();
            }
        }
    }
}

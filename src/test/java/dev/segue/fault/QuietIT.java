// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 27: deadlines pass without any events, and the processor is down during some of them. */
class QuietIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_129);
    private static final int EVENTS = 800;

    @TempDir
    Path directory;

    private FaultStage stage;

    @Test
    void firesDeadlinesOnceWithoutEvents() throws Exception {
        System.out.println("quiet: seed " + SEED);
        try (FaultStage opened = new FaultStage(directory)) {
            stage = opened;
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 40);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(processor, EVENTS);
                Instant last = Instant.ofEpochMilli(shop.now());

                Instant hourLater = dueBy(last.plus(Duration.ofMinutes(61)));
                awaitTold(processor, hourLater);

                Instant weekLater = dueBy(last.plus(Duration.ofDays(8)));
                processor.terminate();
                processor = stage.startProcessor();
                awaitTold(processor, weekLater);

                Instant monthsLater = dueBy(last.plus(Duration.ofDays(100)));
                processor.write(monthsLater.toString());
                processor.kill();
                processor = stage.startProcessor();
                awaitTold(processor, monthsLater);

                System.out.println("quiet: " + stage.finish(processor));
            } finally {
                processor.close();
            }
        }
    }

    /** A period without due deadlines would prove nothing. */
    private Instant dueBy(Instant instant) throws Exception {
        assertThat(new Checker(stage, instant).allTold())
                .as("all is told before " + instant)
                .isFalse();
        return instant;
    }

    private void awaitTold(ChildJvm processor, Instant instant) throws Exception {
        processor.write(instant.toString());
        Checker checker = new Checker(stage, instant);
        FaultStage.await("all is told by " + instant, () -> {
            processor.requireAlive();
            return checker.allTold();
        });
    }
}

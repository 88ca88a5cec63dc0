// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault 4: the broker is killed in the middle of a run, and restarted later. */
class BrokerAwayIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_126);
    private static final int EVENTS = 4_000;

    @TempDir
    Path directory;

    @Test
    void losesNothingAfterShortBrokerOutage() throws Exception {
        killBroker(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    @Tag("faults")
    void losesNothingAfterLongBrokerOutage(int secondsAway) throws Exception {
        killBroker(Duration.ofSeconds(secondsAway));
    }

    private void killBroker(Duration away) throws Exception {
        System.out.println("broker away for " + away + ": seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            try (ChildJvm processor = stage.startProcessor()) {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(processor, EVENTS / 4);
                stage.requireNotFinished("when the broker is killed");
                stage.killBroker();
                ProcessorHealth health = new ProcessorHealth(processor);
                long killed = System.nanoTime();
                if (!away.isZero()) {
                    FaultStage.await("it is not ready", () -> !health.isReady());
                }
                // The outage itself: only time can end it.
                Thread.sleep(Math.max(0, away.toMillis() - (System.nanoTime() - killed) / 1_000_000));
                assertThat(health.isLive()).as("live while the broker is away").isTrue();
                long start = System.nanoTime();
                stage.startBroker();
                long up = System.nanoTime();
                long done = stage.committed();
                assertThat(done)
                        .as("the run is not finished when the broker is back")
                        .isLessThan(EVENTS);
                stage.awaitCommitted(processor, done + 1);
                long goesOn = System.nanoTime();
                FaultStage.await("it is ready again", health::isReady);
                Checker.Report report = stage.finish(processor);
                assertThat(report.changes()).isPositive();
                System.out.println("broker away for " + away + ": " + report + "; broker up after "
                        + (up - start) / 1_000_000 + " ms, processor goes on " + (goesOn - up) / 1_000_000
                        + " ms later");
            }
        }
    }
}

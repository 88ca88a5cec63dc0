// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 7: six times in a minute or more, a second instance joins, works for five seconds, and leaves for five. */
class JoinAndLeaveIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_134);
    private static final long STAY_MS = 5_000;
    private static final int VISITS = 6;
    private static final int PER_STEP = 60;

    @TempDir
    Path directory;

    private FaultStage stage;
    private @Nullable ChildJvm guest;
    private long guestSince;
    private long guestGone;
    private int joins;

    @Test
    @Tag("faults")
    void commitsWithinTenSecondsWhileInstanceJoinsAndLeaves() throws Exception {
        System.out.println("join and leave: seed " + SEED);
        try (FaultStage opened = new FaultStage(directory)) {
            stage = opened;
            stage.processing("standby_replicas", 1);
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 600);
            try (ChildJvm host = stage.startProcessor("a")) {
                stage.awaitCommitted(host, 0);
                long start = millis();
                long progressAt = start;
                long longest = 0;
                long committed = 0;
                guestGone = start - STAY_MS;
                while (joins < VISITS || guest != null) {
                    stage.publish(stage.records(shop.events(PER_STEP)));
                    comeOrGo();
                    long now = stage.committed();
                    if (now > committed) {
                        committed = now;
                        progressAt = millis();
                    }
                    longest = Math.max(longest, millis() - progressAt);
                    host.requireAlive();
                    Thread.sleep(200);
                }
                System.out.println("join and leave: " + joins + " joins in " + (millis() - start)
                        + " ms, longest stretch without a commit " + longest + " ms");
                assertThat(longest).as("progress in every ten seconds").isLessThan(10_000);
                Checker.Report report = stage.finish(host);
                assertThat(report.changes()).isPositive();
                System.out.println("join and leave: " + report);
            } finally {
                if (guest != null) {
                    guest.close();
                }
            }
        }
    }

    private void comeOrGo() throws Exception {
        if (guest == null) {
            if (millis() - guestGone >= STAY_MS) {
                guest = stage.startProcessor("b");
                guestSince = 0;
            }
        } else if (guestSince == 0) {
            if (!stage.progress().partitionsOf("b").isEmpty()) {
                guestSince = millis();
                joins++;
            }
        } else if (millis() - guestSince >= STAY_MS) {
            guest.askToStop();
            if (!guest.isAlive()) {
                guest = null;
                guestGone = millis();
            }
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}

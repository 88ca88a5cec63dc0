// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 6: the network between processor and broker is slow, accepts everything without forwarding it, or is cut. */
class NetworkIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_135);
    private static final int EVENTS = 6_000;

    /** Seven clients, each with at most twenty attempts per second at first, later fewer. */
    private static final int MOST_CONNECTIONS_A_SECOND = 140;

    @TempDir
    Path directory;

    /** A way in which the network fails. */
    private interface Trouble {
        void begin();
    }

    @Test
    @Tag("faults")
    void losesNothingWhileNetworkIsBad() throws Exception {
        System.out.println("network: seed " + SEED);
        try (TcpProxy proxy = new TcpProxy(FaultStage.freePort());
                FaultStage stage = FaultStage.behind(proxy, directory)) {
            stage.kafka("main.consumer.max.poll.records", 20);
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 300);
            try (ChildJvm processor = stage.startProcessor()) {
                stage.awaitCommitted(processor, 0);
                stage.publish(stage.records(shop.events(EVENTS)));
                stage.awaitCommitted(processor, EVENTS / 10);
                endure(stage, proxy, processor, "slow by 200 ms", Duration.ofSeconds(10), () -> proxy.open(200));
                endure(stage, proxy, processor, "cut", Duration.ofSeconds(5), proxy::cut);
                endure(stage, proxy, processor, "half-open", Duration.ofSeconds(20), proxy::goDumb);
                Checker.Report report = stage.finish(processor);
                assertThat(report.changes()).isPositive();
                System.out.println("network: " + report);
            }
        }
    }

    private static void endure(
            FaultStage stage, TcpProxy proxy, ChildJvm processor, String what, Duration time, Trouble trouble)
            throws Exception {
        stage.requireNotFinished("before the network is " + what);
        ProcessorHealth health = new ProcessorHealth(processor);
        int connections = proxy.connections();
        trouble.begin();
        // The fault itself: only time can end it.
        Thread.sleep(time.toMillis());
        int tried = proxy.connections() - connections;
        boolean ready = health.isReady();
        assertThat(health.isLive()).as("live while the network is " + what).isTrue();
        proxy.open(0);
        long start = System.nanoTime();
        long done = stage.committed();
        assertThat(done).as("not finished after the network was " + what).isLessThan(EVENTS);
        stage.awaitCommitted(processor, done + 1);
        System.out.println(
                "network: " + what + " for " + time + ": " + (ready ? "ready" : "not ready") + " at its end, " + tried
                        + " connections tried, goes on " + (System.nanoTime() - start) / 1_000_000 + " ms later");
        assertThat(tried).as("connections tried").isLessThan((int) time.toSeconds() * MOST_CONNECTIONS_A_SECOND);
    }
}

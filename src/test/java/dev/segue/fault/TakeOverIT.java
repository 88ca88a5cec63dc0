// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 2: two instances share the work, each with a standby of the other's state, and are killed. */
class TakeOverIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_130);

    /** No session expires so soon; by then, the broker has processed the dead instance's last requests. */
    private static final long SETTLED_MS = 500;

    @TempDir
    Path directory;

    private FaultStage stage;
    private RandomShop shop;

    @Test
    void survivorTakesOverPartitionsOfKilledInstance() throws Exception {
        System.out.println("take-over: seed " + SEED);
        try (FaultStage opened = new FaultStage(directory)) {
            stage = opened;
            prepare();
            try (ChildJvm a = stage.startProcessor("a");
                    ChildJvm b = stage.startProcessor("b")) {
                publishOnceShared(5_000);
                stage.awaitCommitted(b, 1_000);
                killAndAwaitTakeOver(a, "a", b);
                finish(b);
            }
        }
    }

    @Test
    @Tag("faults")
    void oneInstanceContinuesAfterBothWereKilled() throws Exception {
        System.out.println("take-over of both: seed " + SEED);
        try (FaultStage opened = new FaultStage(directory)) {
            stage = opened;
            prepare();
            ChildJvm a = stage.startProcessor("a");
            ChildJvm b = stage.startProcessor("b");
            try {
                publishOnceShared(8_000);
                stage.awaitCommitted(b, 1_000);
                killAndAwaitTakeOver(a, "a", b);
                a = stage.startProcessor("a");
                stage.awaitShared();

                // So that work is left when both are dead, however fast the machine.
                publish(6_000);
                a.kill();
                long start = System.nanoTime();
                b.kill();
                b = stage.startProcessor("b");
                awaitGoesOn(Set.of(0, 1, 2, 3), start, b, "both killed, one back with its state");

                publish(6_000);
                start = System.nanoTime();
                b.kill();
                Directories.delete(stage.state("a"));
                Directories.delete(stage.state("b"));
                a = stage.startProcessor("a");
                awaitGoesOn(Set.of(0, 1, 2, 3), start, a, "both killed, one back without its state");
                finish(a);
            } finally {
                a.close();
                b.close();
            }
        }
    }

    private void prepare() {
        stage.processing("standby_replicas", 1);
        // On a busy machine the work may be shared unevenly at first; Kafka Streams tries again after ten minutes by
        // default.
        stage.kafka("probing.rebalance.interval.ms", 60_000);
    }

    private void publishOnceShared(int events) throws Exception {
        stage.awaitShared();
        shop = new RandomShop(SEED, stage.schemas().vocabulary(), 300);
        publish(events);
    }

    private void publish(int events) throws Exception {
        stage.publish(stage.records(shop.events(events)));
    }

    private void killAndAwaitTakeOver(ChildJvm victim, String name, ChildJvm survivor) throws Exception {
        Set<Integer> partitions = stage.progress().partitionsOf(name);
        assertThat(partitions).isNotEmpty();
        long start = System.nanoTime();
        victim.kill();
        awaitGoesOn(partitions, start, survivor, "one killed, the other takes over");
    }

    private void awaitGoesOn(Set<Integer> partitions, long start, ChildJvm survivor, String what) throws Exception {
        Thread.sleep(SETTLED_MS);
        GroupProgress progress = stage.progress();
        String changes = stage.settings().topics().names().changes();
        Map<Integer, Long> done = progress.committed();
        Map<Integer, Long> visible = progress.visible(changes, partitions);
        assertThat(GroupProgress.ahead(progress.records(partitions), done, partitions))
                .as("none of the dead's partitions is finished")
                .isTrue();
        long committed =
                millisUntil(start, survivor, () -> GroupProgress.ahead(progress.committed(), done, partitions));
        long told = millisUntil(
                start, survivor, () -> GroupProgress.ahead(progress.visible(changes, partitions), visible, partitions));
        System.out.println("take-over: " + what + ": every partition has a commit after " + committed
                + " ms and a change that a read_committed reader sees after " + told + " ms");
    }

    private static long millisUntil(long start, ChildJvm survivor, Callable<Boolean> condition) throws Exception {
        FaultStage.await("the survivor goes on", () -> {
            survivor.requireAlive();
            return condition.call();
        });
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void finish(ChildJvm survivor) throws Exception {
        Checker.Report report = stage.finish(survivor);
        assertThat(report.changes()).isPositive();
        System.out.println("take-over: " + report);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 8: the disk of the state directory fills up under traffic. Skipped where mounting is not permitted. */
class FullDiskIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_136);
    private static final int EVENTS = 8_000;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final int RESERVE = 32;
    private static final Duration PAUSED = Duration.ofSeconds(25);

    @TempDir
    Path directory;

    @Test
    @Tag("faults")
    void pausesBelowReserveAndResumesWithSpace() throws Exception {
        System.out.println("little room: seed " + SEED);
        onADiskOfItsOwn(RESERVE, FullDiskIT::takeRoomUnderTraffic);
    }

    @Test
    @Tag("faults")
    void recoversFromFullDiskAfterRestartWithSpace() throws Exception {
        System.out.println("full disk: seed " + SEED);
        onADiskOfItsOwn(0, FullDiskIT::fillDiskUnderTraffic);
    }

    private interface Story {
        void run(FaultStage stage, Path disk) throws Exception;
    }

    private void onADiskOfItsOwn(int reserve, Story story) throws Exception {
        try (FaultStage stage = new FaultStage(directory)) {
            // Every change of state goes to RocksDB at once, and soon from there to the disk.
            stage.processing("write_cache_mib", 0);
            stage.processing("store_memory_mib", 8);
            stage.processing("disk_reserve_mib", reserve);
            Path disk = Files.createDirectories(stage.state("a"));
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=96m", "segue-test", disk.toString()) == 0,
                    "skipped: a disk of its own can be mounted only by root");
            try {
                story.run(stage, disk);
            } finally {
                assertThat(run("umount", disk.toString())).as("unmounted").isZero();
            }
        }
    }

    private static void takeRoomUnderTraffic(FaultStage stage, Path disk) throws Exception {
        RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 400);
        Path ballast = disk.resolve("ballast");
        try (ChildJvm processor = stage.startProcessor()) {
            stage.awaitCommitted(processor, 0);
            ProcessorHealth health = new ProcessorHealth(processor);
            stage.publish(stage.records(shop.events(EVENTS)));
            stage.awaitCommitted(processor, EVENTS / 10);
            FaultStage.await("it is ready", health::isReady);
            long room = Files.getFileStore(disk).getUsableSpace();
            assertThat(room).isGreaterThan(RESERVE * MEBIBYTE);
            Files.write(ballast, new byte[Math.toIntExact(room - RESERVE * MEBIBYTE / 2)]);
            stage.requireNotFinished("when there is little room");
            FaultStage.await("it is not ready", () -> !health.isReady());
            awaitStandstill(stage, processor, Duration.ofSeconds(3));
            stage.requireNotFinished("when it is paused");
            long done = stage.committed();
            assertThat(processor.said()).contains("is paused: only");
            Thread.sleep(3_000);
            assertThat(stage.committed()).as("does nothing meanwhile").isEqualTo(done);
            Files.delete(ballast);
            long start = System.nanoTime();
            FaultStage.await("it resumes by itself", () -> stage.committed() > done);
            System.out.printf(
                    "little room: paused after %d records, went on after %.1f s%n",
                    done, (System.nanoTime() - start) / 1e9);
            finish(stage, processor);
        }
    }

    private static void fillDiskUnderTraffic(FaultStage stage, Path disk) throws Exception {
        RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 400);
        Path ballast = disk.resolve("ballast");
        try (ChildJvm processor = stage.startProcessor()) {
            stage.awaitCommitted(processor, 0);
            stage.publish(stage.records(shop.events(EVENTS)));
            stage.awaitCommitted(processor, EVENTS / 10);
            fill(ballast);
            stage.requireNotFinished("when the disk is full");
            awaitStandstill(stage, processor, PAUSED);
            stage.requireNotFinished("when it stands still");
            long done = stage.committed();
            if (processor.isAlive()) {
                // RocksDB blocks writers, sometimes for ever, although time goes on.
                System.out.println("full disk: stands still after " + done + " records: " + processor.said());
                processor.write(Instant.ofEpochMilli(shop.now()).toString());
                ProcessorHealth health = new ProcessorHealth(processor);
                FaultStage.await("it is not ready", () -> !health.isReady());
                assertThat(stage.committed()).isEqualTo(done);
            } else {
                assertThat(processor.said())
                        .contains("processing.state_directory '" + disk + "'")
                        .contains("Free some space on that disk and start again.");
                System.out.println("full disk: stopped after " + done + " records: "
                        + processor.said().strip().lines().reduce((a, b) -> b).orElseThrow());
            }
        }
        Files.delete(ballast);
        try (ChildJvm processor = stage.startProcessor()) {
            stage.awaitCommitted(processor, (stage.committed() + EVENTS) / 2);
            finish(stage, processor);
        }
    }

    /** Waits until the processor has ended, or has made no progress for a while. */
    private static void awaitStandstill(FaultStage stage, ChildJvm processor, Duration still) throws Exception {
        long committed = -1;
        long since = System.nanoTime();
        while (processor.isAlive() && System.nanoTime() - since < still.toNanos()) {
            long now = stage.committed();
            if (now > committed) {
                committed = now;
                since = System.nanoTime();
            }
            Thread.sleep(100);
        }
    }

    private static void finish(FaultStage stage, ChildJvm processor) throws Exception {
        Checker.Report report = stage.finish(processor);
        assertThat(report.changes()).isPositive();
        System.out.println("full disk: with room again: " + report);
    }

    private static void fill(Path ballast) throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full.getMessage()).contains("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}

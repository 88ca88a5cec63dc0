package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 8: the disk under the state directory fills up under traffic. Skipped where no disk may be mounted. */
class FullDiskIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_136);
    private static final int EVENTS = 12_000;
    private static final Duration PAUSED = Duration.ofSeconds(25);

    @TempDir
    Path directory;

    @Test
    @Tag("faults")
    void fullDiskStopsOrPausesItAndRoomMendsIt() throws Exception {
        System.out.println("full disk: seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            // Every change of state goes to RocksDB at once, and from there soon to the disk.
            stage.processing("write_cache_mib", 0);
            stage.processing("store_memory_mib", 8);
            Path disk = Files.createDirectories(stage.state("a"));
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=32m", "segue-test", disk.toString()) == 0,
                    "skipped: a disk of its own can be mounted only by root");
            try {
                fillDiskUnderTraffic(stage, disk);
            } finally {
                assertThat(run("umount", disk.toString())).as("unmounted").isZero();
            }
        }
    }

    private static void fillDiskUnderTraffic(FaultStage stage, Path disk) throws Exception {
        RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 200);
        Path ballast = disk.resolve("ballast");
        try (ChildJvm processor = stage.startProcessor()) {
            stage.awaitCommitted(processor, 0);
            stage.publish(stage.records(shop.events(EVENTS)));
            stage.awaitCommitted(processor, EVENTS / 10);
            fill(ballast);
            stage.requireNotFinished("when the disk is full");
            awaitStandstill(stage, processor);
            stage.requireNotFinished("when it stands still");
            long done = stage.committed();
            if (processor.isAlive()) {
                // RocksDB lets nobody write until what it holds in memory has found room.
                System.out.println("full disk: pauses after " + done + " records: " + processor.said());
                Files.delete(ballast);
                stage.awaitCommitted(processor, done + 1);
                finish(stage, processor);
                return;
            }
            assertThat(processor.said())
                    .contains("processing.state_directory '" + disk + "'")
                    .contains("Make room on that disk and start again.");
            System.out.println("full disk: stopped after " + done + " records: "
                    + processor.said().strip().lines().reduce((a, b) -> b).orElseThrow());
        }
        Files.delete(ballast);
        try (ChildJvm processor = stage.startProcessor()) {
            finish(stage, processor);
        }
    }

    /** Until it has ended, or has done nothing for a while. */
    private static void awaitStandstill(FaultStage stage, ChildJvm processor) throws Exception {
        long committed = -1;
        long since = System.nanoTime();
        while (processor.isAlive() && System.nanoTime() - since < PAUSED.toNanos()) {
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

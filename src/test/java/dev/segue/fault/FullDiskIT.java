package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 8: the disk under the state directory fills up under traffic. Skipped where no disk may be mounted. */
class FullDiskIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_136);
    private static final int EVENTS = 12_000;

    @TempDir
    Path directory;

    @Test
    @Tag("faults")
    void fullDiskStopsItWithASentenceAndRoomMendsIt() throws Exception {
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
            FaultStage.await(
                    "it has stopped, or is done",
                    () -> !processor.isAlive()
                            || stage.committed() >= stage.sent().size());
            assertThat(processor.isAlive())
                    .as("stops loudly: " + processor.said())
                    .isFalse();
            assertThat(processor.said())
                    .contains("processing.state_directory '" + disk + "'")
                    .contains("Make room on that disk and start again.");
            System.out.println("full disk: stopped after " + stage.committed() + " records: "
                    + processor.said().strip().lines().reduce((a, b) -> b).orElseThrow());
            stage.requireNotFinished("when it has stopped");
        }
        Files.delete(ballast);
        try (ChildJvm processor = stage.startProcessor()) {
            Checker.Report report = stage.finish(processor);
            assertThat(report.changes()).isPositive();
            System.out.println("full disk: with room again: " + report);
        }
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

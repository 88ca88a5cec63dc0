// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 9: the content of the state directory is damaged. The processor either restores it from the cluster, or refuses
 * it with a sentence that names the directory and the remedy; it never publishes wrong changes.
 */
class StateDirectoryIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_128);
    private static final int BATCH = 600;

    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    /** Damage to the files while the processor is down. */
    private interface Damage {
        void strike(Path state) throws IOException;
    }

    @Test
    void restoresOrRefusesDamagedState() throws Exception {
        System.out.println("state directory: seed " + SEED);
        try (FaultStage stage = new FaultStage(directory)) {
            RandomShop shop = new RandomShop(SEED, stage.schemas().vocabulary(), 60);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                processor = strike(stage, shop, processor, "truncated metadata", this::truncateMetadata);
                processor = strike(stage, shop, processor, "foreign files", this::writeForeignFiles);
                processor = strike(stage, shop, processor, "tables of noise", this::fillTablesWithNoise);
                processor = strike(stage, shop, processor, "one spoilt block", this::spoilOneBlockOfEach);
                Checker.Report report = stage.finish(processor);
                assertThat(report.changes()).isPositive();
                System.out.println("state directory: " + report);
            } finally {
                processor.close();
            }
        }
    }

    private ChildJvm strike(FaultStage stage, RandomShop shop, ChildJvm running, String name, Damage damage)
            throws Exception {
        int before = stage.sent().size();
        stage.publish(stage.records(shop.events(BATCH)));
        stage.awaitCommitted(running, before + BATCH / 4);
        running.terminate();
        // So that work is left, however much was done before the stop.
        stage.publish(stage.records(shop.events(BATCH / 4)));
        stage.requireNotFinished("at: " + name);
        Path state = stage.directory().resolve("state-a");
        damage.strike(state);
        ChildJvm processor = stage.startProcessor();
        FaultStage.await(
                "the processor is done or has ended",
                () -> !processor.isAlive() || stage.committed() >= stage.sent().size());
        if (processor.isAlive()) {
            System.out.println("state directory: " + name + ": restored by itself");
            return processor;
        }
        String said = processor.said();
        assertThat(said).as(name).contains(state.toString()).contains("Delete");
        System.out.println("state directory: " + name + ": refused: "
                + said.strip().lines().reduce((a, b) -> b).orElseThrow());
        Directories.delete(state);
        ChildJvm mended = stage.startProcessor();
        stage.awaitCommitted(mended, stage.sent().size());
        return mended;
    }

    /** Positions, versions and names: all files that are not tables. */
    private void truncateMetadata(Path state) throws IOException {
        for (Path file : files(state)) {
            String name = file.getFileName().toString();
            if (name.contains("checkpoint") || name.contains("position") || name.equals("CURRENT")) {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(open.length() / 2);
                }
            }
        }
    }

    private void writeForeignFiles(Path state) throws IOException {
        int written = 0;
        for (Path file : files(state)) {
            String name = file.getFileName().toString();
            if (name.startsWith("MANIFEST") || name.startsWith("OPTIONS") || name.contains("metadata")) {
                Files.writeString(file, "written by somebody else, version 99\n");
                written++;
            }
        }
        assertThat(written).isPositive();
    }

    private void fillTablesWithNoise(Path state) throws IOException {
        for (Path table : tables(state)) {
            byte[] noise = new byte[(int) Files.size(table)];
            random.nextBytes(noise);
            Files.write(table, noise);
        }
    }

    /** Leaves the index and everything else that is read when the table is opened. */
    private void spoilOneBlockOfEach(Path state) throws IOException {
        for (Path table : tables(state)) {
            byte[] bytes = Files.readAllBytes(table);
            for (int place = bytes.length / 3; place < bytes.length / 3 + 16; place++) {
                bytes[place] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(table, bytes);
        }
    }

    private static List<Path> tables(Path state) throws IOException {
        List<Path> tables = files(state).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .toList();
        assertThat(tables).isNotEmpty();
        return tables;
    }

    private static List<Path> files(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}

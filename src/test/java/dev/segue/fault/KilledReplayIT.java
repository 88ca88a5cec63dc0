// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.replay.EventReader;
import dev.segue.replay.Traces;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.topology.SegueTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 1 on real data: a year of a shop's invoices under the whole catalogue, during which the processor is killed at
 * seeded points, gives a read_committed reader the same changes and memberships as an undisturbed run.
 */
@Tag("faults")
class KilledReplayIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_131);
    private static final int KILLS = Integer.getInteger("segue.fault.kills", 200);
    /** For busy machines: after this time there are no more kills, and the output is compared. */
    private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("segue.fault.minutes", 120));

    private static final long PAUSE_MS = 50;
    private static final Duration AFTER_THE_LAST = Duration.ofHours(2);

    @TempDir
    Path directory;

    private final List<Long> recoveries = new ArrayList<>();

    /** All changes, and the resulting memberships. */
    private record Outcome(Map<String, List<String>> changes, Set<String> members) {}

    @Test
    void yieldsSameChangesAfterManyKillsAsUndisturbed() throws Exception {
        System.out.println("killed replay: seed " + SEED + ", " + KILLS + " kills");
        List<Event> events = new ArrayList<>();
        try (EventReader reader = Traces.open("uci-online-retail.csv.gz", "uci-online-retail")) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        Future<Outcome> other = CompletableFuture.supplyAsync(() -> runAside(events));
        Outcome disturbed = run(directory.resolve("disturbed"), events, points(events.size()));
        Outcome undisturbed = other.get();
        assertThat(undisturbed.changes()).as("the trace has something to say").hasSizeGreaterThan(1000);
        assertThat(disturbed.changes()).isEqualTo(undisturbed.changes());
        assertThat(disturbed.members()).isEqualTo(undisturbed.members());
        long changes =
                undisturbed.changes().values().stream().mapToLong(List::size).sum();
        System.out.println("killed replay: " + events.size() + " events, " + changes + " changes, "
                + undisturbed.members().size() + " memberships, none lost and none twice; " + recoveriesText());
    }

    /**
     * The numbers of processed records at which it is killed; ascending, and none so late that the run might be over.
     */
    private static List<Long> points(int events) {
        Random random = new Random(SEED);
        List<Long> points = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            points.add(1 + random.nextLong(events * 95L / 100));
        }
        Collections.sort(points);
        return points;
    }

    private Outcome runAside(List<Event> events) {
        try {
            return run(directory.resolve("undisturbed"), events, List.of());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Outcome run(Path place, List<Event> events, List<Long> points) throws Exception {
        Random random = new Random(SEED);
        try (FaultStage stage = FaultStage.withCatalogue(place)) {
            // With kills, at most 800 records per second, so that about ninety lie between two kills.
            stage.kafka("main.consumer.max.poll.records", points.isEmpty() ? 500 : 20);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.keepForEver();
                TraceTime time = new TraceTime(events, stage.publish(stage.records(events)));
                long end = System.nanoTime() + LONGEST.toNanos();
                for (int kill = 0; kill < points.size() && System.nanoTime() < end; kill++) {
                    await(stage, processor, time, points.get(kill));
                    // At a random point between two commits.
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    stage.requireNotFinished("at kill " + kill + " of seed " + SEED);
                    long done = stage.committed();
                    Instant clock = time.at(stage.progress().committed());
                    long start = System.nanoTime();
                    processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                    stage.awaitCommitted(processor, done + 1);
                    recoveries.add((System.nanoTime() - start) / 1_000_000);
                    if (kill % 20 == 19) {
                        System.out.println("killed replay: " + done + " records done; " + recoveriesText());
                    }
                }
                for (int tenth = 1; tenth <= 10; tenth++) {
                    await(stage, processor, time, (long) events.size() * tenth / 10);
                }
                return outcome(stage, processor, time.last().plus(AFTER_THE_LAST));
            } finally {
                processor.close();
            }
        }
    }

    /** Advances time as far as the processed events allow. */
    private static void await(FaultStage stage, ChildJvm processor, TraceTime time, long records) throws Exception {
        FaultStage.await(records + " records are done", () -> {
            processor.requireAlive();
            Map<Integer, Long> committed = stage.progress().committed();
            processor.write(time.at(committed).toString());
            if (committed.values().stream().mapToLong(Long::longValue).sum() >= records) {
                return true;
            }
            Thread.sleep(PAUSE_MS);
            return false;
        });
    }

    /** Waits until every partition has processed the last tick and no more output arrives. */
    private Outcome outcome(FaultStage stage, ChildJvm processor, Instant end) throws Exception {
        processor.write(end.toString());
        Thread.sleep(Duration.ofSeconds(15).toMillis());
        Map<String, List<String>> changes = changes(stage);
        FaultStage.await("nothing more is told", () -> {
            Thread.sleep(Duration.ofSeconds(5).toMillis());
            processor.requireAlive();
            Map<String, List<String>> now = changes(stage);
            boolean quiet = now.equals(changes);
            changes.putAll(now);
            return quiet;
        });
        printState(stage);
        return new Outcome(changes, members(stage));
    }

    /** Each customer's changes in the order of publication, as JSON without the fields that come from a clock. */
    private static Map<String, List<String>> changes(FaultStage stage) throws Exception {
        String topic = stage.settings().topics().names().changes();
        ChangeCodec codec =
                new ChangeCodec(new DirectorySchemaRegistry(stage.settings().registryDirectory()), topic);
        Set<String> ids = new HashSet<>();
        Map<String, List<String>> told = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(stage.bootstrapServers(), topic)) {
            Change change = codec.decode(record.value());
            assertThat(ids.add(change.changeId())).as("told once: " + change).isTrue();
            told.computeIfAbsent(change.customerId(), customer -> new ArrayList<>())
                    .add(ChangeJson.write(change).replaceFirst("\"detected_at\":\"[^\"]*\",", ""));
        }
        return told;
    }

    private static Set<String> members(FaultStage stage) throws Exception {
        return latest(stage, stage.settings().topics().names().memberships()).keySet();
    }

    private static void printState(FaultStage stage) {
        String changelog = SegueTopology.changelog(FaultStage.NAME);
        Map<String, byte[]> latest = latest(stage, changelog);
        long records =
                CommittedRecords.read(stage.bootstrapServers(), changelog).size();
        System.out.println("killed replay: state at the end: " + latest.size() + " keys, "
                + latest.values().stream().mapToLong(value -> value.length).sum() + " bytes of values; changelog of "
                + records + " records");
    }

    private static Map<String, byte[]> latest(FaultStage stage, String topic) {
        Map<String, byte[]> latest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(stage.bootstrapServers(), topic)) {
            String key = record.partition() + " " + new String(record.key(), StandardCharsets.ISO_8859_1);
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, record.value());
            }
        }
        return latest;
    }

    private String recoveriesText() {
        List<Long> sorted = recoveries.stream().sorted().toList();
        return recoveries.size() + " kills, recovery in ms: median " + sorted.get(sorted.size() / 2) + ", longest "
                + sorted.get(sorted.size() - 1)
                + "; median of the latest twenty "
                + recoveries.stream()
                        .skip(Math.max(0, recoveries.size() - 20L))
                        .sorted()
                        .toList()
                        .get(Math.min(recoveries.size(), 20) / 2);
    }
}

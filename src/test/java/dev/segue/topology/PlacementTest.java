// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Partitioner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacementTest {
    private static final int PARTITIONS = 6;
    private static final String TIME = "2025-11-01T10:00:00Z";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> warnings = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 5;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REROUTE")
    void countsMisplacedEventsForEitherPartitioner(Partitioner partitioner) {
        Placement placement = placement(partitioner);
        for (int number = 0; number < 100; number++) {
            byte[] key = key("shopper-" + number);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                look(placement, key, new RecordHeaders(), at(partition, 7));
            }
        }
        assertThat(misplaced()).isEqualTo(500);
    }

    @Test
    void ignoresRecordsForEveryPartition() {
        Headers everywhere = new RecordHeaders().add(Placement.EVERY_PARTITION, new byte[0]);
        Placement placement = placement(Partitioner.MURMUR2);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            look(placement, key("ann"), everywhere, at(partition, 7));
        }
        assertThat(misplaced()).isZero();
        assertThat(placement.trouble()).isNull();
    }

    @Test
    void countsNothingBeforePartitionsAreKnown() {
        Placement placement = new Placement(meters, Partitioner.MURMUR2, () -> nanos, warnings::add);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            look(placement, key("ann"), new RecordHeaders(), at(partition, 7));
        }
        assertThat(misplaced()).isZero();
    }

    @Test
    void warnsOncePerMinuteWithoutCustomerData() {
        Placement placement = placement(Partitioner.MURMUR2);
        misplace(placement, 3);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .startsWith(
                        "1 event arrived in a partition that their key does not belong to, the latest at offset 7 of"
                                + " behavior-events-")
                .contains("Under topics.partitioner: murmur2")
                .doesNotContain("shopper");
        nanos += Placement.BETWEEN_WARNINGS.toNanos() - 1;
        misplace(placement, 1);
        assertThat(warnings).hasSize(1);
        nanos += 1;
        misplace(placement, 1);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(1)).startsWith("4 events arrived");
    }

    @Test
    void namesPartitionerThatExplainsAll() {
        Placement placement = placement(Partitioner.MURMUR2);
        byte[] key = splitKey();
        int elsewhere = Partitioner.CRC32.partition(key, PARTITIONS);
        look(placement, key, new RecordHeaders(), at(elsewhere, 7));
        assertThat(warnings.get(0)).contains("All of them match crc32");
        int nowhere = IntStream.range(0, PARTITIONS)
                .filter(partition -> partition != elsewhere)
                .filter(partition -> partition != Partitioner.MURMUR2.partition(key, PARTITIONS))
                .findFirst()
                .orElseThrow();
        look(placement, key, new RecordHeaders(), at(nowhere, 8));
        assertThat(placement.trouble()).contains("1 of them match crc32");
    }

    @Test
    void reportsTroubleForTenMinutesAfterLatest() {
        Placement placement = placement(Partitioner.MURMUR2);
        assertThat(placement.trouble()).isNull();
        misplace(placement, 2);
        nanos += Duration.ofMinutes(10).toNanos() - 1;
        assertThat(placement.trouble()).startsWith("2 events since the start arrived in a partition");
        nanos += 1;
        assertThat(placement.trouble()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REROUTE")
    void processesEventWhereItArrived(Partitioner partitioner, @TempDir Path directory) throws Exception {
        try (TopologyScenario scenario = new TopologyScenario(directory)) {
            Placement placement = placement(partitioner);
            placement.partitions(PARTITIONS);
            scenario.placement = placement;
            // The test driver reads partition 0.
            String there = named(partitioner, 0);
            String elsewhere = named(partitioner, 4);
            scenario.event(there, "e1", TIME);
            assertThat(misplaced()).isZero();
            scenario.event(elsewhere, "e2", TIME);
            assertThat(misplaced()).isEqualTo(1);
            assertThat(scenario.counters.read().applied()).isEqualTo(2);
            // A record that is not an event does not indicate a producer of events.
            scenario.raw(key(elsewhere), key("what"), Instant.parse(TIME));
            assertThat(misplaced()).isEqualTo(1);
        }
    }

    private Placement placement(Partitioner partitioner) {
        Placement placement = new Placement(meters, partitioner, () -> nanos, warnings::add);
        placement.partitions(PARTITIONS);
        return placement;
    }

    private static void misplace(Placement placement, int times) {
        byte[] key = key("shopper-1");
        int wrong = (Partitioner.MURMUR2.partition(key, PARTITIONS) + 1) % PARTITIONS;
        for (int time = 0; time < times; time++) {
            look(placement, key, new RecordHeaders(), at(wrong, 7));
        }
    }

    private double misplaced() {
        return meters.get("segue.events.misplaced").counter().count();
    }

    private static String named(Partitioner partitioner, int partition) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "shopper-" + number)
                .filter(name -> partitioner.partition(key(name), PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] splitKey() {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> key("shopper-" + number))
                .filter(key ->
                        Partitioner.MURMUR2.partition(key, PARTITIONS) != Partitioner.CRC32.partition(key, PARTITIONS))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordMetadata at(int partition, long offset) {
        return new RecordMetadata() {
            @Override
            public String topic() {
                return "behavior-events";
            }

            @Override
            public int partition() {
                return partition;
            }

            @Override
            public long offset() {
                return offset;
            }
        };
    }

    private static void look(Placement placement, byte[] key, Headers headers, RecordMetadata origin) {
        assertThat(placement.sendsOn(key, headers, origin)).isFalse();
    }

    @Test
    void sendsMisplacedEventsOnWithoutWarning() {
        Placement placement = placement(Partitioner.REROUTE);
        placement.partitions(6);
        byte[] key = key("ann");
        int right = Partitioner.MURMUR2.partition(key, 6);
        assertThat(placement.sendsOn(key, new RecordHeaders(), at(right, 7))).isFalse();
        assertThat(placement.sendsOn(key, new RecordHeaders(), at((right + 1) % 6, 7)))
                .isTrue();
        assertThat(placement.trouble()).isNull();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.PublishedSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConductorTest {
    private static final Instant NOON = Instant.parse("2025-11-01T12:00:00Z");

    @TempDir
    Path directory;

    private final MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>();
    private ControlCodec codec;
    private Instant clock = NOON;
    private PublishedSets published = new PublishedSets(List.of());

    @BeforeEach
    void start() {
        codec = new ControlCodec(new DirectorySchemaRegistry(directory), "segue-control");
        conductor().init(context);
    }

    private Conductor conductor() {
        LiveSetsCodec sets = new LiveSetsCodec(
                new DefinitionRecordCodec(new DirectorySchemaRegistry(directory), "segue-definitions"));
        return new Conductor(codec, sets, () -> published, () -> clock, Duration.ofMillis(250));
    }

    @Test
    void writesInjectedClock() throws Exception {
        punctuate(Instant.parse("2031-01-01T00:00:00Z"));
        assertThat(ticks()).containsExactly(NOON);
    }

    @Test
    void recordTimestampIsTick() {
        punctuate(NOON);
        assertThat(context.forwarded().get(0).record().timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(context.forwarded().get(0).record().key()).isNull();
    }

    @Test
    void writesOneTickWhileClockStandsStill() throws Exception {
        punctuate(NOON);
        punctuate(NOON);
        assertThat(ticks()).containsExactly(NOON);
    }

    @Test
    void waitsForClockThatWasSetBack() throws Exception {
        punctuate(NOON);
        clock = NOON.minusSeconds(60);
        punctuate(NOON);
        clock = NOON.plusMillis(1);
        punctuate(NOON);
        assertThat(ticks()).containsExactly(NOON, NOON.plusMillis(1));
    }

    @Test
    void revivedTaskWritesTickAgain() throws Exception {
        MockProcessorContext<byte[], Outgoing> revived = new MockProcessorContext<>();
        Conductor conductor = conductor();
        conductor.init(context);
        context.scheduledPunctuators().get(1).getPunctuator().punctuate(0);
        conductor.close();
        conductor.init(revived);
        revived.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        assertThat(ticks()).containsExactly(NOON);
        assertThat(revived.forwarded()).hasSize(1);
    }

    @Test
    void ignoresDefinitionRecords() {
        Conductor conductor = conductor();
        conductor.init(context);
        conductor.process(new Record<>(null, new byte[] {1}, 0));
        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void writesTickToEveryPartition() {
        Optional<Set<Integer>> partitions = Outgoing.toEveryPartition()
                .partitions("segue-control", null, Outgoing.anywhere(null), new RecordHeaders(), 4);
        assertThat(partitions).contains(Set.of(0, 1, 2, 3));
    }

    @Test
    void writesOutputsToPartitionOfCustomer() {
        Optional<Set<Integer>> partitions = Outgoing.toItsPartition()
                .partitions("segment-memberships", null, Outgoing.to(3, null), new RecordHeaders(), 4);
        assertThat(partitions).contains(Set.of(3));
    }

    private void punctuate(Instant at) {
        context.scheduledPunctuators()
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(at.toEpochMilli()));
    }

    private List<Instant> ticks() throws BadRecord {
        List<Instant> ticks = new ArrayList<>();
        for (var forward : context.forwarded()) {
            byte[] value = Outgoing.serializer()
                    .serialize("segue-control", forward.record().value());
            assertThat(value).isNotNull();
            ticks.add(Instant.ofEpochMilli(((Control.Tick) codec.decode(value)).at()));
        }
        return ticks;
    }
}

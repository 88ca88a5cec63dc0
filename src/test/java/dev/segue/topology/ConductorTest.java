// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.audience.Audience;
import dev.segue.audience.WidthRule;
import dev.segue.config.Partitioner;
import dev.segue.config.WidthSettings;
import dev.segue.definition.PublishedSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.ProductFactsDecoder;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.output.PopulationReportCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConductorTest {
    private static final Instant NOON = Instant.parse("2025-11-01T12:00:00Z");

    @TempDir
    Path directory;

    private final MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>();
    private KeyValueStore<Bytes, byte[]> totals;
    private ControlCodec codec;
    private Instant clock = NOON;
    private PublishedSets published = new PublishedSets(List.of());

    @BeforeEach
    void start() throws Exception {
        codec = new ControlCodec(new DirectorySchemaRegistry(directory), "segue-control");
        totals = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Nodes.POPULATION), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        totals.init(context.getStateStoreContext(), totals);
        context.addStateStore(totals);
        conductor().init(context);
    }

    private Conductor conductor() throws Exception {
        SchemaRegistry registry = new DirectorySchemaRegistry(directory);
        LiveSetsCodec sets = new LiveSetsCodec(new DefinitionRecordCodec(registry, "segue-definitions"));
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Counters counters = new Counters(meters, () -> clock);
        Parts parts = new Parts(
                new ScenarioPlans(schemas.vocabulary()),
                () -> published,
                schemas,
                registry,
                () -> clock,
                () -> 0,
                counters,
                new Audience(meters, () -> new WidthRule(WidthSettings.never(), List.of()), told -> {}),
                new Placement(meters, Partitioner.MURMUR2, () -> 0, told -> {}),
                shifted -> {},
                new ScenarioPast(),
                Runnable::run,
                () -> false);
        return new Conductor(
                new Conductor.Codecs(
                        codec,
                        sets,
                        new PopulationReportCodec(registry, "segue-population"),
                        new ProductFactsDecoder(registry)),
                Patience.until(() -> false, counters.progress()),
                TopologyScenario.TOPICS,
                parts,
                Duration.ofMillis(250));
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
        revived.addStateStore(totals);
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
    void ignoresDefinitionRecords() throws Exception {
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

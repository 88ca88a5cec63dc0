// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.CurrencySettings;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.LiveSets;
import dev.segue.definition.SetOptions;
import dev.segue.event.BadRecord;
import dev.segue.event.Origin;
import dev.segue.event.OriginPrecedence;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionLogTest {
    private static final Instant NOON = Instant.parse("2025-11-01T12:00:00.123Z");
    private static final DefinitionSource KEEN =
            new DefinitionSource("keen", "abc", "segments/keen.yaml", "segment: keen", Map.of("n", "3"));
    private static final DefinitionSource LOYAL =
            new DefinitionSource("loyal", "def", "segments/loyal.yaml", "segment: loyal", Map.of());
    private static final DefinitionSet SET = new DefinitionSet(
            4,
            NOON,
            "ann",
            2L,
            new SetOptions(
                    ZoneId.of("Europe/Berlin"),
                    32,
                    new CurrencySettings("EUR", Map.of("USD", new BigDecimal("0.92"))),
                    new OriginPrecedence(List.of(Origin.OBSERVED, Origin.STATED, Origin.BOUGHT, Origin.PARTNER))),
            List.of(LOYAL, KEEN));

    @TempDir
    Path directory;

    private DefinitionRecordCodec codec;
    private DefinitionLog log;

    @BeforeEach
    void open() throws Exception {
        codec = new DefinitionRecordCodec(new DirectorySchemaRegistry(directory), "segue-definitions");
        log = new DefinitionLog(codec);
    }

    private void add(DefinitionRecord record) {
        log.add(record.key(), codec.encode(record));
    }

    @Test
    void readsSetAsItWasPublished() {
        DefinitionRecord.of(SET).forEach(this::add);
        assertThat(log.sets().sets()).containsExactly(SET);
        assertThat(log.latestRevision()).isEqualTo(4);
        assertThat(log.complaints()).isEmpty();
    }

    @Test
    void aSetIsLaterThanOneOfADeletedTopicWithAHigherRevision() {
        DefinitionRecord.of(SET).forEach(this::add);
        DefinitionRecord.of(SET).forEach(this::add);
        assertThat(log.sets().sets()).hasSize(1);
        DefinitionRecord.of(SET.as(1, NOON.plusMillis(1), "bob", null)).forEach(this::add);
        assertThat(log.latestRevision()).isEqualTo(1);
        assertThat(log.latestAt()).isEqualTo(NOON.plusMillis(1));
        assertThat(log.nextRevision()).isEqualTo(5);
        assertThat(log.sets().sets()).extracting(DefinitionSet::revision).containsExactly(4L, 1L);
    }

    @Test
    void theNextSetIsLaterThanTheLatestEvenIfTheClockIsBehind() {
        assertThat(log.nextAt(NOON)).isEqualTo(NOON);
        DefinitionRecord.of(SET).forEach(this::add);
        assertThat(log.nextAt(NOON.plusMillis(1))).isEqualTo(NOON.plusMillis(1));
        assertThat(log.nextAt(NOON)).isEqualTo(NOON.plusMillis(1));
        assertThat(log.nextAt(NOON.minusSeconds(60))).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void aSetWithoutOneOfItsDefinitionsIsNoSet() {
        List<DefinitionRecord> records = DefinitionRecord.of(SET);
        records.stream().filter(record -> !record.key().equals("loyal@def")).forEach(this::add);
        assertThat(log.sets().sets()).isEmpty();
        assertThat(log.latestRevision()).isEqualTo(4);
        assertThat(log.complaints())
                .containsExactly("revision 4 was published without 1 of its definitions, such as loyal@def. Publish the"
                        + " definitions again with 'segue apply'.");
    }

    @Test
    void tellsWhichRecordCannotBeRead() {
        log.add("keen@abc", new byte[] {1, 2, 3});
        assertThat(log.complaints()).singleElement().asString().startsWith("the record 'keen@abc' cannot be read: ");
        log.add("keen@abc", null);
        assertThat(log.complaints()).isEmpty();
    }

    @Test
    void joinsWhatItDivided() throws Exception {
        LiveSetsCodec sets = new LiveSetsCodec(codec);
        DefinitionSet earlier = new DefinitionSet(3, NOON.minusMillis(1), "bob", null, SET.options(), List.of(KEEN));
        LiveSets live = new LiveSets(SET, 1, NOON, List.of(earlier));
        assertThat(sets.join(sets.divide(live))).isEqualTo(live);
    }

    @Test
    void joinsSetsWithOneRevision() throws Exception {
        LiveSetsCodec sets = new LiveSetsCodec(codec);
        DefinitionSet ofDeletedTopic =
                new DefinitionSet(4, NOON.minusSeconds(1), "bob", null, SET.options(), List.of(KEEN));
        LiveSets live = new LiveSets(SET, 0, NOON, List.of(ofDeletedTopic));
        assertThat(sets.join(sets.divide(live))).isEqualTo(live);
    }

    @Test
    void refusesActivationThatLacksAPart() {
        Control.Activation empty = new Control.Activation(4, NOON.toEpochMilli(), 0, 0, List.of(), 1, 1, List.of());
        assertThatThrownBy(() -> new LiveSetsCodec(codec).join(List.of(empty)))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("lacks the set that was published at 2025-11-01T12:00:00.123Z");
    }
}

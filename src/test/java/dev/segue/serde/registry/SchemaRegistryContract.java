// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.SampleEvents;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.SampleChanges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The contract of every registry implementation. */
abstract class SchemaRegistryContract {
    private String subject = "";
    private SchemaRegistry registry = new MemorySchemaRegistry();

    /** Another client of the same registry, without cached data. */
    abstract SchemaRegistry open();

    @BeforeEach
    void openRegistry(TestInfo test) {
        subject = "contract." + test.getDisplayName();
        registry = open();
    }

    @Test
    void returnsRegisteredSchema() {
        Schema schema = schema("a");
        int id = registry.register(subject, schema);
        assertThat(id).isPositive();
        assertThat(registry.byId(id)).isEqualTo(schema);
        assertThat(open().byId(id)).isEqualTo(schema);
        assertThat(open().latest(subject)).isEqualTo(new SchemaRegistry.Registered(id, schema));
    }

    @Test
    void keepsDocsDefaultsAliasesLogicalTypesAndOwnProperties() {
        for (EventType type : SampleEvents.SCHEMAS.vocabulary().types()) {
            Schema schema = SampleEvents.SCHEMAS.schema(type.name());
            int id = registry.register(schema.getFullName(), schema);
            assertThat(open().byId(id).toString()).isEqualTo(schema.toString());
        }
    }

    @Test
    void equalSchemasHaveOneId() {
        int id = registry.register(subject, schema("a"));
        assertThat(registry.register(subject, schema("a"))).isEqualTo(id);
        assertThat(open().register(subject, schema("a"))).isEqualTo(id);
        assertThat(open().register(subject + "-other", schema("a"))).isEqualTo(id);
    }

    @Test
    void otherSchemaHasOtherIdAndBecomesLatest() {
        int first = registry.register(subject, schema("a"));
        int second = registry.register(subject, schema("a", "b"));
        assertThat(second).isNotEqualTo(first);
        assertThat(registry.latest(subject).id()).isEqualTo(second);
        assertThat(open().latest(subject).schema()).isEqualTo(schema("a", "b"));
        assertThat(open().byId(first)).isEqualTo(schema("a"));
    }

    @Test
    void registeringEarlierVersionAgainKeepsLatest() {
        int first = registry.register(subject, schema("a"));
        int second = registry.register(subject, schema("a", "b"));
        assertThat(open().register(subject, schema("a"))).isEqualTo(first);
        assertThat(open().latest(subject).id()).isEqualTo(second);
    }

    @Test
    void refusesSchemaThatCannotReadLatest() {
        registry.register(subject, schema("a"));
        Schema incompatible = new Schema.Parser()
                .parse(schema("a")
                        .toString()
                        .replace("\"fields\":[", "\"fields\":[{\"name\":\"must\",\"type\":\"string\"},"));
        assertThatThrownBy(() -> registry.register(subject, incompatible))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("must");
        assertThat(open().latest(subject).schema()).isEqualTo(schema("a"));
    }

    @Test
    void reportsUnknownIdAndSubject() {
        assertThatThrownBy(() -> registry.byId(2_000_000_011)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> registry.latest(subject)).isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void acceptsSubjectsWithAnyCharacters() {
        for (String odd : List.of("../" + subject, subject + "/ ü%20+&?#=", "..")) {
            int id = registry.register(odd, schema("a"));
            assertThat(open().latest(odd).id()).isEqualTo(id);
        }
    }

    @Test
    void manyThreadsGetSameIds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Integer>>> answers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                answers.add(threads.submit(() -> {
                    SchemaRegistry own = open();
                    List<Integer> ids = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        ids.add(own.register(subject + i, schema("many" + i)));
                    }
                    return ids;
                }));
            }
            Set<List<Integer>> different = new HashSet<>();
            for (Future<List<Integer>> answer : answers) {
                different.add(answer.get());
            }
            assertThat(different).hasSize(1);
            assertThat(different.iterator().next()).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void otherClientsOfRegistryReadEvents() throws BadRecord {
        EventEncoder encoder = new EventEncoder(SampleEvents.SCHEMAS, registry);
        EventDecoder decoder = new EventDecoder(SampleEvents.SCHEMAS, open());
        Event event = SampleEvents.full(SampleEvents.type("order_completed"));
        assertThat(decoder.decode("ann", encoder.encode(event)).fields()).isEqualTo(event.fields());
        ChangeCodec codec = new ChangeCodec(registry, "segment-changes");
        assertThat(new ChangeCodec(open(), "segment-changes").decode(codec.encode(SampleChanges.FULL)))
                .isEqualTo(SampleChanges.FULL);
    }

    private static Schema schema(String... fields) {
        StringBuilder text =
                new StringBuilder("{\"type\":\"record\",\"name\":\"Contract\",\"doc\":\"Ü.\",\"fields\":[");
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"")
                    .append(fields[i])
                    .append("\",\"type\":[\"null\",\"string\"],\"default\":null}");
        }
        return new Schema.Parser().parse(text.append("]}").toString());
    }
}

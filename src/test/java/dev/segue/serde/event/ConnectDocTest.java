// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The records in docs/connect.md match the encoder and the decoder. */
class ConnectDocTest {
    private static final int ID = 7;

    @Test
    void handwrittenRecordMatchesEncoder() throws Exception {
        Event event = event();
        byte[] value = new EventEncoder(SampleEvents.SCHEMAS, new OneId()).encode(event);
        assertThat(HexFormat.of().formatHex(value)).isEqualTo(hex());
        assertThat(new EventDecoder(SampleEvents.SCHEMAS, new OneId()).decode("ann", value))
                .extracting(Event::fields)
                .isEqualTo(event.fields());
        assertThat(page()).contains("`" + HexFormat.of().formatHex("ann".getBytes(StandardCharsets.UTF_8)) + "` (ann)");
    }

    @Test
    void subjectMatchesEncoder() throws Exception {
        OneId registry = new OneId();
        new EventEncoder(SampleEvents.SCHEMAS, registry).encode(event());
        assertThat(page()).contains("`" + registry.subject + "`");
    }

    @Test
    void decoderHintMatchesPage() throws Exception {
        BadRecord bad = null;
        try {
            new EventDecoder(SampleEvents.SCHEMAS, new OneId()).decode("ann", "{}".getBytes(StandardCharsets.UTF_8));
        } catch (BadRecord json) {
            bad = json;
        }
        assertThat(bad).hasMessage("the record looks like JSON: see docs/connect.md");
        assertThat(page()).contains("`the record looks like JSON`");
    }

    private static Event event() throws BadRecord {
        return new EventBuilder(SampleEvents.SCHEMAS.vocabulary())
                .build(Map.of(
                        "type", "product_added",
                        "customer_id", "ann",
                        "event_id", "e1",
                        "occurred_at", "2026-03-01T10:00:00Z",
                        "product_id", "tent",
                        "price", "249.00",
                        "quantity", 1));
    }

    private static String hex() throws Exception {
        Matcher block = Pattern.compile("```hex\n([0-9a-f\n]+)```").matcher(page());
        assertThat(block.find()).isTrue();
        return block.group(1).replace("\n", "");
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("docs", "connect.md"));
    }

    /** A registry with one schema. */
    private static final class OneId implements SchemaRegistry {
        private String subject = "";

        @Override
        public int register(String name, Schema schema) {
            subject = name;
            return ID;
        }

        @Override
        public Schema byId(int id) {
            assertThat(id).isEqualTo(ID);
            return SampleEvents.SCHEMAS
                    .get(SampleEvents.bare(SampleEvents.type("product_added")))
                    .schema();
        }

        @Override
        public Registered latest(String name) {
            throw new RegistryException.NotFound(name);
        }
    }
}

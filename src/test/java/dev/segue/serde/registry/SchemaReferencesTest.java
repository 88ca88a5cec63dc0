// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.SampleEvents;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schemas that use types of other subjects. */
class SchemaReferencesTest {
    private static final String ID = "/schemas/ids/700";

    private StubRegistry stub;
    private HttpSchemaRegistry registry;

    @BeforeEach
    void start() throws Exception {
        stub = new StubRegistry();
        registry = new HttpSchemaRegistry(stub.settings());
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void fetchesTypesOfOtherSubjects() throws Exception {
        stub.has(version("money", 3), "AVRO", record("shop.Money", field("cents", "\"long\"")));
        stub.has(version("price%2Btax", 1), "AVRO", record("shop.Price", field("net", "\"shop.Money\"")), "money:3");
        stub.has(
                ID,
                "AVRO",
                record("shop.Cart", field("total", "\"shop.Money\""), field("price", "\"shop.Price\"")),
                "price+tax:1",
                "money:3");
        Schema cart = registry.byId(700);
        assertThat(cart.getField("price")
                        .schema()
                        .getField("net")
                        .schema()
                        .getField("cents")
                        .schema())
                .isEqualTo(Schema.create(Schema.Type.LONG));
        assertThat(stub.requests()).containsExactly(ID, version("price%2Btax", 1), version("money", 3));
        assertThat(registry.byId(700)).isSameAs(cart);
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void readsEventWithReference() throws Exception {
        stub.has(version("source", 1), "AVRO", record("shop.Source", field("campaign", "\"string\"")));
        stub.has(
                ID,
                "AVRO",
                record(
                        "dev.segue.events.ProductViewed",
                        field("event_id", "\"string\""),
                        field("occurred_at", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}"),
                        field("product_id", "\"string\""),
                        field("source", "\"shop.Source\"")),
                "source:1");
        byte[] record = {0, 0, 0, 2, (byte) 0xbc, 2, 'e', 2, 2, 'p', 4, 'a', 'd'};
        assertThat(new EventDecoder(SampleEvents.SCHEMAS, registry)
                        .decode("ann", record)
                        .time())
                .isEqualTo(1);
    }

    @Test
    void sameTextUnderTwoSubjectsIsOneType() throws Exception {
        String money = record("shop.Money", field("cents", "\"long\""));
        stub.has(version("a", 1), "AVRO", money);
        stub.has(version("b", 1), "AVRO", money);
        stub.has(ID, "AVRO", record("shop.Cart", field("total", "\"shop.Money\"")), "a:1", "b:1");
        assertThat(registry.byId(700).getField("total")).isNotNull();
    }

    @Test
    void conflictingDefinitionsAreUnusable() throws Exception {
        stub.has(version("a", 1), "AVRO", record("shop.Money", field("cents", "\"long\"")));
        stub.has(version("a", 2), "AVRO", record("shop.Money", field("pence", "\"long\"")));
        stub.has(ID, "AVRO", record("shop.Cart", field("total", "\"shop.Money\"")), "a:1", "a:2");
        unusable("the text of 'a' version 2 is not an Avro schema");
    }

    @Test
    void cycleIsUnusable() throws Exception {
        stub.has(version("a", 1), "AVRO", record("shop.A", field("b", "\"shop.B\"")), "b:1");
        stub.has(version("b", 1), "AVRO", record("shop.B", field("a", "\"shop.A\"")), "a:1");
        stub.has(ID, "AVRO", "\"shop.A\"", "a:1");
        unusable("it refers to 'a' version 1, which refers back to itself");
        assertThat(stub.requests()).containsExactly(ID, version("a", 1), version("b", 1));
    }

    @Test
    void readsReferencesTenDeepButNotEleven() throws Exception {
        for (int level = 1; level <= 11; level++) {
            String[] below = level == 11 ? new String[0] : new String[] {"deep" + (level + 1) + ":1"};
            String type = level == 11 ? "\"int\"" : "\"shop.R" + (level + 1) + "\"";
            stub.has(version("deep" + level, 1), "AVRO", record("shop.R" + level, field("r", type)), below);
        }
        stub.has(ID, "AVRO", "\"shop.R2\"", "deep2:1");
        assertThat(registry.byId(700).getName()).isEqualTo("R2");
        stub.has("/schemas/ids/701", "AVRO", "\"shop.R1\"", "deep1:1");
        assertThatThrownBy(() -> registry.byId(701))
                .isInstanceOf(RegistryException.Unusable.class)
                .hasMessageContaining("its references are more than 10 deep");
    }

    @Test
    void readsHundredReferencesButNotMore() throws Exception {
        for (int number = 1; number <= 101; number++) {
            stub.has(version("wide", number), "AVRO", record("shop.W" + number, field("x", "\"int\"")));
        }
        String[] all = IntStream.rangeClosed(1, 101).mapToObj(n -> "wide:" + n).toArray(String[]::new);
        stub.has(ID, "AVRO", "\"shop.W1\"", Arrays.copyOf(all, 100));
        assertThat(registry.byId(700).getName()).isEqualTo("W1");
        stub.has("/schemas/ids/701", "AVRO", "\"shop.W1\"", all);
        assertThatThrownBy(() -> registry.byId(701))
                .isInstanceOf(RegistryException.Unusable.class)
                .hasMessageContaining("it has more than 100 references");
    }

    @Test
    void limitsTotalSize() throws Exception {
        String filler = "x".repeat(1_500_000);
        for (int number = 1; number <= 3; number++) {
            stub.has(
                    version("large", number),
                    "AVRO",
                    "{\"type\":\"fixed\",\"name\":\"L" + number + "\",\"size\":1,\"note\":\"" + filler + "\"}");
        }
        stub.has(ID, "AVRO", "\"L1\"", "large:1", "large:2", "large:3");
        unusable("more than 4194304 characters");
    }

    @Test
    void missingReferenceCanBeRegisteredLater() throws Exception {
        stub.has(ID, "AVRO", record("shop.Cart", field("total", "\"shop.Money\"")), "money:1");
        assertThatThrownBy(() -> registry.byId(700))
                .isInstanceOf(RegistryException.NotFound.class)
                .hasMessage("it refers to 'money' version 1, which the registry does not have");
        stub.has(version("money", 1), "AVRO", record("shop.Money", field("cents", "\"long\"")));
        assertThat(HttpSchemaRegistry.withoutBudget(stub.settings()).byId(700).getField("total"))
                .isNotNull();
    }

    @Test
    void referenceToOtherKindIsUnusable() throws Exception {
        stub.has(version("proto", 1), "PROTOBUF", "message A {}");
        stub.has(ID, "AVRO", record("shop.Cart", field("a", "\"A\"")), "proto:1");
        unusable("it refers to 'proto' version 1: it is of type 'PROTOBUF'");
    }

    @Test
    void waitsIfRegistryFailsDuringReferences() throws Exception {
        stub.has(ID, "AVRO", record("shop.Cart", field("total", "\"shop.Money\"")), "money:1");
        stub.says(version("money", 1), 503, "");
        assertThatThrownBy(() -> registry.byId(700)).isInstanceOf(RegistryException.Unreachable.class);
    }

    private void unusable(String why) {
        assertThatThrownBy(() -> registry.byId(700))
                .isInstanceOf(RegistryException.Unusable.class)
                .hasMessageContaining(why);
    }

    private static String version(String subject, int version) {
        return "/subjects/" + subject + "/versions/" + version;
    }

    private static String record(String name, String... fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }
}

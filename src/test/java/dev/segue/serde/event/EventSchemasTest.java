// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSchemasTest {
    private static final String ID = "{\"name\":\"event_id\",\"type\":\"string\"}";
    private static final String AT =
            "{\"name\":\"occurred_at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}";

    @TempDir
    Path directory;

    @Test
    void shipsExpectedTypes() {
        assertThat(SampleEvents.SCHEMAS.vocabulary().types())
                .extracting(EventType::name)
                .containsExactlyInAnyOrder(
                        ("page_viewed products_searched product_list_viewed product_viewed product_added product_removed"
                                        + " cart_viewed product_added_to_wishlist checkout_started checkout_step_completed"
                                        + " coupon_entered coupon_applied coupon_denied order_completed order_refunded"
                                        + " order_cancelled product_reviewed promotion_viewed promotion_clicked"
                                        + " email_delivered email_opened email_link_clicked email_marked_as_spam"
                                        + " unsubscribed subscribed"
                                        + " chat_message_sent form_started form_submitted question_asked"
                                        + " support_ticket_created satisfaction_submitted store_visited profile_updated"
                                        + " custom_event customer_erased customer_identified customers_merged")
                                .split(" "));
    }

    @Test
    void passiveEventsAreNoActivity() {
        assertThat(SampleEvents.SCHEMAS.vocabulary().types().stream().filter(type -> !type.activity()))
                .extracting(EventType::name)
                .containsExactly(
                        "customer_erased",
                        "customer_identified",
                        "customers_merged",
                        "email_delivered",
                        "email_marked_as_spam",
                        "order_cancelled",
                        "order_refunded",
                        "profile_updated");
    }

    @Test
    void everyShippedRecordAndFieldHasDoc() throws IOException {
        List<String> without = new ArrayList<>();
        for (EventType type : SampleEvents.SCHEMAS.vocabulary().types()) {
            Schema schema = SampleEvents.SCHEMAS.schema(type.name());
            assertThat(Path.of("schemas/events", type.name() + ".avsc")).exists();
            assertThat(schema.getNamespace()).isEqualTo("dev.segue.events");
            collectWithoutDoc(schema, schema.getName(), without);
        }
        try (Stream<Path> outputs =
                Files.list(Path.of("schemas")).filter(file -> file.toString().endsWith(".avsc"))) {
            assertThat(outputs).hasSize(12);
        }
        collectWithoutDoc(dev.segue.avro.SegmentChange.getClassSchema(), "SegmentChange", without);
        collectWithoutDoc(dev.segue.avro.CustomerProfile.getClassSchema(), "CustomerProfile", without);
        collectWithoutDoc(dev.segue.avro.Control.getClassSchema(), "Control", without);
        collectWithoutDoc(dev.segue.avro.Transfer.getClassSchema(), "Transfer", without);
        collectWithoutDoc(dev.segue.avro.Statistic.getClassSchema(), "Statistic", without);
        collectWithoutDoc(dev.segue.avro.CustomerSession.getClassSchema(), "CustomerSession", without);
        collectWithoutDoc(dev.segue.avro.PopulationCounts.getClassSchema(), "PopulationCounts", without);
        collectWithoutDoc(dev.segue.avro.ProductFacts.getClassSchema(), "ProductFacts", without);
        assertThat(without).isEmpty();
    }

    @Test
    void fieldsHaveLanguageTypes() {
        EventType order = SampleEvents.type("order_completed");
        assertThat(typeOf(order, "total")).isEqualTo(Scalar.DECIMAL);
        FieldType.Listing products = (FieldType.Listing) typeOf(order, "products");
        assertThat(products.describe()).isEqualTo("list of Product");
        assertThat(((FieldType.Nested) products.element()).record().fields())
                .extracting(Field::name)
                .containsExactly(
                        "product_id",
                        "sku",
                        "category",
                        "name",
                        "brand",
                        "variant",
                        "price",
                        "quantity",
                        "coupon",
                        "launched_at");
        assertThat(typeOf(SampleEvents.type("form_submitted"), "answers"))
                .isEqualTo(new FieldType.Mapping(Scalar.STRING));
        assertThat(typeOf(SampleEvents.type("satisfaction_submitted"), "score")).isEqualTo(Scalar.DOUBLE);
        assertThat(typeOf(SampleEvents.type("profile_updated"), "age")).isEqualTo(Scalar.INTEGER);
        assertThat(typeOf(SampleEvents.type("product_viewed"), "launched_at")).isEqualTo(Scalar.TIMESTAMP);
    }

    @Test
    void readsCustomType() throws Exception {
        write(
                "mine",
                "TicketOpened2x",
                ID,
                AT,
                optional("level", "{\"type\":\"enum\",\"name\":\"L\",\"symbols\":[\"A\"]}"),
                "{\"name\":\"ok\",\"type\":[\"boolean\",\"null\"],\"default\":null}");
        EventType type = EventSchemas.read(directory).vocabulary().get("ticket_opened2x");
        assertThat(type.ownFields()).extracting(Field::name).containsExactly("level", "ok");
        assertThat(typeOf(type, "level")).isEqualTo(Scalar.STRING);
    }

    @ParameterizedTest
    @CsvSource({
        "OrderCompleted, order_completed",
        "A, a",
        "SMSSent, sms_sent",
        "Step2Done, step2_done",
        "already_snake, already_snake"
    })
    void convertsNamesToSnakeCase(String record, String type) {
        assertThat(EventSchema.snakeCase(record)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bytes\" | field 'own': the language cannot read bytes; it reads boolean",
                "{\"type\":\"int\",\"logicalType\":\"date\"} | field 'own': the language cannot read int with logical type date;",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2} | field 'own': the language cannot read fixed;",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":18,\"scale\":6} | field 'own': the language cannot read bytes with logical type decimal;",
                "{\"type\":\"array\",\"items\":[\"null\",\"string\"]} | field 'own': a list or map of optional values",
                "{\"type\":\"array\",\"items\":\"A\"} | field 'own': record A contains itself",
            })
    void refusesUnsupportedType(String type, String message) throws IOException {
        write("a", "A", ID, AT, optional("own", type));
        assertProblem("a.avsc", message);
    }

    @Test
    void explainsInvalidFile() throws IOException {
        Files.writeString(directory.resolve("a.avsc"), "{\"type\": \"record\",\n \"name\": }");
        assertProblem("a.avsc", "not an Avro schema: ");
        Files.writeString(directory.resolve("a.avsc"), "\"string\"");
        assertProblem("a.avsc", "an event schema is a record, not string");
        write("a", "A", AT);
        assertProblem("a.avsc", "field 'event_id' (string) is missing");
        write("a", "A", ID);
        assertProblem("a.avsc", "field 'occurred_at' (timestamp) is missing");
        write("a", "A", ID, "{\"name\":\"occurred_at\",\"type\":\"long\"}");
        assertProblem("a.avsc", "field 'occurred_at' must be timestamp in every event, not whole number");
        write("a", "A", optional("event_id", "\"string\""), AT);
        assertProblem("a.avsc", "field 'event_id' must not be nullable");
        write("a", "A", ID, AT, "{\"name\":\"city\",\"type\":\"string\"}");
        assertProblem("a.avsc", "field 'city' must be nullable");
        write(
                "a",
                "A",
                ID,
                AT,
                optional(
                        "device",
                        "{\"type\":\"record\",\"name\":\"D\",\"fields\":[" + optional("colour", "\"string\"") + "]}"));
        assertProblem(
                "a.avsc",
                "field 'device' must be Device in every event, not D with other fields than type, os, browser");
        write("a", "A", ID, AT, "{\"name\":\"own\",\"type\":\"string\"}");
        assertProblem("a.avsc", "field 'own' must be optional, so that events without it can be read");
        write("a", "A", ID, AT, "{\"name\":\"own\",\"type\":[\"null\",\"string\",\"long\"],\"default\":null}");
        assertProblem("a.avsc", "field 'own': a union of 2 types");
        write("a", "A", ID, AT, optional("time", "\"string\""));
        assertProblem("a.avsc", "field 'time' has a name that the language reserves");
        Files.writeString(
                directory.resolve("a.avsc"), schema("A", ID, AT).replaceFirst("\\{", "{\"segue.activity\":\"no\","));
        assertProblem("a.avsc", "\"segue.activity\" must be true or false, not no");
    }

    @Test
    void reportsAllFilesAndDuplicateNames() throws IOException {
        write("a", "OneThing", ID, AT);
        write("b", "One_Thing", ID, AT);
        write("c", "C", AT);
        InvalidSchemas invalid = catchThrowableOfType(InvalidSchemas.class, () -> EventSchemas.read(directory));
        List<String> problems = invalid.getMessage().lines().toList();
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0))
                .contains("b.avsc: event type 'one_thing' is already defined in ")
                .endsWith("a.avsc");
        assertThat(problems.get(1)).contains("c.avsc: ");
    }

    @Test
    void refusesDirectoryWithoutSchemas() {
        assertThatThrownBy(() -> EventSchemas.read(directory)).hasMessageContaining("no event schemas (*.avsc)");
        assertThatThrownBy(() -> EventSchemas.read(directory.resolve("none")))
                .isInstanceOf(InvalidSchemas.class)
                .hasMessageContaining("cannot be read");
    }

    private void assertProblem(String file, String message) {
        assertThatThrownBy(() -> EventSchemas.read(directory))
                .isInstanceOf(InvalidSchemas.class)
                .hasMessageStartingWith(directory.resolve(file) + ": " + message);
    }

    private void write(String file, String name, String... fields) throws IOException {
        Files.writeString(directory.resolve(file + ".avsc"), schema(name, fields));
    }

    private static String schema(String name, String... fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    private static String optional(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":[\"null\"," + type + "],\"default\":null}";
    }

    private static FieldType typeOf(EventType type, String field) {
        return type.record().fields().get(type.record().slot(field)).type();
    }

    private static void collectWithoutDoc(Schema schema, String path, List<String> without) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schema.getDoc() == null) {
                    without.add(path);
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null || !field.doc().endsWith(".")) {
                        without.add(path + "." + field.name());
                    }
                    collectWithoutDoc(field.schema(), path + "." + field.name(), without);
                }
            }
            case ARRAY -> collectWithoutDoc(schema.getElementType(), path + "[]", without);
            case MAP -> collectWithoutDoc(schema.getValueType(), path + "{}", without);
            case UNION -> schema.getTypes().forEach(branch -> collectWithoutDoc(branch, path, without));
            default -> {}
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonArrayTest extends MappingScenario {
    private static final String LINES = """
            mapping: shop
            format: jsonl
            columns: [at, who, {item: json}]
            customer: row.who
            time: row.at
            events:
              - type: product_viewed
                fields: {product_id: "row.item['the id']"}
            """;
    private static final String ARRAY = LINES + "array: true\n";

    @Test
    void readsArrayFile() throws Exception {
        List<Event> events = events(ARRAY, file("a.json", """
                [
                  {"at": "2026-03-01", "who": "ann", "item": {"the id": "a],{\\"]"}},
                  {"at": "2026-03-02",
                   "who": "bob"}
                ]
                """));
        assertThat(events)
                .extracting(Event::customerId, event -> event.fields().get("product_id"), Event::eventId)
                .containsExactly(tuple("ann", "a],{\"]", "a:2"), tuple("bob", null, "a:3"));
        assertThat(reports.get(0).lines()).isNull();
        assertThat(events(ARRAY, file("one.json", " [{\"at\":\"2026-03-01\",\"who\":\"ann\"}]")))
                .hasSize(1);
        assertThat(events(ARRAY, file("none.json", "[]"))).isEmpty();
        assertThat(reports.get(0).rows()).isZero();
    }

    @Test
    void refusesBadElementAndContinues() throws Exception {
        List<Event> events = events(ARRAY, file("a.json", """
                [{"at":"2026-03-01","who":"ann"},
                 {"at":"2026-03-01" "who":"bob"},
                 7,
                 {"at":"2026-03-01","who":"%s"},
                 {"at":"2026-03-02","who":"cid"}] x
                """.formatted("d".repeat(600_000))));
        assertThat(events).extracting(Event::customerId).containsExactly("ann", "cid");
        assertThat(reports.get(0).refused())
                .extracting(
                        ReadReport.Refusal::reason,
                        refusal -> refusal.first().get(0).number())
                .containsExactlyInAnyOrder(
                        tuple("not JSON", 2L),
                        tuple("not one JSON object", 3L),
                        tuple("an element of more than 524288 characters", 4L),
                        tuple("text after the end of the array", 5L));
        assertThat(reports.get(0).rows()).isEqualTo(6);
    }

    @Test
    void reportsUnclosedArray() throws Exception {
        assertThat(events(ARRAY, file("a.json", "[{\"at\":\"2026-03-01\",\"who\":\"ann\"},\n{\"at\":[\n")))
                .hasSize(1);
        assertThat(reports.get(0).brokenOff())
                .endsWith("a.json ends inside the element that begins at line 2: a bracket or a quote is not closed.");
        assertThat(events(ARRAY, file("b.json", "[{\"at\":\"2026-03-01\",\"who\":\"ann\"},\n")))
                .hasSize(1);
        assertThat(reports.get(0).brokenOff()).endsWith("b.json ends inside its array: the closing ] is missing.");
    }

    @Test
    void suggestsKeyForOtherForm() throws Exception {
        Path array = file("a.json", "\n [{}]");
        assertThatThrownBy(() -> events(LINES, array)).hasMessageContaining("Set array: true in the mapping.");
        Path lines = file("a.jsonl", "{}\n");
        assertThatThrownBy(() -> events(ARRAY, lines)).hasMessageContaining("is not a JSON array");
    }

    @Test
    void readsArrayOfCanonicalEvents() throws Exception {
        Path file = file("events.json", """
                [{"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2026-03-01T10:00:00Z"},
                 {"type":"product_viewed","customer_id":"bob","event_id":"2","occurred_at":"2026-03-01T10:00:00Z"}]
                """);
        List<String> customers = new ArrayList<>();
        try (EventReader reader = EventFiles.open(List.of(file), null, SmallShop.VOCABULARY)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                customers.add(event.customerId());
            }
        }
        assertThat(customers).containsExactly("ann", "bob");
    }
}

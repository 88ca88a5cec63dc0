// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.ReadReport.Finding.Kind;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Values that are read as they are written, but probably mean something else, and files that resemble each other. */
class MappedFindingsTest extends MappingScenario {
    private static final String HEADER = "at,who,what,price,extra\n";
    private static final String JSON = """
            mapping: shop
            format: jsonl
            columns: [at, who, prise, product, {extra: json}, unread]
            other_columns: ignore
            customer: row.who
            time: {value: row.at, as: millis}
            events:
              - type: product_viewed
                fields: {price: row.prise, product_id: row.product, session_id: row.extra.session}
            """;

    @Test
    void countsCellsThatAreNull() throws Exception {
        events(VIEWS, file("v.csv", HEADER + "1,ann,view,,\n2,NULL,view,,\n3,\\N,view,,\n4,null,view,,\n"));
        assertThat(findings()).containsExactly(tuple(Kind.NULL_TEXT, 2L, 3L, "who"));
        events(JSON, file("v.jsonl", "{\"at\":1,\"who\":\"ann\",\"product\":\"NULL\"}\n"));
        assertThat(findings()).containsExactly(tuple(Kind.NULL_TEXT, 1L, 1L, "product"));
    }

    @Test
    void readsTheDeclaredTextsAsEmpty() throws Exception {
        String mapping = VIEWS + "nulls: ['N/A', NULL, '']\n";
        List<Event> events = events(mapping, file("v.csv", HEADER + """
                1,ann,view,N/A,"{""product"":{""id"":""N/A""}}"
                2,ann,view,NULL,NULL
                3,N/A,view,,
                """));
        assertThat(events).extracting(Event::time).containsExactly(1L, 2L);
        assertThat(events).extracting(event -> event.fields().get("price")).containsOnlyNulls();
        assertThat(events).extracting(event -> event.fields().get("product_id")).containsOnlyNulls();
        assertThat(reports.get(0).refused())
                .extracting(ReadReport.Refusal::reason)
                .containsExactly("no customer");
        assertThat(findings()).isEmpty();
    }

    @Test
    void readsTheDeclaredTextsInJsonAsEmpty() throws Exception {
        Event event = only(
                JSON + "nulls: [None]\n",
                "v.jsonl",
                "{\"at\":1,\"who\":\"ann\",\"prise\":\"None\",\"product\":\"none\",\"extra\":{\"session\":\"None\"}}\n");
        assertThat(event.fields().get("price")).isNull();
        assertThat(event.fields().get("session_id")).isNull();
        assertThat(event.fields().get("product_id")).isEqualTo("none");
    }

    @Test
    void namesTheColumnsThatAreReadAndThatNoRowHas() throws Exception {
        events(
                JSON,
                file(
                        "v.jsonl",
                        "{\"at\":1,\"who\":\"ann\",\"price\":3}\n{\"at\":2,\"who\":\"ann\",\"product\":null}\n"));
        assertThat(reports.get(0).absent()).containsExactly("prise", "extra");
    }

    @Test
    void countsRowsWithABlankBeforeAQuote() throws Exception {
        events(VIEWS, file("v.csv", HEADER + """
                1, "ann",view,,
                2,"bob" ,view,,
                3, "cid, jr",view,,
                4,5" disc,view,,
                """));
        assertThat(findings()).containsExactly(tuple(Kind.BLANK_BEFORE_QUOTE, 2L, 2L, ""));
    }

    @Test
    void countsRowsWithMembersBeyondLimits() throws Exception {
        String mapping = """
                mapping: m
                format: jsonl
                columns: [at, who, {extra: json}]
                customer: row.who
                time: {value: row.at, as: millis, earliest: 1970-01-01}
                event_id: content
                events:
                  - type: profile_updated
                    fields: {tags: flatten(row.extra)}
                """;
        List<Event> events = events(mapping, file("v.jsonl", """
                        {"at": 1, "who": "ann", "extra": {"size": "M"}}
                        {"at": 2, "who": "ann", "extra": {"size": "L", "parts": [{"a": 1}]}}
                        """));
        assertThat(events)
                .extracting(event -> event.fields().get("tags"))
                .containsExactly(Map.of("size", "M"), Map.of("size", "L"));
        assertThat(findings()).containsExactly(tuple(Kind.DROPPED_MEMBERS, 1L, 2L, ""));
    }

    @Test
    void countsEventsLaterThanNowByMoreThanADay() throws Exception {
        long day = 86_400_000;
        String rows =
                NOW + day + ",ann,view,,\n" + (NOW + day + 1) + ",ann,view,,\n" + (NOW + 2 * day) + ",ann,view,,\n";
        assertThat(events(VIEWS, file("v.csv", HEADER + rows))).hasSize(3);
        assertThat(findings()).containsExactly(tuple(Kind.AHEAD, 2L, 3L, "2030-01-02T00:00:00.001Z"));
    }

    @Test
    void refusesFilesThatWouldYieldEqualIds() throws Exception {
        Path january = Files.writeString(
                Files.createDirectories(directory.resolve("jan")).resolve("v.csv"), HEADER + "1,ann,view,,\n");
        Path february = Files.writeString(
                Files.createDirectories(directory.resolve("feb")).resolve("v.txt"), HEADER + "2,ann,view,,\n");
        Path other = file("w.csv", HEADER + "3,ann,view,,\n");
        assertThatThrownBy(() -> open(VIEWS, january, other, february))
                .hasMessageContaining(january + " and " + february + " have the same name")
                .hasMessageContaining("Rename one of the files, or set event_id in the mapping.");
        open(VIEWS, january, other).close();
        open(VIEWS + "event_id: content\n", january, february).close();
    }

    private static EventReader open(String text, Path... files) throws Exception {
        Mapping mapping = new MappingReader(SmallShop.VOCABULARY).read("test.yaml", text);
        return EventFiles.open(List.of(files), mapping, SmallShop.VOCABULARY);
    }

    private List<Tuple> findings() {
        return reports.get(0).findings().stream()
                .map(finding -> tuple(
                        finding.kind(),
                        finding.count(),
                        finding.first().number(),
                        finding.first().detail()))
                .toList();
    }
}

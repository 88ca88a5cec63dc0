// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.replay.MappingScenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CSV dialects, and the account of every line. */
class CsvDialectTest extends MappingScenario {
    private static final String MAPPING = """
            mapping: shop
            format: csv
            columns: [at, who, title, price]
            customer: row.who
            time: row.at
            events:
              - type: product_viewed
                fields: {product_id: row.title, price: row.price}
            """;
    private static final String HEADER = "at,who,title,price\n";

    @AfterEach
    void accountsForEveryLine() {
        for (ReadReport report : reports) {
            ReadReport.Lines lines = report.lines();
            if (lines != null) {
                assertThat(lines.header() + lines.blank() + lines.further() + report.readRows() + report.refusedRows())
                        .isEqualTo(lines.total());
            }
        }
    }

    @Test
    void readsQuotationMarkAsCharacterInTabSeparatedFiles() throws Exception {
        String mapping = MAPPING + "separator: tab\n";
        assertThat(names(mapping, """
                at\twho\ttitle\tprice
                2026-03-01\tann\t"Moon\t1
                2026-03-01\tbob\tScreen 24"\t2
                2026-03-01\tcid\t"Sun"\t3
                """)).containsExactly("\"Moon", "Screen 24\"", "\"Sun\"");
        assertThat(names(mapping + "quote: '\"'\n", "at\twho\ttitle\tprice\n2026-03-01\tcid\t\"Su\tn\"\t3\n"))
                .containsExactly("Su\tn");
    }

    @Test
    void acceptsAnyQuoteOrNone() throws Exception {
        assertThat(names(MAPPING + "quote: \"'\"\n", HEADER + "2026-03-01,ann,'a, ''b''',1\n2026-03-01,ann,\"x\",1\n"))
                .containsExactly("a, 'b'", "\"x\"");
        assertThat(names(MAPPING + "quote: none\n", HEADER + "2026-03-01,ann,\"x,1\n"))
                .containsExactly("\"x");
    }

    @Test
    void readsEscapedCharactersAndNull() throws Exception {
        assertThat(names(MAPPING + "escape: '\\'\n", HEADER + """
                2026-03-01,ann,"Desk \\"Sun\\", oak",1
                2026-03-01,ann,one\\,two,\\N
                2026-03-01,ann,tab\\there,1
                2026-03-01,ann,back\\\\slash,1
                2026-03-01,ann,two\\
                lines,1
                2026-03-01,ann,"\\N",1
                2026-03-01,ann,"doubled ""too""\",1
                """))
                .containsExactly(
                        "Desk \"Sun\", oak",
                        "one,two",
                        "tab\there",
                        "back\\slash",
                        "two\nlines",
                        "N",
                        "doubled \"too\"");
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(9, 1, 0, 1));
    }

    @Test
    void readsFileWithoutHeader() throws Exception {
        assertThat(names(MAPPING + "header: false\n", "2026-03-01,ann,Lamp,1\n2026-03-01,ann,Desk\n"))
                .containsExactly("Lamp");
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(2, 0, 0, 0));
        assertThat(reports.get(0).refused().get(0).reason()).isEqualTo("not as many cells as columns");
    }

    @Test
    void suggestsHeaderFalseIfFirstRowIsData() throws Exception {
        Path file = file("data.csv", "2026-03-01,ann,Lamp,1\n");
        assertThatThrownBy(() -> events(MAPPING, file))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageEndingWith("data.csv:1: none of the mapping's columns is in the first row, which is"
                        + " '2026-03-01,ann,Lamp,1'. If that is data already, set header: false in the mapping.");
    }

    @Test
    void suggestsSeparatorOfFile() throws Exception {
        Path semicolons = file("semi.csv", "at;who;title;price\n");
        assertThatThrownBy(() -> events(MAPPING, semicolons))
                .hasMessageEndingWith(
                        "semi.csv:1: the columns are separated by ';', not by ','. Set separator: \";\" in"
                                + " the mapping.");
        Path tabs = file("tabs.csv", "\"at\"\twho\ttitle\tprice\n");
        assertThatThrownBy(() -> events(MAPPING + "other_columns: ignore\n", tabs))
                .hasMessageContaining("separated by tabs, not by ','. Set separator: tab in the mapping.");
    }

    @Test
    void namesColumnsWithOtherSpelling() throws Exception {
        Path file = file("case.csv", "At,who,Title ,unit price\n");
        assertThatThrownBy(() ->
                        events(MAPPING.replace("price]", "unit_price]").replace("row.price", "row.unit_price"), file))
                .hasMessageEndingWith(
                        "case.csv:1: write the mapping's columns as the file has them, capitals and blanks"
                                + " included: 'At' for 'at', 'Title' for 'title', 'unit price' for 'unit_price'.");
    }

    @Test
    void refusesNamelessAndDuplicateColumnsOnlyIfUsed() throws Exception {
        String others = MAPPING + "other_columns: ignore\n";
        assertThat(names(others, "at,who,title,price,,,x,x\n2026-03-01,ann,Lamp,1,,,1,2\n"))
                .containsExactly("Lamp");
        Path twice = file("twice.csv", "at,who,title,price,title\n2026-03-01,ann,Lamp,1,Desk\n");
        assertThatThrownBy(() -> events(others, twice))
                .hasMessageContaining("two columns are called 'title'; rename one of them in the file");
        Path nameless = file("nameless.csv", "at,who,title,price,\n");
        assertThatThrownBy(() -> events(MAPPING, nameless))
                .hasMessageContaining("column 5 has no name. Set other_columns: ignore");
    }

    @Test
    void countsRowsWithoutContentAsBlank() throws Exception {
        assertThat(names(MAPPING, "\n" + HEADER + "\n2026-03-01,ann,Lamp,1\n,,,\n  \n\"\",,,\n2026-03-02,ann,Desk,1"))
                .containsExactly("Lamp", "Desk");
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(8, 1, 5, 0));
        assertThat(reports.get(0).rows()).isEqualTo(2);
    }

    @Test
    void countsContinuationLines() throws Exception {
        assertThat(
                        names(
                                MAPPING,
                                "at,who,\"title\",price\r\n2026-03-01,ann,\"Lamp\r\n\r\nlarge\",1\r\n2026-03-01,ann,Desk,1\r\n"))
                .containsExactly("Lamp\r\n\r\nlarge", "Desk");
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(5, 1, 0, 2));
        assertThat(events(
                        MAPPING.replace("[at", "[\"a\\nt\"").replace("row.at", "\"row['a\\\\nt']\""),
                        file("h.csv", "\"a\nt\",who,title,price\n2026-03-01,ann,Lamp,1\n")))
                .hasSize(1);
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(3, 2, 0, 0));
    }

    @Test
    void refusesRowWithTextAfterQuoteAndContinues() throws Exception {
        assertThat(names(MAPPING, HEADER + """
                2026-03-01,ann,"Lamp"large,1
                2026-03-01,ann,"Desk \\"Sun\\"",1
                2026-03-01,ann,"open
                2026-03-01,ann,"Bed",1
                2026-03-02,ann,Chair,1
                """)).containsExactly("Bed", "Chair");
        assertThat(reports.get(0).refused())
                .extracting(
                        ReadReport.Refusal::reason,
                        refusal -> refusal.first().stream()
                                .map(ReadReport.Line::number)
                                .toList())
                .containsExactly(tuple("text after a closing quote", List.of(2L, 3L, 4L)));
        assertThat(reports.get(0).refused().get(0).first().get(1).detail())
                .endsWith("; the quote follows a backslash: set escape: '\\'");
    }

    @Test
    void limitsCellToHundredLines() throws Exception {
        String filler = "x\n".repeat(98);
        List<Event> most = events(MAPPING, file("most.csv", HEADER + "2026-03-01,ann,\"a\n" + filler + "b\",1\n"));
        assertThat(most).hasSize(1);
        assertThat(reports.get(0).lines()).isEqualTo(new ReadReport.Lines(101, 1, 0, 99));
        List<Event> more = events(
                MAPPING,
                file("more.csv", HEADER + "2026-03-01,ann,\"a\n" + filler + "x\nb\",1\n2026-03-02,ann,Desk,1\n"));
        assertThat(more).extracting(event -> event.fields().get("product_id")).containsExactly("Desk");
        assertThat(reports.get(0).refused())
                .filteredOn(refusal -> refusal.reason().equals("a quote that is not closed"))
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.count()).isEqualTo(1);
                    assertThat(refusal.first().get(0).number()).isEqualTo(2);
                    assertThat(refusal.first().get(0).detail()).isEqualTo("over more than 100 lines");
                });
        assertThat(reports.get(0).lines().total()).isEqualTo(103);
    }

    @Test
    void limitsCellCharacters() throws Exception {
        String first = "x".repeat(CsvRecords.MOST_CHARACTERS - 1);
        assertThat(names(MAPPING, HEADER + "2026-03-01,ann,\"" + first + "\nb\",1\n"))
                .containsExactly(first + "\nb");
        assertThat(names(MAPPING, HEADER + "2026-03-01,ann,\"" + first + "x\nb\",1\n2026-03-02,ann,Desk,1\n"))
                .containsExactly("Desk");
        assertThat(reports.get(0).refused().get(0).first().get(0).detail())
                .isEqualTo("over more than 65536 characters");
        assertThat(reports.get(0).refused())
                .extracting(ReadReport.Refusal::reason)
                .containsExactly("a quote that is not closed", "not as many cells as columns");
    }

    @Test
    void readsUtf16WithByteOrderMark() throws Exception {
        Path file = directory.resolve("wide.csv");
        Files.write(file, (HEADER + "2026-03-01,J\u00fcrgen,Lamp,1\n").getBytes(StandardCharsets.UTF_16));
        assertThat(events(MAPPING, file)).extracting(Event::customerId).containsExactly("J\u00fcrgen");
        Files.write(file, (HEADER + "2026-03-01,ann,Lamp,1\n").getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> events(MAPPING, file))
                .hasMessageEndingWith("wide.csv looks like UTF-16 without a byte order mark; save it as UTF-8.");
    }

    @Test
    void reportsGzipTruncatedBeforeFirstLine() throws Exception {
        Path file = directory.resolve("tiny.csv.gz");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x2c, 0x01});
        assertThatThrownBy(() -> events(MAPPING, file))
                .hasMessageContaining("tiny.csv.gz ")
                .hasMessageContaining("the file is cut off")
                .hasMessageEndingWith("Was it copied whole?");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertThatThrownBy(() -> events(MAPPING, file)).hasMessageEndingWith("Was it copied whole?");
    }

    private List<Object> names(String mapping, String content) throws Exception {
        return events(mapping, file("v.csv", content)).stream()
                .map(event -> event.fields().get("product_id"))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.replay.file.Columns;
import dev.segue.replay.file.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCelTest {
    private static final Columns COLUMNS =
            new Columns(List.of("a", "b", "j"), List.of(false, false, true), false, null);
    private static final Map<String, Map<String, String>> TABLES = Map.of("country", Map.of("EIRE", "IE"));

    private final RowCel cel = new RowCel(COLUMNS, TABLES);

    @Test
    void nodesAgreeWithCel() throws Exception {
        for (String condition : List.of(
                "row.a == 'x'",
                "row.a != 'x'",
                "row.a == 'x' && row.b == 'y'",
                "row.a == 'x' || row.b == 'y'",
                "row.a == '' || row.b != '' && row.a != 'x'",
                "(row.a == 'x' || row.b == 'y') && row.b != 'z'")) {
            for (String a : new String[] {"x", "y", "", null}) {
                for (String b : new String[] {"y", "z", "", null}) {
                    // The double negation has no node, so it runs on CEL's own runtime.
                    assertThat(value(condition, a, b, "{}"))
                            .as(condition + " of " + a + ", " + b)
                            .isEqualTo(value("!(!(" + condition + "))", a, b, "{}"))
                            .isInstanceOf(Boolean.class);
                }
            }
        }
    }

    @Test
    void pathsAndLookupsAgreeWithCelIfPresent() throws Exception {
        String json = "{\"p\":{\"id\":\"p1\",\"n\":3,\"price\":0.1},\"on\":true}";
        for (String path : List.of("row.j.p.id", "row.j.p.n", "row.j.on", "tables.country[row.a]")) {
            assertThat(value(path, "EIRE", "", json)).isEqualTo(value("[" + path + "][0]", "EIRE", "", json));
        }
    }

    @Test
    void absentPathIsUnset() throws Exception {
        assertThat(value("row.j.p.q.r", "", "", "{\"p\":\"text\"}")).isNull();
        assertThat(value("row.j.p", "", "", "")).isNull();
        assertThat(value("tables.country[row.a]", "Atlantis", "", "")).isNull();
    }

    @Test
    void jsonDecimalsStayExact() throws Exception {
        assertThat(value("row.j.price", "", "", "{\"price\":1234567890.123456789}"))
                .isEqualTo(new BigDecimal("1234567890.123456789"));
    }

    @Test
    void reportsPlaceOfProblem() {
        assertThatThrownBy(() -> cel.compile("row.a == 'x' && row.bb == 'y'", false))
                .isInstanceOfSatisfying(RowCel.Invalid.class, invalid -> {
                    assertThat(invalid.offset()).isEqualTo("row.a == 'x' && row".length());
                    assertThat(invalid).hasMessageContaining("Did you mean 'b'?");
                });
        assertThatThrownBy(() -> cel.compile("row.a ==", false)).isInstanceOf(RowCel.Invalid.class);
        assertThatThrownBy(() -> cel.compile("rou.a", false)).hasMessageContaining("rou");
        assertThatThrownBy(() -> cel.compile("tables.city[row.a]", false)).hasMessageContaining("city");
    }

    @Test
    void supportsStringExtensions() throws Exception {
        assertThat(value("row.a.trim().lowerAscii()", "  Ann ", "", "")).isEqualTo("ann");
        assertThat(value("row.a.replace('.', '').replace(',', '.')", "1.234,50", "", ""))
                .isEqualTo("1234.50");
        assertThat(value("row.a.split('-')[1]", "x-y", "", "")).isEqualTo("y");
        assertThat(value("row.a.substring(0, 2) + row.b.upperAscii()", "abc", "d", ""))
                .isEqualTo("abD");
    }

    @Test
    void rowIndexIsColumn() throws Exception {
        Columns columns = new Columns(List.of("With blanks", "j"), List.of(false, true), false, null);
        RowCel blanks = new RowCel(columns, Map.of());
        Row row = new Row(columns, new Object[] {"x", "{\"a b\":{\"c\":[7]},\"n\":null}"}, 1);
        for (String same : List.of("row['With blanks']", "row.`With blanks`", "row['With blanks'].trim()")) {
            assertThat(blanks.compile(same, false).expression().of(row)).isEqualTo("x");
        }
        assertThat(blanks.compile("row.j['a b'].c[0]", false).expression().of(row))
                .isEqualTo(7L);
        assertThat(blanks.compile("row.j['no such'].c", false).expression().of(row))
                .isNull();
        assertThat(blanks.compile("row['j']['a b']['c'][1]", false).expression().of(row))
                .isNull();
        assertThatThrownBy(() -> blanks.compile("row['With blank']", false))
                .hasMessageContaining("Did you mean 'With blanks'?");
    }

    @Test
    void suggestsQuotesForText() {
        assertThatThrownBy(() -> cel.compile("row.a == view", false))
                .hasMessageStartingWith("undeclared reference to 'view'. Put a text in quotes: 'view'.");
        assertThatThrownBy(() -> cel.compile("a == 'x'", false)).hasMessageEndingWith("Did you mean row.a?");
        assertThatThrownBy(() -> cel.compile("item.id", false)).hasMessageEndingWith("'item' exists only below 'each'");
    }

    @Test
    void valueOfAbsentKeyIsUnset() throws Exception {
        String list = "[{\"key\":\"k\",\"value\":{\"int_value\":\"7\"}},{\"key\":\"m\",\"value\":8}]";
        assertThat(value("valueOf(row.j, 'k')", "", "", list)).isEqualTo("7");
        assertThat(value("valueOf(row.j, 'm')", "", "", list)).isEqualTo(8L);
        assertThat(value("valueOf(row.j, 'x')", "", "", list)).isNull();
        assertThat(value("valueOf(row.j, row.a)", "m", "", list)).isEqualTo(8L);
        assertThat(value("valueOf(row.j, row.a)", "x", "", list)).isNull();
        assertThat(value("valueOf(row.j, 'x')", "", "", "")).isNull();
    }

    private Object value(String expression, String a, String b, String json) throws Exception {
        return cel.compile(expression, false).expression().of(new Row(COLUMNS, new Object[] {a, b, json}, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "row.a > 1 | a column is text; write int(row.a) > 1",
                "row.b == 'x' && row.a >= 1.5 | a column is text; write double(row.a) >= 1.5",
                "-1 < row['a'] | a column is text; write -1 < int(row['a'])",
                "row.a * 2 == row.b | a column is text; write int(row.a) * 2",
                "row.a > 1 && row.b == 'x' | a column is text; write int(row.a) > 1",
                "row.a > row.j.size() | a column is text; write int(row.a) for its number",
                "row.a.trim() == 1 | a text and a number do not go together; convert the text with int(...)"
            })
    void saysThatAColumnIsText(String expression, String message) {
        assertThatThrownBy(() -> cel.compile(expression, false)).hasMessage(message);
    }
}
